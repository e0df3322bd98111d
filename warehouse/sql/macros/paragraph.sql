-- The paragraph or list item in which a recommendation stands, the recommendation between ** marks.
-- Columns are renamed so that the argument may bear the name of one.
create macro paragraph(recommendation) as (
    select replace(around.body, around.hit, '**' || around.hit || '**')
    from (
        select r.recommendation_id as id, r.text as hit, p.text as body
        from recommendations as r
        join sentences as s using (sentence_id)
        join passages as p on p.passage_id = s.passage_id
    ) as around
    where around.id = recommendation
);
comment on macro paragraph is
    'The paragraph or list item in which a recommendation stands, the recommendation between ** marks: paragraph(recommendation_id).';
