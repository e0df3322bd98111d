-- The flagship query: every span of every table, held against the documents. No row means that all is
-- right: each row lies in its document, and its passage says what the row says, letters and digits
-- compared. Page furniture between the lines of a passage is left out, as it is when a text is read.
-- Where a release carries no running text, only the bounds can be checked.
create view faults as
with claims as (
    select 'sessions' as table_name, session_id as row_id, document_id, char_start as first,
        char_end as past_last, NULL as said, false as whole
    from sessions
    union all
    select 'session_days', session_id || ' ' || number, document_id, char_start, char_end, NULL, false from session_days
    union all
    select 'sections', section_id, document_id, char_start, char_end, NULL, false from sections
    union all
    select 'passages', passage_id, document_id, char_start, char_end, NULL, false from passages
    union all
    select 'sentences', sentence_id, document_id, char_start, char_end, text, true from sentences
    union all
    select 'panels', panel_id, document_id, char_start, char_end, title, false from panels
    union all
    select 'participants', participant_id, document_id, char_start, char_end, name, false from participants
    union all
    select 'interventions', intervention_id, document_id, char_start, char_end, NULL, false from interventions
    union all
    select 'recommendations', recommendation_id, document_id, char_start, char_end, text, true from recommendations
    union all
    -- What makes an item of a list a priority stands above the list.
    select 'recommendations', recommendation_id, document_id, char_start, char_end, cue, false
    from recommendations
    where force <> 'priority'
    union all
    select 'recommendation_codes', recommendation_id || ' ' || scheme || ' ' || code, document_id, char_start, char_end, evidence, false from recommendation_codes
    union all
    select 'attributions', attribution_id, document_id, char_start, char_end, NULL, false from attributions
    union all
    select 'citations', citation_id, document_id, char_start, char_end, text, false from citations
    union all
    select 'figures', figure_id, document_id, char_start, char_end, text, false from figures
    union all
    select 'mentions', mention_id, document_id, char_start, char_end, text, false from mentions
    union all
    select 'warnings', warning_id, document_id, char_start, char_end, NULL, false from warnings
),
-- Documents in slices of 4,000 characters, a new one every 2,000: to find the place of a span in a
-- long text means to read it from its beginning.
slices as materialized (
    select document_id, slice, substr(text, slice * 2000 + 1, 4000) as part
    from (
        select document_id, text, unnest(range(characters // 2000 + 1)) as slice
        from documents
        where text is not null
    )
),
-- Counted before the texts are joined, so that no text is copied for each row.
counted as (select row_number() over () as claim, * from claims),
numbered as materialized (
    select
        c.*, d.characters,
        case
            when c.past_last - c.first <= 2000
                then substr(s.part, c.first % 2000 + 1, c.past_last - c.first)
            when c.said is not null then substr(d.text, c.first + 1, c.past_last - c.first)
        end as straight
    from counted as c
    left join documents as d using (document_id)
    left join slices as s
        on s.document_id = c.document_id
        and s.slice = case when c.said is not null then c.first // 2000 end
),
furniture as materialized (
    select document_id, char_start, char_end from passages where kind = 'artefact'
),
cut as materialized (
    -- The claims whose span encloses page furniture, and the pieces around it.
    select n.claim, list_prepend(n.first, list(f.char_end order by f.char_start)) as firsts,
        list_append(list(f.char_start order by f.char_start), n.past_last) as lasts
    from numbered as n
    join furniture as f
        on f.document_id = n.document_id and f.char_start >= n.first and f.char_end <= n.past_last
    where n.said is not null and (f.char_start, f.char_end) <> (n.first, n.past_last)
    group by n.claim, n.first, n.past_last
),
pieces as (
    select claim, unnest(firsts) as first, unnest(lasts) as past_last from cut
),
joined as materialized (
    select p.claim,
        string_agg(
            substr(n.straight, p.first - n.first + 1, p.past_last - p.first), '' order by p.first
        ) as passage
    from pieces as p
    join numbered as n using (claim)
    group by p.claim
),
held as (
    select n.*, coalesce(j.passage, n.straight) as passage
    from numbered as n
    left join joined as j using (claim)
),
suspect as materialized (
    -- Most rows repeat their passage to the letter: only the others are compared by letters.
    select *, (0 <= first and first < past_last and past_last <= characters) is true as inside
    from held
    where inside is false
        or (said <> passage and (whole or not contains(passage, said)))
)
select
    table_name,
    row_id,
    case
        when characters is null then 'its document is not there'
        when not inside then 'its span is not in the document'
        else 'its passage says something else'
    end as fault,
    said,
    passage,
    document_id,
    first as char_start,
    past_last as char_end
from suspect
where not inside
    or case
        when whole then letters(passage) <> letters(said)
        else not contains(letters(passage), letters(said))
    end;
comment on view faults is
    'Every row whose span is not in its document, or whose passage does not say what the row says. No row: all is right.';
comment on column faults.table_name is 'The table.';
comment on column faults.row_id is 'Key of the row.';
comment on column faults.fault is 'What is wrong.';
comment on column faults.said is 'What the row says.';
comment on column faults.passage is 'What the document says there.';
comment on column faults.document_id is 'The document.';
comment on column faults.char_start is 'Where the span starts.';
comment on column faults.char_end is 'Where it ends.';
