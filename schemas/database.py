"""The tables that only the database holds: what it says of itself, and the index of its search.

They are no data. A release says the same in files of its own (README.md, CITATION.cff,
DICTIONARY.md, CHANGES.md), and `about` names the version, which is decided by comparing the data:
so they are neither in Parquet nor counted when releases are compared.
"""

from functools import partial

from schemas.declare import ID, Column, Table

Derived = partial(Column, origin="derived")

ABOUT = Table(
    "about",
    "About this database",
    "One row per fact about the database: what it is, which version, how to cite and to verify it,"
    " and who may do what with it.",
    "Written when the database is built, and again when it is released.",
    key=("fact",),
    order=("position",),
    columns=(
        Derived("position", "integer", "The order in which to read them.", 1, minimum=1),
        Derived("fact", "text", "Name of the fact.", "version", pattern="[a-z]+(_[a-z]+)*"),
        Derived("text", "text", "The fact.", "1.0.0", raw=True),
    ),
)

DATA_DICTIONARY = Table(
    "data_dictionary",
    "Data dictionary",
    "One row per table, view and macro, and per column of each, with its meaning.",
    "From the declarations of the tables and the comments of views and macros.",
    key=("position",),
    order=("position",),
    columns=(
        Derived("position", "integer", "The order in which to read them.", 1, minimum=1),
        Derived("name", "text", "The table, view or macro.", "panels"),
        Derived(
            "kind",
            "text",
            "What it is.",
            "table",
            values={
                "table": "a table of the data, also in Parquet",
                "support": "a table that only the database holds",
                "view": "a view: rows made from the tables when it is asked",
                "macro": "a macro: a function of this database that gives one value",
                "table macro": "a macro that gives rows, to be used behind `from`",
            },
        ),
        Derived(
            "column_name",
            "text",
            "The column; NULL in the row of the table, view or macro itself.",
            "title",
            nullable=True,
        ),
        Derived("type", "text", "Type of the column in DuckDB.", "VARCHAR", nullable=True),
        Derived("meaning", "text", "What it means.", "The title, whole.", raw=True),
        Derived(
            "call",
            "text",
            "How a macro is called.",
            "quote(document_id, char_start, char_end)",
            nullable=True,
        ),
        Derived(
            "may_be_null",
            "boolean",
            "Whether the column of a table may be NULL: not stated.",
            False,
            nullable=True,
        ),
        Derived(
            "allowed",
            "text",
            "The values that may stand in it, with their meanings.",
            "match: equal; partial: fewer",
            nullable=True,
        ),
        Derived("refers_to", "text", "The table whose key it repeats.", "documents", nullable=True),
        Derived("example", "text", "An invented value.", "Des services pour tous", nullable=True),
        Derived("obtained", "text", "How its values were obtained.", "quotation", nullable=True),
    ),
)

RELEASE_CHANGES = Table(
    "release_changes",
    "What changed from release to release",
    "One row per release and reason for its version, newest first; no row in a build that is not"
    " released. changes.parquet of each release has every value.",
    "Computed by comparing each release with the one before.",
    key=("version", "position"),
    order=("version", "position"),
    columns=(
        Derived("version", "text", "The release.", "1.1.0", pattern=r"\d+\.\d+\.\d+"),
        Derived("date", "text", "Its date (ISO 8601).", "2030-09-01", nullable=True),
        Derived(
            "previous",
            "text",
            "The release that it is compared with; NULL for the first.",
            "1.0.0",
            nullable=True,
        ),
        Derived("position", "integer", "1 to n in the release.", 1, minimum=1),
        Derived(
            "level",
            "text",
            "How much the change asks of users.",
            "minor",
            values={
                "first": "there was no release before",
                "major": "may break what users rely on",
                "minor": "something is new, nothing is gone",
                "patch": "something is put right",
            },
        ),
        Derived("rule", "text", "The kind of change.", "new view or macro, or column of a view"),
        Derived("place", "text", "Where.", "faults", nullable=True),
        Derived("what", "text", "What.", "view added", nullable=True, raw=True),
    ),
)

QUERIES = Table(
    "queries",
    "The query book",
    "One row per question that users ask, with the SQL that answers it.",
    "The files of warehouse/queries/.",
    key=("name",),
    order=("number",),
    columns=(
        Derived("number", "integer", "1 to n.", 1, minimum=1),
        Derived(
            "name", "text", "Short name: `idm sql NAME` runs it.", "stated-and-found", pattern=ID
        ),
        Derived("question", "text", "The question.", "How much of it is found?"),
        Derived("shows", "text", "What the answer shows.", "A row per total.", nullable=True),
        Derived(
            "variables",
            "text",
            "What can be asked otherwise: variables with the values they have when none is set, as"
            " in `set variable country = 'MEX'` or `--set country=MEX`.",
            "country=CHN",
            nullable=True,
        ),
        Derived(
            "files",
            "text",
            "Files of the reader's own that it reads, in warehouse/queries/data/.",
            "income_groups.csv",
            nullable=True,
        ),
        Derived("query", "text", "The SQL.", "from stated_and_extracted;", raw=True),
    ),
)

SEARCH_ENTRIES = Table(
    "search_entries",
    "Index of the search: texts",
    "One row per text that search() finds: those of the view searchable.",
    "Counted when the database is built.",
    key=("entry",),
    order=("entry",),
    columns=(
        Derived("entry", "integer", "Number of the text.", 1, minimum=1),
        Derived("kind", "text", "What it is, as in searchable.", "recommendation"),
        Derived("row_id", "text", "The row, as in searchable.", "idm-2030-1-r-0a1b2c3d"),
        Derived("words", "integer", "How many words it has.", 14, minimum=0),
    ),
)

SEARCH_WORDS = Table(
    "search_words",
    "Index of the search: words",
    "One row per form of a word that occurs, and term that it stands for.",
    "The stem is that of the Snowball algorithm for the language.",
    key=("word", "term"),
    order=("word", "term"),
    columns=(
        Derived("word", "text", "The form, folded as by folded().", "villes"),
        Derived("root", "text", "The form without marks of number, see word_root().", "ville"),
        Derived("term", "integer", "Number of its stem.", 7, minimum=1),
        Derived("stem", "text", "Its stem, folded.", "vill"),
    ),
)

SEARCH_PHRASES = Table(
    "search_phrases",
    "Index of the search: synonyms",
    "One row per word of each synonym: phrases with one term mean the same.",
    "From the table synonyms.",
    key=("phrase", "place"),
    order=("phrase", "place"),
    columns=(
        Derived("phrase", "integer", "Number of the synonym.", 1, minimum=1),
        Derived("place", "integer", "1 to n in the synonym.", 1, minimum=1),
        Derived("words", "integer", "How many words it has.", 3, minimum=1),
        Derived("root", "text", "The word, folded, without marks of number.", "envoi"),
        Derived("term", "integer", "Number of its concept.", 4001, minimum=1),
    ),
)

SEARCH_POSTINGS = Table(
    "search_postings",
    "Index of the search: occurrences",
    "One row per word of each text, and per synonym in it.",
    "Counted when the database is built.",
    key=(),
    order=("term", "entry", "place"),
    columns=(
        Derived("term", "integer", "The term that stands there.", 7, minimum=1),
        Derived("entry", "integer", "The text.", 1, minimum=1),
        Derived(
            "place", "integer", "The how-manieth word of the text it begins with.", 3, minimum=1
        ),
        Derived("words", "integer", "How many words it takes there.", 1, minimum=1),
    ),
)

BUILD = Table(
    "build",
    "The build",
    "What this database was built from: one row per fact.",
    "Noted when the database is built.",
    key=("fact",),
    order=("fact",),
    columns=(
        Derived("fact", "text", "Name of the fact.", "build_id"),
        Derived("value", "text", "The fact: text as it is, anything else as JSON.", "[]", raw=True),
    ),
)

BUILD_TABLES = Table(
    "build_tables",
    "Tables of the build",
    "What each table holds: equal hashes mean equal rows.",
    "Computed when the database is built.",
    key=("table_name",),
    order=("table_name",),
    columns=(
        Derived("table_name", "text", "Name of the table.", "panels"),
        Derived("row_count", "integer", "Number of its rows.", 2, minimum=0),
        Derived(
            "logical_sha256",
            "text",
            "SHA-256 over its column names and the sorted SHA-256 of its rows, as canonical JSON.",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            pattern="[0-9a-f]{64}",
        ),
    ),
)

SUPPORT: dict[str, Table] = {
    table.name: table
    for table in (
        ABOUT,
        DATA_DICTIONARY,
        RELEASE_CHANGES,
        QUERIES,
        SEARCH_ENTRIES,
        SEARCH_WORDS,
        SEARCH_PHRASES,
        SEARCH_POSTINGS,
        BUILD,
        BUILD_TABLES,
    )
}
"""The tables that only the database holds, by name."""
