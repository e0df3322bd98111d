-- Which bodies and people of the United Nations took part?
-- Shows: Persons and organisations of the sector, with their roles.
select session_id, kind, name, organisation, roles
from who_spoke
where sector = 'un' and kind <> 'group'
order by session_id, kind, name;
