-- How often is each objective touched, session by session, certain and suggested?
-- Shows: A row per session and objective; 0 shows the gaps.
select
    s.session_id, o.objective, o.title_en,
    count(*) filter (c.method = 'explicit') as explicit,
    count(*) filter (c.method = 'lexical') as lexical
from sessions as s
cross join gcm_objectives as o
left join recommendations as r on r.session_id = s.session_id
left join recommendation_codes as c
    on c.recommendation_id = r.recommendation_id
    and c.scheme = 'gcm'
    and try_cast(c.code as integer) = o.objective
group by s.session_id, o.objective, o.title_en
order by s.session_id, o.objective;
