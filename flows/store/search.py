"""The index of the database's search: which word stands where, by its stem.

The macro search() in warehouse/sql/macros reads it. Nothing but plain tables is needed to search,
so any client can; only the stems are made here, because no client has a stemmer.
"""

from typing import Protocol

import duckdb
import pyarrow as pa
import snowballstemmer

ALGORITHMS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "ru": "russian",
}
"""Language (ISO 639-1) → Snowball's algorithm for it. Words of others are their own stems."""

ENTRIES = """
insert into search_entries
select row_number() over (order by document_id, char_start, kind, row_id), kind, row_id,
    len(regexp_extract_all(text, '[\\p{L}\\p{M}\\p{N}]+'))
from searchable
"""

# Every word of every text, in lower case.
TOKENS = """
create temp table search_tokens as
select entry, language, generate_subscripts(words, 1)::integer as place, unnest(words) as word
from (
    select e.entry, t.language, regexp_extract_all(lower(t.text), '[\\p{L}\\p{M}\\p{N}]+') as words
    from search_entries as e
    join searchable as t using (kind, row_id)
)
"""

FORMS = "select distinct language, word from search_tokens order by language, word"

TERMS = """
create temp table search_forms as
select language, word, folded(word) as folded_word, folded(stem) as folded_stem,
    dense_rank() over (order by folded(stem))::integer as term
from stems
"""

WORDS = """
insert into search_words
select distinct folded_word, word_root(folded_word), term, folded_stem
from search_forms
order by folded_word, term
"""

PHRASES = """
insert into search_phrases
select phrase, place, words, word_root(word), term
from (
    select phrase, term, len(list_of_words)::integer as words,
        generate_subscripts(list_of_words, 1)::integer as place, unnest(list_of_words) as word
    from (
        select
            row_number() over (order by concept, language, term)::integer as phrase,
            (select coalesce(max(term), 0) from search_words)::integer
                + dense_rank() over (order by concept)::integer as term,
            regexp_extract_all(folded(term), '[\\p{L}\\p{M}\\p{N}]+') as list_of_words
        from synonyms
    )
)
order by phrase, place
"""

# A synonym is looked for by its rarest word: most of its words are as common as "of".
OCCURRENCES = """
create temp table search_roots as
select t.entry, t.place, w.root
from search_tokens as t
join search_forms as f on f.language = t.language and f.word = t.word
join (select distinct word, root from search_words) as w on w.word = f.folded_word;

create temp table search_synonyms as
with frequency as (select root, count(*) as times from search_roots group by root),
anchors as (
    select p.phrase, p.term, p.words, p.root, p.place
    from search_phrases as p
    left join frequency as f using (root)
    qualify row_number() over (partition by p.phrase order by coalesce(f.times, 0), p.place) = 1
),
candidates as (
    select a.phrase, a.term, a.words, r.entry, r.place - a.place + 1 as first
    from anchors as a
    join search_roots as r using (root)
),
whole as (
    select c.term, c.words, c.entry, c.first
    from candidates as c
    join search_phrases as p using (phrase)
    join search_roots as r
        on r.entry = c.entry and r.place = c.first + p.place - 1 and r.root = p.root
    group by c.phrase, c.term, c.words, c.entry, c.first
    having count(distinct p.place) = c.words
)
select term, entry, first as place, max(words) as words
from whole
group by term, entry, first;
"""

POSTINGS = """
insert into search_postings
select term, entry, place, words
from (
    select f.term, t.entry, t.place, 1 as words
    from search_tokens as t
    join search_forms as f on f.language = t.language and f.word = t.word
    union all
    select term, entry, place::integer, words from search_synonyms
)
order by term, entry, place
"""

TEMPORARY = ("search_tokens", "search_forms", "search_roots", "search_synonyms")


class Stemmer(Protocol):
    """What is used of a Snowball stemmer."""

    def stemWord(self, word: str) -> str: ...  # noqa: N802 (the library's name)


def write_index(connection: duckdb.DuckDBPyConnection) -> None:
    """Fills the tables `search_…` of the database in use, whose data and views are there."""
    connection.execute(ENTRIES)
    connection.execute(TOKENS)
    connection.register("stems", _stems(connection.execute(FORMS).fetchall()))
    connection.execute(TERMS)
    connection.unregister("stems")
    for statement in (WORDS, PHRASES, OCCURRENCES, POSTINGS):
        connection.execute(statement)
    for name in TEMPORARY:
        connection.execute(f"drop table temp.{name}")


def _stems(forms: list[tuple[str, str]]) -> pa.Table:
    """Language, word and stem of each form."""
    stemmers: dict[str, Stemmer | None] = {}
    stems = []
    for language, word in forms:
        if language not in stemmers:
            algorithm = ALGORITHMS.get(language)
            stemmers[language] = snowballstemmer.stemmer(algorithm) if algorithm else None
        stemmer = stemmers[language]
        stems.append(stemmer.stemWord(word) if stemmer else word)
    names = ("language", "word", "stem")
    columns = [[form[0] for form in forms], [form[1] for form in forms], stems]
    return pa.table({n: pa.array(c, pa.string()) for n, c in zip(names, columns, strict=True)})
