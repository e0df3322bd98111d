-- The sentences around a recommendation, n on either side, the recommendation between ** marks.
create macro context(recommendation, n) as (
    select string_agg(
        case when near.id = hit.sentence then '**' || near.body || '**' else near.body end,
        ' ' order by near.place
    )
    from (
        select r.recommendation_id as id, r.sentence_id as sentence, s.document_id as document,
            s.place
        from recommendations as r
        join (
            select sentence_id, document_id,
                row_number() over (partition by document_id order by char_start, char_end) as place
            from sentences
        ) as s using (sentence_id)
    ) as hit
    join (
        select sentence_id as id, document_id as document, text as body,
            row_number() over (partition by document_id order by char_start, char_end) as place
        from sentences
    ) as near
        on near.document = hit.document and near.place between hit.place - n and hit.place + n
    where hit.id = recommendation
);
comment on macro context is
    'The sentences around a recommendation, n on either side, the recommendation between ** marks: context(recommendation_id, 2).';
