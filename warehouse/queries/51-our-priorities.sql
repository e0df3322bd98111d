-- Where do the sessions support the priorities of our party?
-- Shows: Per priority of the list of the reader: recommendations on its objective, and one of them.
-- Files: our_priorities.csv
select
    p.priority,
    p.objective,
    count(r.recommendation_id) as recommendations,
    min(r.text) filter (r.force = 'priority') as one_of_them
from 'warehouse/queries/data/our_priorities.csv' as p
left join recommendation_details as r on list_contains(r.gcm_objectives, p.objective)
group by p.priority, p.objective
order by p.priority;
