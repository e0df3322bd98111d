-- Is a character of a document in no passage, or in two?
-- Shows: No row means that all are in exactly one.
select document_id, non_blank, in_passages
from coverage
where in_passages <> non_blank;
