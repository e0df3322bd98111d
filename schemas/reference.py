"""Reference tables: code lists and names in three languages, read from seeds/reference."""

from functools import partial

from schemas.core import SECTORS
from schemas.declare import COUNTRY, ID, LANGUAGE, Table
from schemas.declare import Column as AnyColumn

Column = partial(AnyColumn, origin="reference")


def in_three_languages(prefix: str, what: str, *examples: str) -> tuple[AnyColumn, ...]:
    """Columns `<prefix>_en`, `_fr`, `_es`; NULL where no name in that language is known."""
    languages = {"en": "English", "fr": "French", "es": "Spanish"}
    return tuple(
        Column(f"{prefix}_{code}", "text", f"{what} in {language}.", example, nullable=True)
        for (code, language), example in zip(languages.items(), examples, strict=True)
    )


def names_of(singular: str, plural: str, key: str, pattern: str, *example: str) -> Table:
    """The table of every form under which something of `plural` is written."""
    return Table(
        f"{singular}_names",
        f"Names of {plural}",
        f"Every form under which a row of {plural} is written. The lexicon for finding it.",
        f"Entered by hand: names and acronyms of {plural} in three languages, and their variants.",
        key=("name", "language"),
        order=(key, "language", "name"),
        minimum_rows=1,
        columns=(
            Column("name", "text", "The form, as written.", example[0]),
            Column("language", "text", "Its language (ISO 639-1).", "fr", pattern=LANGUAGE),
            Column(
                key,
                "text",
                "What it names.",
                example[1],
                pattern=pattern,
                references=plural,
            ),
        ),
    )


COUNTRIES = Table(
    "countries",
    "Countries",
    "One row per country or territory, with the names that the United Nations uses.",
    "From the lists of ISO 3166-1 and UN M49, names from lists of the United Nations.",
    key=("country_code",),
    order=("country_code",),
    minimum_rows=1,
    columns=(
        Column("country_code", "text", "ISO 3166-1 alpha-3 code.", "CHE", pattern=COUNTRY),
        Column(
            "alpha_2",
            "text",
            "ISO 3166-1 alpha-2 code. Mind Namibia: tools that read `NA` as missing lose it.",
            "CH",
            nullable=True,
            pattern="[A-Z]{2}",
        ),
        Column(
            "m49",
            "text",
            "UN M49 code, three digits with leading zeros.",
            "756",
            nullable=True,
            pattern="[0-9]{3}",
        ),
        *in_three_languages("name", "Name", "Switzerland", "Suisse", "Suiza"),
        Column("region", "text", "UN M49 region.", "Europe", nullable=True),
        Column("subregion", "text", "UN M49 subregion.", "Western Europe", nullable=True),
    ),
)

COUNTRY_NAMES = names_of("country", "countries", "country_code", COUNTRY, "Suisse", "CHE")

COUNTRY_ADJECTIVES = Table(
    "country_adjectives",
    "Adjectives of countries",
    "Every form of the adjectives that belong to a country. An office that has one behind or before"
    " it is of that country; one that belongs to two countries tells neither.",
    "Entered by hand: in three languages, in both genders and numbers where they differ.",
    key=("adjective", "language", "country_code"),
    order=("country_code", "language", "adjective"),
    minimum_rows=1,
    columns=(
        Column("adjective", "text", "The form, as written.", "namibienne"),
        Column("language", "text", "Its language (ISO 639-1).", "fr", pattern=LANGUAGE),
        Column(
            "country_code",
            "text",
            "The country that it belongs to.",
            "NAM",
            pattern=COUNTRY,
            references="countries",
        ),
    ),
)

CITY_NAMES = Table(
    "city_names",
    "Names of cities",
    "Every form under which a city is written that may host a meeting. The lexicon for finding it.",
    "Entered by hand: seats of organisations and capitals, in three languages.",
    key=("name", "language"),
    order=("country_code", "language", "name"),
    minimum_rows=1,
    columns=(
        Column("name", "text", "The form, as written.", "Genève"),
        Column("language", "text", "Its language (ISO 639-1).", "fr", pattern=LANGUAGE),
        Column(
            "country_code",
            "text",
            "The country that the city is in.",
            "CHE",
            pattern=COUNTRY,
            references="countries",
        ),
    ),
)

ORGANISATIONS = Table(
    "organisations",
    "Organisations",
    "One row per organisation that is recognised by name or acronym.",
    "Entered by hand, names as the organisations themselves write them.",
    key=("organisation_id",),
    order=("organisation_id",),
    minimum_rows=1,
    columns=(
        Column("organisation_id", "text", "The organisation.", "undp", pattern=ID),
        *in_three_languages(
            "name",
            "Name",
            "United Nations Development Programme",
            "Programme des Nations Unies pour le développement",
            "Programa de las Naciones Unidas para el Desarrollo",
        ),
        *in_three_languages("acronym", "Acronym", "UNDP", "PNUD", "PNUD"),
        Column(
            "sector",
            "text",
            "What it belongs to, as in participants.",
            "un",
            nullable=True,
            values=SECTORS,
        ),
    ),
)

ORGANISATION_NAMES = names_of(
    "organisation", "organisations", "organisation_id", ID, "PNUD", "undp"
)

INSTRUMENTS = Table(
    "instruments",
    "Instruments",
    "One row per instrument, forum, mechanism or programme that is recognised by name.",
    "Entered by hand, titles and symbols as they are published.",
    key=("instrument_id",),
    order=("instrument_id",),
    minimum_rows=1,
    columns=(
        Column("instrument_id", "text", "The instrument.", "gcm", pattern=ID),
        Column(
            "type",
            "text",
            "What it is.",
            "compact",
            values={
                "compact": "a compact between states",
                "agenda": "an agenda of goals",
                "forum": "a forum that meets again and again",
                "event": "a single event or an observance",
                "conference": "a conference or summit",
                "convention": "a convention",
                "treaty": "another treaty or protocol",
                "resolution": "a resolution",
                "un_document": "another document with a United Nations symbol",
                "declaration": "a declaration or statement",
                "mechanism": "a mechanism, network or fund",
                "centre": "a centre or hub",
                "initiative": "an initiative or campaign",
                "programme": "a programme or project",
                "framework": "a framework, strategy or plan",
                "process": "a consultative process",
            },
        ),
        Column("symbol", "text", "Symbol of the document.", "A/RES/73/195", nullable=True),
        *in_three_languages(
            "name",
            "Name",
            "Global Compact for Safe, Orderly and Regular Migration",
            "Pacte mondial pour des migrations sûres, ordonnées et régulières",
            "Pacto Mundial para una Migración Segura, Ordenada y Regular",
        ),
    ),
)

INSTRUMENT_NAMES = names_of(
    "instrument", "instruments", "instrument_id", ID, "Pacte mondial", "gcm"
)

GCM_OBJECTIVES = Table(
    "gcm_objectives",
    "Objectives of the Global Compact for Migration",
    "The 23 objectives with their short titles.",
    "From the Global Compact, with the short titles of published lists.",
    key=("objective",),
    order=("objective",),
    minimum_rows=23,
    columns=(
        Column(
            "objective",
            "integer",
            "Number of the objective.",
            15,
            minimum=1,
            maximum=23,
        ),
        *in_three_languages(
            "title",
            "Short title",
            "Access to basic services",
            "Services de base",
            "Servicios básicos",
        ),
    ),
)

SDGS = Table(
    "sdgs",
    "Sustainable Development Goals",
    "The 17 goals with their short titles.",
    "From the 2030 Agenda, with the short titles of published lists.",
    key=("goal",),
    order=("goal",),
    minimum_rows=17,
    columns=(
        Column("goal", "integer", "Number of the goal.", 1, minimum=1, maximum=17),
        *in_three_languages(
            "title", "Short title", "No poverty", "Pas de pauvreté", "Fin de la pobreza"
        ),
    ),
)

SYNONYMS = Table(
    "synonyms",
    "Synonyms",
    "Words and phrases of migration policy that mean the same, in three languages: who searches for"
    " one finds the others.",
    "Entered by hand: terms of the Global Compact and the everyday words for them.",
    key=("term", "language"),
    order=("concept", "language", "term"),
    columns=(
        Column("term", "text", "The word or phrase, as written.", "envois de fonds"),
        Column("language", "text", "Its language (ISO 639-1).", "fr", pattern=LANGUAGE),
        Column(
            "concept",
            "text",
            "What it means: equal for all that mean the same.",
            "remittances",
            pattern="[a-z]+(_[a-z]+)*",
        ),
    ),
)

GROUPS = Table(
    "groups",
    "Groups of people",
    "The groups that recommendations are coded for.",
    "A list of this dataset.",
    key=("group_code",),
    order=("group_code",),
    minimum_rows=20,
    columns=(
        Column("group_code", "text", "The group.", "youth", pattern="[a-z]+(_[a-z]+)*"),
        *in_three_languages("title", "Name of the group", "Youth", "Jeunes", "Jóvenes"),
    ),
)
