-- Recommendations about something: those whose text search() finds, and those coded with an
-- objective, goal or group whose title, in any language, has all the words.
create macro recommendations_about(wanted) as table
with titles as (
    select 'gcm' as scheme, objective::varchar as code, 'objective ' || objective as label,
        unnest([title_en, title_fr, title_es]) as title
    from gcm_objectives
    union all
    select 'sdg', goal::varchar, 'goal ' || goal, unnest([title_en, title_fr, title_es]) from sdgs
    union all
    select 'group', group_code, 'group ' || group_code, unnest([title_en, title_fr, title_es])
    from groups
),
asked as (
    select distinct word_root(unnest(regexp_extract_all(folded(wanted), '[\p{L}\p{M}\p{N}]+'))) as root
),
roots as (
    select distinct scheme, code, label, title,
        word_root(unnest(regexp_extract_all(folded(title), '[\p{L}\p{M}\p{N}]+'))) as root
    from titles
),
codes as (
    select scheme, code, label, min(title) as title
    from (
        select r.scheme, r.code, r.label, r.title
        from roots as r
        join asked as a on a.root = r.root
        group by r.scheme, r.code, r.label, r.title
        having count(distinct a.root) = (select count(*) from asked)
    )
    group by scheme, code, label
),
found as (
    select row_id as recommendation_id, score, 'its words' as reason
    from search(wanted, kinds := 'recommendation', most := 1000000)
    union all
    select rc.recommendation_id, NULL, codes.label || ': ' || codes.title
    from recommendation_codes as rc
    join codes on codes.scheme = rc.scheme and codes.code = rc.code
)
select
    f.recommendation_id, r.session_id, r.text, r.force, r.attributed_to, r.addressee,
    f.reasons, f.score, r.document_id, r.char_start, r.char_end
from (
    select recommendation_id, max(score) as score, list(reason order by reason) as reasons
    from found
    group by recommendation_id
) as f
join recommendations as r on r.recommendation_id = f.recommendation_id
order by f.score desc nulls last, r.document_id, r.position;
comment on macro table recommendations_about is
    'Recommendations about something, with the reasons: its words are found, or it is coded with an objective, goal or group of that title: from recommendations_about(''envois de fonds'').';
