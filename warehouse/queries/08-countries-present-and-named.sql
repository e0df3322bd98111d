-- Which countries took part, and which are only named?
-- Shows: A row per session and country, with the number of mentions.
with present as (
    select distinct session_id, country_code, true as took_part
    from participants
    where country_code is not null
),
named as (
    select d.session_id, m.country_code, count(*) as mentions
    from mentions as m
    join documents as d using (document_id)
    where m.kind = 'country'
    group by all
)
select
    session_id, country_code, c.name_en,
    coalesce(took_part, false) as took_part,
    coalesce(mentions, 0) as mentions
from present
full join named using (session_id, country_code)
left join countries as c using (country_code)
order by all;
