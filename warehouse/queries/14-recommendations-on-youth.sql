-- How strongly are recommendations about young people put?
-- Shows: Their number by force.
select r.force, count(distinct r.recommendation_id) as recommendations
from recommendations as r
join recommendation_codes as c using (recommendation_id)
where c.scheme = 'group' and c.code in ('youth', 'youth_networks')
group by r.force
order by recommendations desc, r.force;
