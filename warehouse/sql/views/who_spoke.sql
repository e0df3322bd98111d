-- Participants with what they did, one row each.
create view who_spoke as
with acts as (
    select
        i.participant_id,
        list_sort(list(distinct i.role)) as roles,
        list_sort(list(distinct i.panel_id) filter (i.panel_id is not null)) as panels
    from interventions as i
    group by i.participant_id
),
titles as (
    select participant_id, list(title order by panel_id) as panel_titles
    from (
        select distinct i.participant_id, i.panel_id, n.title
        from interventions as i
        join panels as n using (panel_id)
    )
    group by participant_id
),
attended as (
    select entity_id, list_sort(list(distinct session_id)) as sessions
    from participants
    group by entity_id
)
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
    acts.roles,
    acts.panels,
    p.document_id,
    p.char_start,
    p.char_end,
    c.name_fr as country_fr,
    c.name_es as country_es,
    titles.panel_titles,
    attended.sessions,
    s.title as session_title,
    s.start_date
from participants as p
join sessions as s using (session_id)
left join acts using (participant_id)
left join titles using (participant_id)
left join attended on attended.entity_id = p.entity_id
left join countries as c on c.country_code = p.country_code
order by p.document_id, p.char_start, p.participant_id;
comment on view who_spoke is
    'Participants with their country''s name, roles and panels (lists, NULL when there is none), and all sessions in which they took part.';
comment on column who_spoke.participant_id is 'Key of the participant: one row per session.';
comment on column who_spoke.session_id is 'The session.';
comment on column who_spoke.entity_id is 'The same person, state or organisation in every session.';
comment on column who_spoke.kind is 'What takes part: person, state, organisation or group.';
comment on column who_spoke.name is 'Full name; otherwise the country, organisation or group as printed.';
comment on column who_spoke.honorific is 'Honorific as printed.';
comment on column who_spoke.position is 'The position as printed; NULL where none is given.';
comment on column who_spoke.organisation is 'The organisation that the position belongs to, in the words of the document.';
comment on column who_spoke.country_code is 'Country represented (ISO 3166-1 alpha-3), where said.';
comment on column who_spoke.country is 'The country''s name in English.';
comment on column who_spoke.sector is 'What the participant speaks for, as in participants.';
comment on column who_spoke.roles is 'What the participant did, as in interventions.';
comment on column who_spoke.panels is 'Keys of the panels in which that was; NULL when it was in none.';
comment on column who_spoke.document_id is 'The document that it was read from.';
comment on column who_spoke.char_start is 'Where the passage starts in documents.text: characters before it.';
comment on column who_spoke.char_end is 'Where it ends: the offset of the first character after it.';
comment on column who_spoke.country_fr is 'The country''s name in French.';
comment on column who_spoke.country_es is 'The country''s name in Spanish.';
comment on column who_spoke.panel_titles is 'Titles of those panels, in the order of their keys.';
comment on column who_spoke.sessions is 'All sessions in which the same person, state or organisation took part.';
comment on column who_spoke.session_title is 'Theme of the session, in the language of its document.';
comment on column who_spoke.start_date is 'First day of the session.';
