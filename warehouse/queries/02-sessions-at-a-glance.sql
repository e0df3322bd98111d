-- Which sessions are there, and how complete is what we have of each?
-- Shows: A row per session: date, place, totals stated and found, recommendations.
select
    session_id, start_date, end_date, modality, city, stated_panels, found_panels,
    stated_speakers, found_persons, recommendations, priorities, with_addressee
from session_overview
order by start_date;
