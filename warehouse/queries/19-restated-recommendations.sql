-- Which recommendations are restated, in the same session or a later one?
-- Shows: Pairs that share at least 45 percent of their words.
with worded as (
    select *, list_distinct(string_split_regex(lower(text), '[^\p{L}\p{N}]+')) as words
    from recommendations
)
select
    a.recommendation_id as first, b.recommendation_id as second,
    a.text as text_1, b.text as text_2,
    round(
        len(list_intersect(a.words, b.words)) / len(list_distinct(list_concat(a.words, b.words))), 2
    ) as shared
from worded as a
join worded as b on a.recommendation_id < b.recommendation_id
where shared >= 0.45
order by shared desc, first, second;
