-- Sessions at a glance: what the document states, and what is found.
create view session_overview as
with texts as (
    select session_id, list(language order by is_reference desc, language) as languages
    from documents
    group by session_id
),
days as (select session_id, count(*) as days from session_days group by session_id),
panels_found as (select session_id, count(*) as panels from panels group by session_id),
people as (
    select
        session_id,
        count(*) filter (kind = 'person') as persons,
        count(distinct country_code) as countries
    from participants
    group by session_id
),
said as (
    select
        session_id,
        count(*) as recommendations,
        count(*) filter (force = 'priority') as priorities,
        count(*) filter (addressee is not null) as with_addressee
    from recommendations
    group by session_id
),
doubts as (
    select d.session_id, count(*) as warnings
    from warnings as w
    join documents as d using (document_id)
    group by d.session_id
)
select
    s.session_id,
    s.title,
    s.start_date,
    s.end_date,
    coalesce(days.days, 0) as days,
    s.modality,
    s.venue,
    s.city,
    c.name_en as country_en,
    c.name_fr as country_fr,
    c.name_es as country_es,
    texts.languages,
    s.stated_participants,
    s.stated_countries,
    coalesce(people.countries, 0) as found_countries,
    s.stated_panels,
    coalesce(panels_found.panels, 0) as found_panels,
    s.stated_speakers,
    coalesce(people.persons, 0) as found_persons,
    s.stated_government_share,
    coalesce(said.recommendations, 0) as recommendations,
    coalesce(said.priorities, 0) as priorities,
    coalesce(said.with_addressee, 0) as with_addressee,
    coalesce(doubts.warnings, 0) as warnings
from sessions as s
join texts using (session_id)
left join days using (session_id)
left join panels_found using (session_id)
left join people using (session_id)
left join said using (session_id)
left join doubts using (session_id)
left join countries as c on c.country_code = s.country_code
order by s.start_date, s.session_id;
comment on view session_overview is
    'One row per session: theme, dates, place, the totals that its document states beside those found, and how much was recommended.';
comment on column session_overview.session_id is 'The session.';
comment on column session_overview.title is 'The theme, in the language of the document.';
comment on column session_overview.start_date is 'First day.';
comment on column session_overview.end_date is 'Last day.';
comment on column session_overview.days is 'How many days the document sets out.';
comment on column session_overview.modality is 'in_person, online or hybrid; NULL where not stated.';
comment on column session_overview.venue is 'Venue, where stated.';
comment on column session_overview.city is 'City, where stated.';
comment on column session_overview.country_en is 'Country of the venue in English.';
comment on column session_overview.country_fr is 'Country of the venue in French.';
comment on column session_overview.country_es is 'Country of the venue in Spanish.';
comment on column session_overview.languages is 'Languages of its documents, that of the reference document first.';
comment on column session_overview.stated_participants is 'Participants, as the document states.';
comment on column session_overview.stated_countries is 'Countries, as the document states.';
comment on column session_overview.found_countries is 'Countries of the participants who are named.';
comment on column session_overview.stated_panels is 'Panels, as the document states.';
comment on column session_overview.found_panels is 'Panels found.';
comment on column session_overview.stated_speakers is 'Speakers, as the document states.';
comment on column session_overview.found_persons is 'Persons who are named as taking part: documents name few of the speakers.';
comment on column session_overview.stated_government_share is 'Share of participants from governments, as the document states.';
comment on column session_overview.recommendations is 'Recommendations found.';
comment on column session_overview.priorities is 'Those of them that are items of a list of priorities.';
comment on column session_overview.with_addressee is 'Those of them that say who is to act.';
comment on column session_overview.warnings is 'What was not understood in its documents.';
