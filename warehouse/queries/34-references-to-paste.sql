-- How do I cite the recommendations about a subject?
-- Shows: One reference each: words, session, place, version.
-- Set: words=enfants migrants
select cite(row_id) as reference
from search(coalesce(getvariable('words'), 'enfants migrants'), kinds := 'recommendation', most := 3);
