-- Do rich or poor countries ask for more?
-- Shows: Countries and recommendations by income group, of a list of the reader.
-- Files: income_groups.csv
select
    g.income_group,
    count(distinct a.country_code) as countries,
    sum(a.recommendations) as recommendations
from country_appearances as a
join 'warehouse/queries/data/income_groups.csv' as g using (country_code)
where a.appearance <> 'named'
group by g.income_group
order by g.income_group;
