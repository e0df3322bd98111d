-- How much is recommended on each objective of the Global Compact, session by session.
create view objectives_over_time as
with coded as (
    select r.session_id, c.code, r.recommendation_id, c.method
    from recommendations as r
    join recommendation_codes as c using (recommendation_id)
    where c.scheme = 'gcm'
),
counted as (
    select
        session_id, try_cast(code as integer) as objective,
        count(distinct recommendation_id) as recommendations,
        count(distinct recommendation_id) filter (method = 'explicit') as explicit
    from coded
    group by session_id, objective
),
totals as (select session_id, count(*) as total from recommendations group by session_id)
select
    o.objective,
    o.title_en,
    o.title_fr,
    o.title_es,
    s.session_id,
    s.start_date,
    coalesce(counted.recommendations, 0) as recommendations,
    coalesce(counted.explicit, 0) as explicit,
    round(coalesce(counted.recommendations, 0) / totals.total, 3) as share,
    coalesce(counted.recommendations, 0) - lag(coalesce(counted.recommendations, 0))
        over (partition by o.objective order by s.start_date, s.session_id) as change
from sessions as s
cross join gcm_objectives as o
left join counted on counted.session_id = s.session_id and counted.objective = o.objective
left join totals on totals.session_id = s.session_id
order by o.objective, s.start_date, s.session_id;
comment on view objectives_over_time is
    'One row per objective and session, 0 where nothing is recommended on it: how many recommendations, their share, and the change since the session before.';
comment on column objectives_over_time.objective is 'Number of the objective.';
comment on column objectives_over_time.title_en is 'Its short title in English.';
comment on column objectives_over_time.title_fr is 'Its short title in French.';
comment on column objectives_over_time.title_es is 'Its short title in Spanish.';
comment on column objectives_over_time.session_id is 'The session.';
comment on column objectives_over_time.start_date is 'First day of the session.';
comment on column objectives_over_time.recommendations is 'Recommendations coded with it, certain and suggested.';
comment on column objectives_over_time.explicit is 'Those of them that name the objective by its number.';
comment on column objectives_over_time.share is 'recommendations / all recommendations of the session; a recommendation may have several objectives.';
comment on column objectives_over_time.change is 'Difference to the session before; NULL for the first.';
