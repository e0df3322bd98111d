"""The four core tables and the documents that they were read from."""

from schemas.declare import (
    COUNTRY,
    DOCUMENT_ID,
    ID,
    LANGUAGE,
    SESSION_ID,
    SPAN,
    Column,
    Table,
)

ATTRIBUTIONS = {
    "document": "the document in its own voice, without a reporting verb",
    "participants": "the participants together",
    "speakers": "speakers or panellists",
    "delegates": "delegates or government representatives in general",
    "delegations": "named countries",
    "person": "a person, named or titled",
    "organisation": "an organisation",
    "other": "anybody else, or an agentless passive",
}
"""Who says something."""

SECTORS = {
    "government": "national, regional or local authorities",
    "un": "a body of the United Nations system",
    "intergovernmental": "another organisation of states",
    "ngo": "civil society, associations, foundations",
    "academia": "universities and research",
    "private": "enterprises and employers",
    "diaspora": "diaspora organisations",
    "youth": "youth organisations",
    "migrants": "migrants and their organisations",
    "other": "none of these",
}
"""What a participant speaks for."""

SESSION = Column(
    "session_id",
    "text",
    "The session that the row belongs to.",
    "idm-2030-1",
    references="sessions",
    origin="derived",
)

SESSIONS = Table(
    "sessions",
    "Sessions",
    "One row per session of the Dialogue, read from the header block of its reference document and"
    " the sentences in which that document states totals.",
    "From the header block of the reference document, by the shapes of its lines; totals from the"
    " sentences that state them.",
    key=("session_id",),
    order=("year", "ordinal"),
    minimum_rows=1,
    columns=(
        Column(
            "session_id",
            "text",
            "Series, year and ordinal of the session.",
            "idm-2030-1",
            pattern=SESSION_ID,
            origin="derived",
        ),
        Column("series", "text", "The series of meetings, by its acronym.", "IDM"),
        Column(
            "year",
            "integer",
            "The year in the session's name.",
            2030,
            minimum=1900,
            maximum=2200,
        ),
        Column(
            "ordinal",
            "integer",
            "1 for the first session of that year, 2 for the second; 1 when the document names no"
            " ordinal.",
            1,
            minimum=1,
        ),
        Column(
            "title",
            "text",
            "The theme, whole, in the language of the reference document.",
            "Villes d'accueil : ouvrir les services à tous",
            origin="quotation",
        ),
        Column(
            "language",
            "text",
            "Language of the reference document (ISO 639-1).",
            "fr",
            pattern=LANGUAGE,
        ),
        Column("start_date", "date", "First day, from the header's dates.", "2030-05-06"),
        Column(
            "end_date",
            "date",
            "Last day; the first again when there is only one.",
            "2030-05-07",
        ),
        Column(
            "start_time",
            "time",
            "When each day begins, as printed.",
            "09:00:00",
            nullable=True,
        ),
        Column(
            "end_time",
            "time",
            "When each day ends, as printed.",
            "12:30:00",
            nullable=True,
        ),
        Column(
            "timezone",
            "text",
            "Time zone of the hours, as printed.",
            "EST",
            nullable=True,
        ),
        Column(
            "modality",
            "text",
            "How people could take part, where the document says so.",
            "hybrid",
            nullable=True,
            values={
                "in_person": "in one room only",
                "online": "over the network only",
                "hybrid": "both in the room and online",
            },
        ),
        Column(
            "venue",
            "text",
            "The building or room as printed, without the note on modality.",
            "Palais des Nations",
            nullable=True,
            origin="quotation",
        ),
        Column("city", "text", "The city as printed.", "Genève", nullable=True, origin="quotation"),
        Column(
            "country_code",
            "text",
            "Country of the venue (ISO 3166-1 alpha-3), where the city or country is named.",
            "CHE",
            nullable=True,
            pattern=COUNTRY,
            references="countries",
        ),
        Column(
            "stated_participants",
            "integer",
            "How many people took part or registered, as the document states; figures tells which"
            " of the two and how exact the number is.",
            300,
            nullable=True,
            minimum=0,
        ),
        Column(
            "stated_countries",
            "integer",
            "How many countries were represented, as the document states.",
            90,
            nullable=True,
            minimum=0,
        ),
        Column(
            "stated_panels",
            "integer",
            "How many panels were held, as the document states.",
            2,
            nullable=True,
            minimum=0,
        ),
        Column(
            "stated_speakers",
            "integer",
            "How many people spoke or moderated, as the document states.",
            12,
            nullable=True,
            minimum=0,
        ),
        Column(
            "stated_government_share",
            "number",
            "Share of participants who represented governments, 0 to 1, as the document states.",
            0.6,
            nullable=True,
            minimum=0,
            maximum=1,
        ),
        # Not a foreign key: documents.session_id already is one, and two would form a cycle.
        # The store checks it.
        Column(
            "document_id",
            "text",
            "The reference document: the one that the session's rows were read from.",
            "idm-2030-1.fr",
            pattern=DOCUMENT_ID,
            origin="derived",
        ),
        *SPAN[1:],
    ),
)

DOCUMENTS = Table(
    "documents",
    "Documents",
    "One row per source document, with its whole text. All spans point into `text`.",
    "One row per file of the documents folder; what the register documents.csv says of it, the"
    " rest from its bytes and text.",
    key=("document_id",),
    order=("document_id",),
    minimum_rows=1,
    columns=(
        Column(
            "document_id",
            "text",
            "Session and language of the document.",
            "idm-2030-1.fr",
            pattern=DOCUMENT_ID,
            origin="derived",
        ),
        SESSION,
        Column(
            "file_name",
            "text",
            "Name of the source file, relative to the documents folder.",
            "idm-2030-1.fr.txt",
            raw=True,
            origin="file",
        ),
        Column(
            "media_type",
            "text",
            "Media type of the source file: text/plain, text/markdown, text/html, application/pdf,"
            " or that of a .docx file.",
            "text/plain",
            origin="file",
        ),
        Column(
            "sha256",
            "text",
            "SHA-256 of the bytes of the source file.",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            pattern="[0-9a-f]{64}",
            origin="file",
        ),
        Column(
            "language",
            "text",
            "Language of the text (ISO 639-1), from the register or recognised.",
            "fr",
            pattern=LANGUAGE,
        ),
        Column(
            "document_type",
            "text",
            "Kind of document, from the register or its header, in lower_snake_case.",
            "summary_of_conclusions",
            nullable=True,
            pattern="[a-z][a-z0-9_]*",
        ),
        Column(
            "title",
            "text",
            "What the document calls itself.",
            "Résumé des conclusions",
            nullable=True,
            origin="quotation",
        ),
        Column(
            "text",
            "text",
            "The whole text, with line ends as LF. Of a text file: its bytes decoded as UTF-8,"
            " without byte-order mark, nothing else changed; of a web page: its text as Markdown;"
            " of a PDF file: its lines as printed, pages ended by form feeds.",
            "Dialogue international sur la migration 2030 …",
            raw=True,
            origin="text",
        ),
        Column(
            "characters",
            "integer",
            "Length of text in code points.",
            31250,
            minimum=1,
            origin="derived",
        ),
        Column(
            "is_reference",
            "boolean",
            "Whether the session's rows were read from this document (true) or it is a further"
            " language version (false), which has sections, passages and sentences only.",
            True,
            origin="derived",
        ),
        Column(
            "source_url",
            "text",
            "Where the document was published.",
            "https://example.org/idm-2030-1.fr.pdf",
            nullable=True,
            origin="register",
        ),
        Column(
            "licence",
            "text",
            "Licence of the source text, where known.",
            "CC-BY-4.0",
            nullable=True,
            origin="register",
        ),
        Column(
            "note",
            "text",
            "What a reader should know of the document, such as its translation status.",
            "Not revised by translation services.",
            nullable=True,
            origin="register",
        ),
    ),
)

PANELS = Table(
    "panels",
    "Panels",
    "One row per panel, round table or thematic session that the document lists or announces.",
    "From the list, table or sentences in which the reference document sets out its panels.",
    key=("panel_id",),
    order=("document_id", "position"),
    numbered_within=("document_id",),
    columns=(
        Column(
            "panel_id",
            "text",
            "Session, `p` and position (two digits).",
            "idm-2030-1-p02",
            pattern=SESSION_ID + "-p[0-9]{2,}",
            origin="derived",
        ),
        SESSION,
        Column(
            "position", "integer", "1 to n over the whole session.", 2, minimum=1, origin="derived"
        ),
        Column(
            "day",
            "integer",
            "Day of the session, where a heading or a statement gives it.",
            1,
            nullable=True,
            minimum=1,
        ),
        Column(
            "number",
            "text",
            "The number as printed (`1`, `II`, `A`); it may restart each day.",
            "2",
            nullable=True,
        ),
        Column(
            "label", "text", "The label as printed.", "Panel 2", nullable=True, origin="quotation"
        ),
        Column(
            "title",
            "text",
            "The title, whole, in the language of the document.",
            "Le logement, premier pas de l'inclusion",
            origin="quotation",
        ),
        *SPAN,
    ),
)

PARTICIPANTS = Table(
    "participants",
    "Participants",
    "One row per participant and session: everyone whom the document says took part (spoke, opened,"
    " closed, moderated, sent a message, asked for something in the room, or is listed as leading a"
    " panel). Who is merely named is in mentions. The span is where the participant is introduced.",
    "From names with an honorific, a function or a verb of taking part; one row however often a"
    " participant is named.",
    key=("participant_id",),
    order=("document_id", "char_start", "char_end", "participant_id"),
    columns=(
        Column(
            "participant_id",
            "text",
            "Session and slug of the name.",
            "idm-2030-1-jeanne-exemple",
            pattern=SESSION_ID + "-[a-z0-9-]+",
            origin="derived",
        ),
        SESSION,
        Column(
            "entity_id",
            "text",
            "The same person, state or organisation across sessions and spellings: slug of the"
            " name, lower-case country code, or organisation_id.",
            "jeanne-exemple",
            pattern=ID,
            origin="derived",
        ),
        Column(
            "kind",
            "text",
            "What takes part.",
            "person",
            values={
                "person": "a named person",
                "state": "a country, without a named person",
                "organisation": "a named organisation, without a named person",
                "group": "an unnamed category, such as youth organisations",
            },
        ),
        Column(
            "name",
            "text",
            "Full name without honorific; otherwise the country, organisation or group as printed.",
            "Jeanne Exemple",
            origin="quotation",
        ),
        Column(
            "honorific", "text", "Honorific as printed.", "Mme", nullable=True, origin="quotation"
        ),
        Column(
            "position",
            "text",
            "The function as printed.",
            "Maire de Villeneuve",
            nullable=True,
            origin="quotation",
        ),
        Column(
            "organisation",
            "text",
            "The body that the function belongs to, in the words of the document.",
            "Villeneuve",
            nullable=True,
            origin="quotation",
        ),
        Column(
            "country_code",
            "text",
            "Country (ISO 3166-1 alpha-3) the participant represents or works for, where said.",
            "CHE",
            nullable=True,
            pattern=COUNTRY,
            references="countries",
        ),
        Column(
            "sector",
            "text",
            "What the participant speaks for, from the function and the organisation.",
            "government",
            nullable=True,
            values=SECTORS,
        ),
        *SPAN,
    ),
)

RECOMMENDATIONS = Table(
    "recommendations",
    "Recommendations",
    "One row per sentence or list item that says that some action or state of affairs ought to be"
    " brought about, whoever says it and wherever it stands.",
    "Every sentence with a word of asking, duty, undertaking or importance that no exception of"
    " the language pack rules out, and every item of a list of recommendations.",
    key=("recommendation_id",),
    order=("document_id", "position"),
    numbered_within=("document_id",),
    columns=(
        Column(
            "recommendation_id",
            "text",
            "Session, `r` and the first 8 hex digits of the SHA-256 of the clean text; equal texts"
            " get `-2`, `-3`.",
            "idm-2030-1-r-0a1b2c3d",
            pattern=SESSION_ID + "-r-[0-9a-f]{8}(-[0-9]+)?",
            origin="derived",
        ),
        SESSION,
        Column(
            "section_id",
            "text",
            "The section in which it stands.",
            "idm-2030-1.fr-s03",
            references="sections",
            origin="derived",
        ),
        Column(
            "sentence_id",
            "text",
            "The sentence or list item that it is.",
            "idm-2030-1.fr-p007-s02",
            references="sentences",
            origin="derived",
        ),
        Column("position", "integer", "1 to n in the document.", 4, minimum=1, origin="derived"),
        Column(
            "text",
            "text",
            "The sentence or item, clean.",
            "Les participants ont exhorté les villes à ouvrir leurs services.",
            origin="quotation",
        ),
        Column(
            "force",
            "text",
            "How strongly it is put: the first in this order of what its wording shows.",
            "call",
            values={
                "priority": "an item of an explicit list of recommended or priority actions",
                "commitment": "somebody undertakes to act",
                "call": "somebody calls on, urges, asks, recommends or invites",
                "obligation": "something must or should be done, or is needed",
                "importance": "something that is to be done is called important",
            },
        ),
        Column("cue", "text", "The words that show the force.", "ont exhorté", origin="quotation"),
        Column(
            "attribution",
            "text",
            "Who says it; items of a list take the attribution of the sentence introducing it.",
            "participants",
            values=ATTRIBUTIONS,
        ),
        Column(
            "attributed_to",
            "text",
            "The words that name who said it, pronouns resolved.",
            "Les participants",
            nullable=True,
            origin="quotation",
        ),
        Column(
            "participant_id",
            "text",
            "The participant, when the sentence is attributed to exactly one; all of them are in"
            " attributions.",
            "idm-2030-1-jeanne-exemple",
            nullable=True,
            references="participants",
            origin="derived",
        ),
        Column(
            "addressee",
            "text",
            "The words that name who is to act, when the sentence says so.",
            "les villes",
            nullable=True,
            origin="quotation",
        ),
        *SPAN,
    ),
)
