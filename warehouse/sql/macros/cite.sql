-- A reference to one recommendation, to paste.
create macro cite(recommendation) as (
    select '« ' || cited.body || ' » In: ' || cited.title || coalesce(' (' || cited.dates || ')', '')
        || ', ' || cited.document || ', characters ' || cited.first || '–' || cited.past_last
        || '. ' || (select text from about where fact = 'citation') || ' ' || cited.id || '.'
    from (
        select r.recommendation_id as id, r.text as body, s.title, r.document_id as document,
            r.char_start as first, r.char_end as past_last,
            case
                when s.start_date = s.end_date then s.start_date::varchar
                else s.start_date || '/' || s.end_date
            end as dates
        from recommendations as r
        join sessions as s using (session_id)
    ) as cited
    where cited.id = recommendation
);
comment on macro cite is
    'A reference to a recommendation, to paste: its words, session, place in the document, and the version of the data: cite(recommendation_id).';
