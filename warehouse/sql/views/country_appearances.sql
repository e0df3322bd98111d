-- How each country appears in each session: what it does there, not how often it is written.
create view country_appearances as
with present as (
    select session_id, country_code, list(name order by participant_id) as participants
    from participants
    where country_code is not null
    group by session_id, country_code
),
asked as (
    select p.session_id, p.country_code, count(distinct r.recommendation_id) as recommendations
    from recommendations as r
    join attributions as a using (sentence_id)
    join participants as p on p.participant_id = a.participant_id
    where p.country_code is not null
    group by p.session_id, p.country_code
),
named as (
    select d.session_id, m.country_code, count(*) as mentions
    from mentions as m
    join documents as d using (document_id)
    where m.kind = 'country' and m.country_code is not null
    group by d.session_id, m.country_code
),
every as (
    select session_id, country_code from present
    union
    select session_id, country_code from named
)
select
    e.session_id,
    s.start_date,
    e.country_code,
    c.name_en as country_en,
    c.name_fr as country_fr,
    c.name_es as country_es,
    c.region,
    c.subregion,
    case
        when asked.recommendations > 0 then 'asked_for'
        when present.participants is not null then 'took_part'
        else 'named'
    end as appearance,
    coalesce(present.participants, []) as participants,
    coalesce(asked.recommendations, 0) as recommendations,
    coalesce(named.mentions, 0) as mentions
from every as e
join sessions as s using (session_id)
left join countries as c on c.country_code = e.country_code
left join present on present.session_id = e.session_id and present.country_code = e.country_code
left join asked on asked.session_id = e.session_id and asked.country_code = e.country_code
left join named on named.session_id = e.session_id and named.country_code = e.country_code
order by e.session_id, e.country_code;
comment on view country_appearances is
    'One row per session and country: it asked for something (alone or with others), only took part, or is merely named.';
comment on column country_appearances.session_id is 'The session.';
comment on column country_appearances.start_date is 'First day of the session.';
comment on column country_appearances.country_code is 'The country (ISO 3166-1 alpha-3).';
comment on column country_appearances.country_en is 'Its name in English.';
comment on column country_appearances.country_fr is 'Its name in French.';
comment on column country_appearances.country_es is 'Its name in Spanish.';
comment on column country_appearances.region is 'UN M49 region.';
comment on column country_appearances.subregion is 'UN M49 subregion.';
comment on column country_appearances.appearance is 'asked_for: a recommendation is attributed to it or its representatives; took_part: it or its representatives took part, and asked for nothing; named: neither.';
comment on column country_appearances.participants is 'Names of the participants who represent it; empty when there are none.';
comment on column country_appearances.recommendations is 'How many recommendations are attributed to them.';
comment on column country_appearances.mentions is 'How often it is named in the sentences.';
