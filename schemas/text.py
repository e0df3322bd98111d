"""Tables that take the text apart, and what is found in its sentences."""

from schemas.core import ATTRIBUTIONS as WHO_SAYS
from schemas.core import SESSION
from schemas.declare import COUNTRY, ID, SPAN, Column, Table

SENTENCE = Column(
    "sentence_id",
    "text",
    "The sentence in which it stands.",
    "idm-2030-1.fr-p007-s02",
    references="sentences",
    origin="derived",
)

SESSION_DAYS = Table(
    "session_days",
    "Days",
    "One row per day of a session, from its dates and day headings.",
    "Counted from the dates of the session; themes from day headings.",
    key=("session_id", "number"),
    order=("document_id", "number"),
    columns=(
        SESSION,
        Column("number", "integer", "1 for the first day.", 1, minimum=1, origin="derived"),
        Column(
            "date",
            "date",
            "The date, where it follows from the text.",
            "2030-05-06",
            nullable=True,
        ),
        Column(
            "theme",
            "text",
            "The theme of that day, as printed.",
            "Habiter la ville",
            nullable=True,
            origin="quotation",
        ),
        *SPAN,
    ),
)

SECTIONS = Table(
    "sections",
    "Sections",
    "One row per heading and what is under it, in every document; the front matter has no heading.",
    "From the headings of each document, by their marks, numbers, capitals or words.",
    key=("section_id",),
    order=("document_id", "position"),
    numbered_within=("document_id",),
    columns=(
        Column(
            "section_id",
            "text",
            "Document and section.",
            "idm-2030-1.fr-s03",
            pattern=ID,
            origin="derived",
        ),
        Column("position", "integer", "1 to n in the document.", 3, minimum=1, origin="derived"),
        Column(
            "level",
            "integer",
            "1 for the highest headings, 2 for those below them, and so on.",
            2,
            minimum=0,
        ),
        Column("number", "text", "Number of the heading, as printed.", "2.1", nullable=True),
        Column(
            "kind",
            "text",
            "What the section is for.",
            "synthesis",
            values={
                "front_matter": "header, introduction, objectives",
                "panels": "the list of panels",
                "opening": "opening remarks",
                "synthesis": "what was discussed, by theme",
                "recommendations": "an explicit list of recommended actions",
                "closing": "closing remarks and next steps",
                "notes": "footnotes and annexes",
            },
        ),
        Column(
            "heading",
            "text",
            "The heading, clean.",
            "Des services pour tous",
            nullable=True,
            origin="quotation",
        ),
        Column(
            "day",
            "integer",
            "Day of the session that the section reports, where stated.",
            1,
            nullable=True,
            minimum=1,
        ),
        *SPAN,
    ),
)

PASSAGES = Table(
    "passages",
    "Passages",
    "One row per block of text. Every non-blank character of a document is in exactly one; a"
    " passage cut by page furniture is one row whose span encloses that of the `artefact` row,"
    " which keeps its own characters.",
    "From blank lines, marks of lists and headings, and the furniture of pages.",
    key=("passage_id",),
    order=("document_id", "position"),
    numbered_within=("document_id",),
    columns=(
        Column(
            "passage_id",
            "text",
            "Document and passage.",
            "idm-2030-1.fr-p007",
            pattern=ID,
            origin="derived",
        ),
        Column(
            "section_id",
            "text",
            "The section in which it stands.",
            "idm-2030-1.fr-s03",
            references="sections",
            origin="derived",
        ),
        Column("position", "integer", "1 to n in the document.", 7, minimum=1, origin="derived"),
        Column(
            "kind",
            "text",
            "What the block is.",
            "paragraph",
            values={
                "header": "a line of the header block",
                "heading": "a heading",
                "paragraph": "running text",
                "list_item": "an item of a list",
                "footnote": "a note",
                "rule": "a line drawn across the page",
                "artefact": "page furniture: page number, running header or footer, page break",
            },
        ),
        Column(
            "text",
            "text",
            "The text, clean; NULL where nothing is left to read, as in a rule.",
            "Les villes accueillent. Il faut les aider.",
            nullable=True,
            origin="text",
        ),
        *SPAN,
    ),
)

SENTENCES = Table(
    "sentences",
    "Sentences",
    "One row per sentence, list item or heading of a passage, in every document.",
    "By cutting passages at ends of sentences.",
    key=("sentence_id",),
    order=("document_id", "position"),
    numbered_within=("document_id",),
    columns=(
        Column(
            "sentence_id",
            "text",
            "Passage and sentence.",
            "idm-2030-1.fr-p007-s02",
            pattern=ID,
            origin="derived",
        ),
        Column(
            "passage_id",
            "text",
            "The passage in which it stands.",
            "idm-2030-1.fr-p007",
            references="passages",
            origin="derived",
        ),
        Column("position", "integer", "1 to n in the document.", 12, minimum=1, origin="derived"),
        Column("text", "text", "The sentence, clean.", "Il faut aider les villes.", origin="text"),
        Column(
            "attribution",
            "text",
            "Who says it; NULL for headings and header lines.",
            "document",
            nullable=True,
            values=WHO_SAYS,
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
            "reporting_verb",
            "text",
            "The words that report the speech.",
            "ont exhorté",
            nullable=True,
            origin="quotation",
        ),
        *SPAN,
    ),
)

INTERVENTIONS = Table(
    "interventions",
    "Interventions",
    "One row per role that a participant had in a session, and panel where it is known.",
    "From the words of taking part that stand with a participant (opened, moderated, asked …).",
    key=("intervention_id",),
    order=("document_id", "char_start", "char_end", "intervention_id"),
    columns=(
        Column(
            "intervention_id",
            "text",
            "Participant and role.",
            "idm-2030-1-jeanne-exemple-opening",
            pattern=ID,
            origin="derived",
        ),
        Column(
            "participant_id",
            "text",
            "Who had the role.",
            "idm-2030-1-jeanne-exemple",
            references="participants",
            origin="derived",
        ),
        SESSION,
        Column(
            "role",
            "text",
            "What the participant did.",
            "opening",
            values={
                "opening": "opened the session",
                "keynote": "gave a keynote speech",
                "moderator": "moderated a panel",
                "speaker": "spoke or is listed as speaker",
                "video_message": "sent a recorded message",
                "closing": "closed the session",
                "participant": "took part in another way, such as asking for something in the room",
            },
        ),
        Column(
            "panel_id",
            "text",
            "The panel, where the document says which.",
            "idm-2030-1-p02",
            nullable=True,
            references="panels",
            origin="derived",
        ),
        *SPAN,
    ),
)

ATTRIBUTIONS = Table(
    "attributions",
    "Attributions",
    "One row per participant to whom a sentence is attributed: four delegations that ask together"
    " make four rows.",
    "From the subjects of reporting verbs, pronouns led back to who they stand for.",
    key=("attribution_id",),
    order=("document_id", "char_start", "char_end", "attribution_id"),
    columns=(
        Column(
            "attribution_id",
            "text",
            "Sentence and participant.",
            "idm-2030-1.fr-p007-s02-jeanne-exemple",
            pattern=ID,
            origin="derived",
        ),
        SENTENCE,
        Column(
            "participant_id",
            "text",
            "Who said it.",
            "idm-2030-1-jeanne-exemple",
            references="participants",
            origin="derived",
        ),
        *SPAN,
    ),
)

RECOMMENDATION_CODES = Table(
    "recommendation_codes",
    "Codes of recommendations",
    "One row per code given to a recommendation; the span is that of the evidence. No row means"
    " that no code was found, not that there is no topic.",
    "By number or name where the sentence has it, else by the terms listed for each code in the"
    " language pack.",
    key=("recommendation_id", "scheme", "code"),
    order=("document_id", "char_start", "char_end", "scheme"),
    numbered_within=("recommendation_id", "scheme"),
    columns=(
        Column(
            "recommendation_id",
            "text",
            "The recommendation.",
            "idm-2030-1-r-0a1b2c3d",
            references="recommendations",
            origin="derived",
        ),
        Column(
            "scheme",
            "text",
            "The code list.",
            "gcm",
            values={
                "gcm": "objectives of the Global Compact for Migration: gcm_objectives.objective",
                "sdg": "Sustainable Development Goals: sdgs.goal",
                "group": "groups of people: groups.group_code",
            },
        ),
        Column("code", "text", "The code, in the list that scheme names.", "15"),
        Column(
            "position",
            "integer",
            "1 for the best of the row's codes in that list.",
            1,
            minimum=1,
            origin="derived",
        ),
        Column(
            "method",
            "text",
            "How certain the code is.",
            "lexical",
            values={
                "explicit": "the sentence names it: an objective by number, a group by name",
                "lexical": "suggested by terms in the sentence",
            },
        ),
        Column("evidence", "text", "The words that it rests on.", "services", origin="quotation"),
        *SPAN,
    ),
)

CITATIONS = Table(
    "citations",
    "Citations",
    "One row per instrument, forum, mechanism or programme named in a sentence.",
    "By the names in instrument_names, the longest first.",
    key=("citation_id",),
    order=("document_id", "char_start", "char_end", "citation_id"),
    columns=(
        Column(
            "citation_id",
            "text",
            "Document and citation.",
            "idm-2030-1.fr-p007-s02-gcm",
            pattern=ID,
            origin="derived",
        ),
        SENTENCE,
        Column("instrument_id", "text", "What is named.", "gcm", references="instruments"),
        Column("text", "text", "The words that name it.", "Pacte mondial", origin="quotation"),
        *SPAN,
    ),
)

FIGURES = Table(
    "figures",
    "Figures",
    "One row per number that the text states, in digits or words; dates and symbols of documents"
    " are left out.",
    "From numbers in digits and words, and the nouns that they count.",
    key=("figure_id",),
    order=("document_id", "char_start", "char_end", "figure_id"),
    columns=(
        Column(
            "figure_id",
            "text",
            "Document and figure.",
            "idm-2030-1.fr-p002-s01-n1",
            pattern=ID,
            origin="derived",
        ),
        SENTENCE,
        Column(
            "measure",
            "text",
            "What is counted.",
            "registered",
            values={
                "registered": "people who registered for the session",
                "attended": "people who took part in the session",
                "government_share": "share of government representatives, from 0 to 1",
                "countries": "countries represented in the session",
                "panels": "panels of the session",
                "speakers": "speakers and moderators of the session",
                "days": "days of the session",
                "other": "anything else, not a total of the session",
            },
        ),
        Column("value", "number", "The number.", 300.0),
        Column(
            "unit",
            "text",
            "What it is a number of, as printed.",
            "personnes",
            nullable=True,
            origin="quotation",
        ),
        Column(
            "qualifier",
            "text",
            "How exact the text says it is.",
            "nearly",
            values={
                "exact": "no hedge",
                "about": "about, some, around",
                "over": "more than, at least",
                "nearly": "nearly, close to",
                "under": "less than, at most",
            },
        ),
        Column(
            "text", "text", "The words that state it.", "Près de 300 personnes", origin="quotation"
        ),
        *SPAN,
    ),
)

MENTIONS = Table(
    "mentions",
    "Mentions",
    "One row per country, organisation or person named in a sentence.",
    "By the names in country_names and organisation_names, and the shapes of names of persons.",
    key=("mention_id",),
    order=("document_id", "char_start", "char_end", "mention_id"),
    columns=(
        Column(
            "mention_id",
            "text",
            "Document and mention.",
            "idm-2030-1.fr-p007-s02-che",
            pattern=ID,
            origin="derived",
        ),
        SENTENCE,
        Column(
            "kind",
            "text",
            "What is named.",
            "country",
            values={
                "country": "a country or territory",
                "organisation": "an organisation",
                "person": "a person",
            },
        ),
        Column(
            "entity_id",
            "text",
            "The same entity as in participants, where it is known.",
            "che",
            nullable=True,
            pattern=ID,
            origin="derived",
        ),
        Column(
            "country_code",
            "text",
            "The country (ISO 3166-1 alpha-3), for kind `country`.",
            "CHE",
            nullable=True,
            pattern=COUNTRY,
            references="countries",
        ),
        Column("text", "text", "The words that name it.", "la Suisse", origin="quotation"),
        *SPAN,
    ),
)
