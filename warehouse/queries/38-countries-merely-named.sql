-- Which countries are named without taking part?
-- Shows: A row per session and country.
select session_id, country_code, country_en, country_fr, mentions
from country_appearances
where appearance = 'named'
order by session_id, country_code;
