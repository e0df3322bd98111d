-- What is recommended about a subject?
-- Shows: Recommendations, with the reasons for which they are there.
-- Set: words=vaccins
select recommendation_id, force, attributed_to, reasons, text
from recommendations_about(coalesce(getvariable('words'), 'vaccins'));
