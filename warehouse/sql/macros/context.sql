-- The sentences around a recommendation, n on either side, the recommendation between ** marks.
-- Columns are renamed so that the argument may bear the name of one.
create macro context(recommendation, n) as (
    select string_agg(
        case when near.nth = near.hit then '**' || near.body || '**' else near.body end,
        ' ' order by near.nth
    )
    from (
        select id, body, nth, max(nth) filter (sentence = of) over (partition by id) as hit
        from (
            select
                r.recommendation_id as id, r.sentence_id as of, s.sentence_id as sentence,
                s.text as body,
                row_number() over (
                    partition by r.recommendation_id order by s.char_start, s.char_end
                ) as nth
            from recommendations as r
            join sentences as s on s.document_id = r.document_id
        )
    ) as near
    where near.id = recommendation and near.nth between near.hit - n and near.hit + n
);
comment on macro context is
    'The sentences around a recommendation, n on either side, the recommendation between ** marks: context(recommendation_id, 2).';
