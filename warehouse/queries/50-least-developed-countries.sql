-- Which least developed countries are there, and how do they appear?
-- Shows: A row per session and country of the list of the reader.
-- Files: least_developed_countries.csv
select a.session_id, a.country_code, a.country_en, a.appearance
from country_appearances as a
semi join 'warehouse/queries/data/least_developed_countries.csv' as l on l.country_code = a.country_code
order by a.session_id, a.country_code;
