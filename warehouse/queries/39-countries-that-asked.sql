-- Which countries asked for something?
-- Shows: Those to whom a recommendation is attributed, alone or with others.
select session_id, country_code, country_en, participants, recommendations
from country_appearances
where appearance = 'asked_for'
order by session_id, country_code;
