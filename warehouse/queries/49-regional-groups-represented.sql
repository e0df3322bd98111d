-- Which regional groups of the United Nations are represented?
-- Shows: Countries per session and group, of a list of the reader.
-- Files: regional_groups.csv
select a.session_id, g.regional_group, list(a.country_code order by a.country_code) as countries
from country_appearances as a
join 'warehouse/queries/data/regional_groups.csv' as g using (country_code)
where a.appearance <> 'named'
group by a.session_id, g.regional_group
order by a.session_id, g.regional_group;
