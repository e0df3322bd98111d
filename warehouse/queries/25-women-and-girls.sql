-- What is asked for women and girls?
-- Shows: Recommendations coded so, with the words that show it.
select r.recommendation_id, r.force, string_agg(c.evidence, ', ' order by c.evidence) as evidence, r.text
from recommendations as r
join recommendation_codes as c using (recommendation_id)
where c.scheme = 'group' and c.code in ('women', 'girls')
group by r.recommendation_id, r.force, r.text, r.document_id, r.position
order by r.document_id, r.position;
