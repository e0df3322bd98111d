-- What are the themes of the synthesis, and how many recommendations stand under each?
-- Shows: A row per section of the synthesis, in the order of the document.
select s.section_id, s.day, s.heading, count(r.recommendation_id) as recommendations
from sections as s
join documents as d using (document_id)
left join recommendations as r on r.section_id = s.section_id
where s.kind = 'synthesis' and d.is_reference
group by s.section_id, s.day, s.heading, d.session_id, s.position
order by d.session_id, s.position;
