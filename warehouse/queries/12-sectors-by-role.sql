-- Which sectors open, moderate, speak?
-- Shows: A row per session, role and sector; unnamed groups are left out.
select i.session_id, i.role, p.sector, count(distinct p.entity_id) as participants
from interventions as i
join participants as p using (participant_id)
where p.kind <> 'group'
group by all
order by all;
