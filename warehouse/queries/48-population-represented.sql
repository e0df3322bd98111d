-- How many people live in the countries that took part?
-- Shows: Per session: countries, and millions of inhabitants, of a list of the reader.
-- Files: population.csv
select a.session_id, count(*) as countries, round(sum(p.millions)) as millions
from country_appearances as a
join 'warehouse/queries/data/population.csv' as p using (country_code)
where a.appearance <> 'named'
group by a.session_id
order by a.session_id;
