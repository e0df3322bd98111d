-- What stands before and after the recommendations about a subject?
-- Shows: A sentence on either side; the recommendation between ** marks.
-- Set: words=justice pénale
select row_id, context(row_id, 1) as context
from search(coalesce(getvariable('words'), 'justice pénale'), kinds := 'recommendation', most := 3);
