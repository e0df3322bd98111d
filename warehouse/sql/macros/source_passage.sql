-- The characters of a document between two offsets, as they stand in it.
-- The columns of documents are renamed so that arguments may bear their names.
create macro source_passage(document, first, past_last) as (
    select substr(whole.body, first + 1, past_last - first)
    from (select document_id as id, text as body from documents) as whole
    where whole.id = document
);
comment on macro source_passage is
    'Text of a document between two offsets: source_passage(document_id, char_start, char_end).';
