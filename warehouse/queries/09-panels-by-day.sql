-- How many panels were there each day, and how many announced?
-- Shows: A row per day; day is NULL where the document gives none.
select
    p.session_id, p.day, d.theme, count(*) as panels,
    sum(count(*)) over (partition by p.session_id) as in_session,
    s.stated_panels
from panels as p
join sessions as s using (session_id)
left join session_days as d on d.session_id = p.session_id and d.number = p.day
group by p.session_id, p.day, d.theme, s.stated_panels
order by p.session_id, p.day;
