-- Which ministry has to look at how many recommendations?
-- Shows: By a list of the reader, which gives each objective to a ministry.
-- Files: ministries.csv
select m.ministry, count(distinct r.recommendation_id) as recommendations
from 'warehouse/queries/data/ministries.csv' as m
join recommendation_details as r on list_contains(r.gcm_objectives, m.objective)
group by m.ministry
order by recommendations desc, m.ministry;
