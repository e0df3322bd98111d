-- Full-text search without an extension: sentences that hold every word, whatever case or accents.
create macro search_sentences(wanted) as table
    select d.session_id, s.document_id, s.sentence_id, s.attribution, s.text
    from sentences as s
    join documents as d using (document_id)
    where not exists (
        from (select unnest(string_split(folded(trim(wanted)), ' ')) as word) as words
        where not contains(folded(s.text), words.word)
    )
    order by s.document_id, s.position;
comment on macro table search_sentences is
    'Sentences that hold every word asked for: from search_sentences(''jeunes logement'').';
