-- Which figures does the text state, and with what hedges?
-- Shows: A row per figure: value, unit, and whether it is exact, about, over, nearly or under.
select d.session_id, f.measure, f.qualifier, f.value, f.unit, f.text
from figures as f
join documents as d using (document_id)
order by d.session_id, f.char_start;
