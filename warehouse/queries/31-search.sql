-- Where is something said about a subject, whatever the words?
-- Shows: The ten best of all texts, the hits between ** marks.
-- Set: words=envois de fonds
select rank, score, kind, row_id, snippet
from search(coalesce(getvariable('words'), 'envois de fonds'), most := 10);
