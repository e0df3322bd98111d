-- On which instruments do recommendations rest?
-- Shows: Instruments that a recommendation cites.
select instrument_id, coalesce(instrument_en, instrument_fr, instrument_es) as instrument, recommendations
from instruments_cited
where recommendations > 0
order by recommendations desc, instrument_id;
