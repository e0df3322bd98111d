-- A passage to be quoted: the words of the document between two offsets, on one line.
create macro quote(document, first, past_last) as
    trim(regexp_replace(source_passage(document, first, past_last), '\s+', ' ', 'g'));
comment on macro quote is
    'The words of a document between two offsets, on one line: quote(document_id, char_start, char_end). As it stands there, line by line: source_passage.';
