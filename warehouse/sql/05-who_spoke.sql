-- Participants with what they did, one row each.
create view who_spoke as
select
    p.participant_id,
    p.session_id,
    p.entity_id,
    p.kind,
    p.name,
    p.honorific,
    p.position,
    p.organisation,
    p.country_code,
    c.name_en as country,
    p.sector,
    list_sort(list(distinct i.role) filter (i.role is not null)) as roles,
    list_sort(list(distinct i.panel_id) filter (i.panel_id is not null)) as panels,
    p.document_id,
    p.char_start,
    p.char_end
from participants as p
left join interventions as i using (participant_id)
left join countries as c on c.country_code = p.country_code
group by all
order by p.document_id, p.char_start, p.participant_id;
comment on view who_spoke is
    'Participants with their country''s name, roles and panels (lists, NULL when there is none).';
