-- Which recommendations cite an objective of the Global Compact by number?
-- Shows: The objective, its title and the recommendation.
select o.objective, o.title_en, r.recommendation_id, r.text
from recommendation_codes as c
join recommendations as r using (recommendation_id)
join gcm_objectives as o on o.objective = try_cast(c.code as integer)
where c.scheme = 'gcm' and c.method = 'explicit'
order by o.objective, r.session_id, r.position;
