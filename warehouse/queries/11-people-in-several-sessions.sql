-- Who took part in more than one session, and in what position each time?
-- Shows: A row per person and session.
select entity_id, name, session_id, position, organisation
from participants
where kind = 'person'
qualify count(distinct session_id) over (partition by entity_id) > 1
order by entity_id, session_id;
