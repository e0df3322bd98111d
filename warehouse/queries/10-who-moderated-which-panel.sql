-- Who moderated which panel, and which panels name nobody?
-- Shows: A row per panel and moderator; name is NULL where nobody is named.
select panels.panel_id, panels.label, panels.title, p.name, p.position
from panels
left join interventions as i on i.panel_id = panels.panel_id and i.role = 'moderator'
left join participants as p on p.participant_id = i.participant_id
order by panels.panel_id, p.name;
