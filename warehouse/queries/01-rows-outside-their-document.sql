-- Is every row inside its document? No row means yes.
with spans as (
    select 'recommendations' as table_name, recommendation_id as id, document_id, char_start, char_end
    from recommendations
    union all
    select 'participants', participant_id, document_id, char_start, char_end from participants
    union all
    select 'panels', panel_id, document_id, char_start, char_end from panels
    union all
    select 'sentences', sentence_id, document_id, char_start, char_end from sentences
    union all
    select 'passages', passage_id, document_id, char_start, char_end from passages
)
select s.table_name, s.id
from spans as s
left join documents as d using (document_id)
where (s.char_start >= 0 and s.char_end > s.char_start and s.char_end <= length(d.text)) is not true;
