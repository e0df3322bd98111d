-- Panels with those who led them and those who spoke in them.
create view panel_details as
with people as (
    select
        i.panel_id,
        list(p.name order by p.char_start, p.participant_id) filter (i.role = 'moderator') as moderators,
        list(p.name order by p.char_start, p.participant_id) filter (i.role <> 'moderator') as speakers,
        list(distinct p.country_code order by p.country_code)
            filter (p.country_code is not null) as countries
    from (select distinct panel_id, participant_id, role from interventions) as i
    join participants as p using (participant_id)
    where i.panel_id is not null
    group by i.panel_id
)
select
    n.panel_id,
    n.session_id,
    s.title as session_title,
    n.position,
    n.day,
    d.date,
    d.theme as day_theme,
    n.number,
    n.label,
    n.title,
    coalesce(people.moderators, []) as moderators,
    coalesce(people.speakers, []) as speakers,
    coalesce(people.countries, []) as countries,
    trim(regexp_replace(
        substr(t.text, n.char_start + 1, n.char_end - n.char_start), '\s+', ' ', 'g'
    )) as quotation,
    n.document_id,
    n.char_start,
    n.char_end
from panels as n
join sessions as s using (session_id)
join documents as t on t.document_id = n.document_id
left join session_days as d on d.session_id = n.session_id and d.number = n.day
left join people using (panel_id)
order by n.document_id, n.position;
comment on view panel_details is
    'Panels with their day, moderators and speakers (lists, empty when the document names nobody).';
comment on column panel_details.panel_id is 'Key of the panel.';
comment on column panel_details.session_id is 'The session.';
comment on column panel_details.session_title is 'Theme of the session, in the language of its document.';
comment on column panel_details.position is '1 to n over the whole session.';
comment on column panel_details.day is 'Day of the session; NULL where none is given.';
comment on column panel_details.date is 'Date of that day.';
comment on column panel_details.day_theme is 'Theme of that day.';
comment on column panel_details.number is 'The number as printed.';
comment on column panel_details.label is 'The label as printed.';
comment on column panel_details.title is 'The title, whole, in the language of the document.';
comment on column panel_details.moderators is 'Names of those who moderated it.';
comment on column panel_details.speakers is 'Names of those who spoke in it or did anything else there.';
comment on column panel_details.countries is 'Countries (ISO 3166-1 alpha-3) that they represent.';
comment on column panel_details.quotation is 'The passage that announces it, on one line.';
comment on column panel_details.document_id is 'The document that it was read from.';
comment on column panel_details.char_start is 'Where the passage starts in documents.text: characters before it.';
comment on column panel_details.char_end is 'Where it ends: the offset of the first character after it.';
