-- On which objectives is more recommended than in the session before?
-- Shows: The latest session, by its gain.
select objective, title_en, recommendations, change
from objectives_over_time
where start_date = (select max(start_date) from sessions) and change > 0
order by change desc, objective;
