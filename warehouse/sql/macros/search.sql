-- Ranked full-text search without an extension. It ignores accents, case and inflection, knows the
-- synonyms of the table `synonyms`, and takes "words in quotation marks" for a phrase. Rank: BM25
-- with k1 = 1.2, b = 0.75. A text is found when it holds one of the words, but for words that stand
-- in more than a third of all texts: they count, and find nothing by themselves. Of a synonym it
-- must hold all words, or another phrase of the same meaning.
create macro search(wanted, kinds := NULL, most := 20) as table
with asked as materialized (
    -- Every word asked for, and which part of the question it stands in: those of even number are
    -- between quotation marks.
    select part, place, word, word_root(word) as root
    from (
        select part, generate_subscripts(words, 1) as place, unnest(words) as word
        from (
            select
                generate_subscripts(parts, 1) as part,
                regexp_extract_all(unnest(parts), '[\p{L}\p{M}\p{N}]+') as words
            from (select string_split(translate(folded(wanted), '“”«»„', '"""""'), '"') as parts)
        )
    )
),
concepts as materialized (
    -- Synonyms among the words asked for.
    select part, term, min(place) as first, max(place) as last
    from (
        select a.part, a.place, p.phrase, p.term, p.place as nth, p.words, a.place - p.place as shift
        from asked as a
        join search_phrases as p on p.root = a.root
        where a.part % 2 = 1
    )
    group by part, term, phrase, words, shift
    having count(distinct nth) = words
),
longest as materialized (
    select distinct c.part, c.term, c.first, c.last
    from concepts as c
    where not exists (
        from concepts as other
        where other.part = c.part
            and other.first <= c.first and other.last >= c.last
            and other.last - other.first > c.last - c.first
    )
),
plain as materialized (
    -- The words that stand in no quotation marks. Those of a synonym (s) weigh half of one word
    -- together: so a phrase of the same meaning comes before its words here and there.
    select
        a.part, a.place,
        case when count(c.term) > 0 then 's' else 'w' end as sort,
        sort || a.part || '-' || a.place as unit,
        coalesce(0.5 / max(c.last - c.first + 1), 1) as factor
    from asked as a
    left join longest as c on c.part = a.part and a.place between c.first and c.last
    where a.part % 2 = 1
    group by a.part, a.place
),
unknown as (
    -- A word that occurs in no form finds those that begin like it, without its ending.
    select part, place, regexp_replace(
        root,
        '^(.{4,}?)(?:er|ir|re|r|ar|ant|ent|ons|ez|ait|aient|ment|eur|eus|ric|if|iv|ing|ed|ado|ada|ido|ida|ando|iendo)?$',
        '\1'
    ) as stump
    from asked as a
    where length(root) >= 4 and not exists (from search_words as w where w.root = a.root)
),
meant as materialized (
    -- The terms of the index that each word asked for may stand for.
    select distinct a.part, a.place, w.term
    from asked as a
    join search_words as w on w.root = a.root
    union
    select distinct u.part, u.place, w.term
    from unknown as u
    join search_words as w on starts_with(w.word, u.stump)
),
found as materialized (
    -- Where each unit asked for (a word, a synonym, a phrase) stands.
    select p.unit, o.entry, o.place, 1 as words
    from plain as p
    join meant as m on m.part = p.part and m.place = p.place
    join search_postings as o on o.term = m.term
    union
    select 'c' || c.part || '-' || c.first || '-' || c.term, o.entry, o.place, o.words
    from longest as c
    join search_postings as o on o.term = c.term
    union
    select 'p' || m.part, o.entry, o.place - m.place + 1, max(n.words)
    from meant as m
    join search_postings as o on o.term = m.term
    join (select part, max(place) as words from asked group by part) as n on n.part = m.part
    where m.part % 2 = 0
    group by m.part, o.entry, o.place - m.place
    having count(distinct m.place) = max(n.words)
),
held as materialized (
    select unit, entry, count(distinct place) as times from found group by unit, entry
),
size as (select count(*) as texts, avg(words) as average from search_entries),
weight as materialized (
    select
        unit,
        ln(1 + (texts - texts_with + 0.5) / (texts_with + 0.5)) * coalesce(factor, 1) as idf,
        texts_with <= texts / 3 or unit[1] = 'p' as rare,
        -- By itself a word of a synonym finds a text only when nothing of that meaning is there.
        rare and (unit[1] <> 's' or not exists (from held where unit[1] = 'c')) as telling
    from (select unit, count(*) as texts_with from held group by unit)
    left join plain using (unit)
    cross join size
),
scored as materialized (
    select
        h.entry,
        sum(w.idf * h.times * 2.2 / (h.times + 1.2 * (0.25 + 0.75 * e.words / s.average))) as score,
        count(*) as units
    from held as h
    join weight as w on w.unit = h.unit
    join search_entries as e on e.entry = h.entry
    cross join size as s
    where kinds is null or list_contains(string_split(kinds, ','), e.kind)
    group by h.entry
    having (
            bool_or(w.telling)
            or not exists (from weight where telling)
            or count(*) filter (w.unit[1] = 's') = (select count(*) from plain where sort = 's')
                and bool_or(w.unit[1] = 's')
        )
        and count(*) filter (w.unit[1] = 'p')
            = (select count(distinct part) from asked where part % 2 = 0)
),
best as materialized (
    select row_number() over (order by score desc, entry) as rank, entry, score, units
    from scored
    order by rank
    limit most
),
texts as materialized (
    select b.rank, b.entry, t.*
    from best as b
    join search_entries as e on e.entry = b.entry
    join searchable as t on t.kind = e.kind and t.row_id = e.row_id
),
pieces as (
    -- Words and what stands between them, in turn.
    select rank, entry, generate_subscripts(parts, 1) as nth, unnest(parts) as piece
    from (
        select rank, entry,
            regexp_extract_all(text, '[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+') as parts
        from texts
    )
),
placed as (
    select *, regexp_matches(piece, '^[\p{L}\p{M}\p{N}]') as is_word,
        count(*) filter (regexp_matches(piece, '^[\p{L}\p{M}\p{N}]'))
            over (partition by rank order by nth) as place
    from pieces
),
marked as (
    select p.*, is_word and exists (
        from found as f
        join weight as w on w.unit = f.unit
        where f.entry = p.entry
            and p.place between f.place and f.place + f.words - 1
            and (w.rare or not exists (from weight where rare))
    ) as hit
    from placed as p
),
windowed as (
    select *, min(place) filter (hit) over (partition by rank) as start,
        max(place) over (partition by rank) as last
    from marked
),
snippets as (
    select
        rank,
        case when max(start) > 9 then '… ' else '' end
            || trim(regexp_replace(
                string_agg(
                    case when hit then '**' || piece || '**' else piece end, '' order by nth
                ) filter (place between start - 8 and start + 26),
                '\*\*([ ''’-])\*\*', '\1', 'g'
            ))
            || case when max(last) > max(start) + 26 then ' …' else '' end as snippet
    from windowed
    group by rank
)
select
    t.rank,
    round(b.score, 3) as score,
    t.kind,
    t.row_id,
    t.session_id,
    s.snippet,
    b.units as words_found,
    t.text,
    t.document_id,
    t.char_start,
    t.char_end
from texts as t
join best as b on b.rank = t.rank
join snippets as s on s.rank = t.rank
order by t.rank;
comment on macro table search is
    'Texts that hold the words asked for, best first: from search(''jeunes logement''), from search(''"droits de l''''homme"'', kinds := ''recommendation'', most := 50). Kinds as in searchable, parted by commas.';
