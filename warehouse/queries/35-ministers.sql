-- Which members of governments spoke, and for whom?
-- Shows: Persons whose position says so.
select s.start_date, w.name, w.position, w.country, w.roles
from who_spoke as w
join sessions as s using (session_id)
where w.kind = 'person'
    and w.sector = 'government'
    and regexp_matches(folded(w.position), 'minist|secretair|secretari|vice-president')
order by s.start_date, w.name;
