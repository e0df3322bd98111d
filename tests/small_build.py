"""A small build for tests: one invented document, with rows in every table."""

from datetime import date, time
from hashlib import sha256

from schemas import Row, Tables

SESSION = "idm-2030-1"
DOCUMENT = "idm-2030-1.fr"

TEXT = """Dialogue international sur la migration 2030
Villes d'accueil : ouvrir les services à tous
6 et 7 mai 2030, 9 heures-12 h 30 (EST), Palais des Nations, Genève (hybride)
Résumé des conclusions<sup>1</sup>

Près de 300 personnes de 90 pays s'étaient inscrites. La session s'est articulée en deux panels.

- **Panel 1** : Le logement, premier pas de l'inclu-
sion
- **Panel 2** : Des services pour tous

# Première journée : Habiter la ville

La session a été ouverte par Mme Jeanne Exemple, Maire de Villeneuve (Suisse). Elle a exhorté \
les villes

– 2 –

à ouvrir leurs services, conformément à l'objectif 15 du Pacte mondial. Le Programme des Nations \
Unies pour le développement (PNUD) a animé le Panel 2.

# Recommandations

- Élargir l'accès des jeunes au logement.

1 Ce résumé n'a pas été revu.
"""

CALL = (
    "Elle a exhorté les villes à ouvrir leurs services, conformément à l'objectif 15 du Pacte"
    " mondial."
)
PRIORITY = "Élargir l'accès des jeunes au logement."
MODERATED = "Le Programme des Nations Unies pour le développement (PNUD) a animé le Panel 2."
GROUPS = [
    "migrants",
    "irregular_migrants",
    "migrant_workers",
    "women",
    "girls",
    "youth",
    "children",
    "older_persons",
    "lgbtiq_persons",
    "persons_with_disabilities",
    "refugees",
    "displaced_persons",
    "diaspora",
    "returnees",
    "trafficking_victims",
    "smuggled_migrants",
    "missing_migrants",
    "families",
    "local_communities",
    "youth_networks",
]


def small_build() -> Tables:
    """All tables, with rows that fulfil every check."""
    jeanne = f"{SESSION}-jeanne-exemple"
    undp = f"{SESSION}-undp"
    call = _recommendation_id(CALL)
    priority = _recommendation_id(PRIORITY)
    tables: Tables = {
        **_reference(),
        "sessions": [
            {
                "session_id": SESSION,
                "series": "IDM",
                "year": 2030,
                "ordinal": 1,
                "title": "Villes d'accueil : ouvrir les services à tous",
                "language": "fr",
                "start_date": date(2030, 5, 6),
                "end_date": date(2030, 5, 7),
                "start_time": time(9),
                "end_time": time(12, 30),
                "timezone": "EST",
                "modality": "hybrid",
                "venue": "Palais des Nations",
                "city": "Genève",
                "country_code": "CHE",
                "stated_participants": 300,
                "stated_countries": 90,
                "stated_panels": 2,
                "stated_speakers": None,
                "stated_government_share": None,
                **_at("Dialogue international", "(hybride)", rule="header.block"),
            }
        ],
        "documents": [
            {
                "document_id": DOCUMENT,
                "session_id": SESSION,
                "file_name": "idm-2030-1.fr.txt",
                "media_type": "text/plain",
                "sha256": sha256(TEXT.encode()).hexdigest(),
                "language": "fr",
                "document_type": "summary_of_conclusions",
                "title": "Résumé des conclusions",
                "text": TEXT,
                "characters": len(TEXT),
                "is_reference": True,
                "source_url": None,
                "licence": None,
                "note": None,
            }
        ],
        "session_days": [
            {
                "session_id": SESSION,
                "number": 1,
                "date": date(2030, 5, 6),
                "theme": "Habiter la ville",
                **_at("Première journée : Habiter la ville"),
            }
        ],
        "sections": _sections(),
        **_passages_and_sentences(),
        "panels": [
            {
                "panel_id": f"{SESSION}-p{position:02}",
                "session_id": SESSION,
                "position": position,
                "day": None,
                "number": str(position),
                "label": f"Panel {position}",
                "title": title,
                **_at(first, last, rule="panel.labelled_item"),
            }
            for position, title, first, last in (
                (1, "Le logement, premier pas de l'inclusion", "Panel 1", "inclu-\nsion"),
                (2, "Des services pour tous", "Panel 2", "pour tous"),
            )
        ],
        "participants": [
            {
                "participant_id": jeanne,
                "session_id": SESSION,
                "entity_id": "jeanne-exemple",
                "kind": "person",
                "name": "Jeanne Exemple",
                "honorific": "Mme",
                "position": "Maire de Villeneuve",
                "organisation": "Villeneuve",
                "country_code": "CHE",
                "sector": "government",
                **_at("Mme Jeanne Exemple, Maire de Villeneuve (Suisse)"),
            },
            {
                "participant_id": undp,
                "session_id": SESSION,
                "entity_id": "undp",
                "kind": "organisation",
                "name": "Programme des Nations Unies pour le développement",
                "honorific": None,
                "position": None,
                "organisation": None,
                "country_code": None,
                "sector": "un",
                **_at("Programme des Nations Unies pour le développement (PNUD)"),
            },
        ],
        "interventions": [
            {
                "intervention_id": f"{jeanne}-opening",
                "participant_id": jeanne,
                "session_id": SESSION,
                "role": "opening",
                "panel_id": None,
                **_at("La session a été ouverte par Mme Jeanne Exemple"),
            },
            {
                "intervention_id": f"{undp}-moderator",
                "participant_id": undp,
                "session_id": SESSION,
                "role": "moderator",
                "panel_id": f"{SESSION}-p02",
                **_at(MODERATED),
            },
        ],
        "recommendations": [
            {
                "recommendation_id": call,
                "session_id": SESSION,
                "section_id": f"{DOCUMENT}-s2",
                "sentence_id": _sentence_holding(CALL),
                "position": 1,
                "text": CALL,
                "force": "call",
                "cue": "a exhorté",
                "attribution": "person",
                "attributed_to": "Jeanne Exemple",
                "participant_id": jeanne,
                "addressee": "les villes",
                **_at("Elle a exhorté", "du Pacte mondial.", rule="fr.call.exhorter"),
            },
            {
                "recommendation_id": priority,
                "session_id": SESSION,
                "section_id": f"{DOCUMENT}-s3",
                "sentence_id": _sentence_holding(PRIORITY),
                "position": 2,
                "text": PRIORITY,
                "force": "priority",
                "cue": "Recommandations",
                "attribution": "document",
                "attributed_to": None,
                "participant_id": None,
                "addressee": None,
                **_at(PRIORITY, rule="fr.priority.list"),
            },
        ],
        "recommendation_codes": [
            {
                "recommendation_id": recommendation,
                "scheme": scheme,
                "code": code,
                "position": 1,
                "method": method,
                "evidence": evidence,
                **_at(evidence),
            }
            for recommendation, scheme, code, method, evidence in (
                (call, "gcm", "15", "explicit", "objectif 15 du Pacte mondial"),
                (call, "sdg", "11", "lexical", "les villes"),
                (priority, "group", "youth", "explicit", "des jeunes"),
            )
        ],
        "attributions": [
            {
                "attribution_id": f"{_sentence_holding(CALL)}-jeanne-exemple",
                "sentence_id": _sentence_holding(CALL),
                "participant_id": jeanne,
                **_at("Elle a exhorté"),
            }
        ],
        "citations": [
            {
                "citation_id": f"{_sentence_holding(CALL)}-gcm",
                "sentence_id": _sentence_holding(CALL),
                "instrument_id": "gcm",
                "text": "Pacte mondial",
                **_at("Pacte mondial"),
            }
        ],
        "figures": [
            {
                "figure_id": f"{DOCUMENT}-n{number}",
                "sentence_id": _sentence_holding(within),
                "measure": measure,
                "value": value,
                "unit": unit,
                "qualifier": qualifier,
                "text": text,
                **_at(text),
            }
            for number, measure, value, unit, qualifier, text, within in (
                (1, "registered", 300.0, "personnes", "nearly", "Près de 300 personnes", "Près"),
                (2, "countries", 90.0, "pays", "exact", "90 pays", "Près"),
                (3, "panels", 2.0, "panels", "exact", "deux panels", "La session s'est"),
            )
        ],
        "mentions": [
            {
                "mention_id": f"{DOCUMENT}-m-{entity}",
                "sentence_id": _sentence_holding(within),
                "kind": kind,
                "entity_id": entity,
                "country_code": country,
                "text": text,
                **_at(text),
            }
            for entity, kind, country, text, within in (
                ("jeanne-exemple", "person", None, "Jeanne Exemple", "La session a été"),
                ("che", "country", "CHE", "Suisse", "La session a été"),
                ("undp", "organisation", None, "PNUD", MODERATED),
            )
        ],
        "reconciliations": [
            {
                "document_id": DOCUMENT,
                "session_id": SESSION,
                "measure": measure,
                "stated": stated,
                "extracted": extracted,
                "status": status,
                "note": None,
            }
            for measure, stated, extracted, status in (
                ("panels", 2.0, 2.0, "match"),
                ("speakers", None, 2.0, "not_stated"),
            )
        ],
        "warnings": [
            {
                "warning_id": f"{DOCUMENT}-w-list-item-0123abcd",
                "kind": "list_item",
                "text": "Des services pour tous",
                "message": "a test",
                **_at("Des services pour tous"),
            }
        ],
        "evaluations": [
            {
                "document_id": DOCUMENT,
                "table_name": "panels",
                "measure": "rows",
                "true_positives": 2,
                "false_positives": 0,
                "false_negatives": 0,
                "precision": 1.0,
                "recall": 1.0,
                "f1": 1.0,
            }
        ],
    }
    return tables


def _at(first: str, last: str | None = None, rule: str = "test.by_hand") -> Row:
    """The last four columns of a row: the span from one phrase to the end of another."""
    start = TEXT.index(first)
    end = start + len(first) if last is None else TEXT.index(last, start) + len(last)
    return {"document_id": DOCUMENT, "char_start": start, "char_end": end, "rule": rule}


def _recommendation_id(text: str) -> str:
    return f"{SESSION}-r-{sha256(text.encode()).hexdigest()[:8]}"


def _sections() -> list[Row]:
    return [
        {
            "section_id": f"{DOCUMENT}-s{position}",
            "position": position,
            "level": 1,
            "number": None,
            "kind": kind,
            "heading": heading,
            "day": day,
            **_at(first, last),
        }
        for position, kind, heading, day, first, last in (
            (1, "front_matter", None, None, "Dialogue", "pour tous"),
            (2, "synthesis", "Première journée : Habiter la ville", 1, "# Première", "le Panel 2."),
            (3, "recommendations", "Recommandations", None, "# Recommandations", "revu."),
        )
    ]


BLOCKS: tuple[tuple[int, str, str, str, tuple[str, ...]], ...] = (
    # section, kind, first words, last words, sentences as they are read
    (1, "header", "Dialogue", "2030", ("Dialogue international sur la migration 2030",)),
    (1, "header", "Villes", "à tous", ("Villes d'accueil : ouvrir les services à tous",)),
    (
        1,
        "header",
        "6 et 7",
        "(hybride)",
        ("6 et 7 mai 2030, 9 heures-12 h 30 (EST), Palais des Nations, Genève (hybride)",),
    ),
    (1, "header", "Résumé", "</sup>", ("Résumé des conclusions",)),
    (
        1,
        "paragraph",
        "Près de",
        "deux panels.",
        (
            "Près de 300 personnes de 90 pays s'étaient inscrites.",
            "La session s'est articulée en deux panels.",
        ),
    ),
    (
        1,
        "list_item",
        "- **Panel 1",
        "inclu-\nsion",
        ("Panel 1 : Le logement, premier pas de l'inclusion",),
    ),
    (1, "list_item", "- **Panel 2", "pour tous", ("Panel 2 : Des services pour tous",)),
    (2, "heading", "# Première", "la ville", ("Première journée : Habiter la ville",)),
    (
        2,
        "paragraph",
        "La session a été",
        "le Panel 2.",
        (
            "La session a été ouverte par Mme Jeanne Exemple, Maire de Villeneuve (Suisse).",
            CALL,
            MODERATED,
        ),
    ),
    (2, "artefact", "– 2 –", "– 2 –", ()),
    (3, "heading", "# Recomm", "andations", ("Recommandations",)),
    (3, "list_item", "- Élargir", "logement.", (PRIORITY,)),
    (3, "footnote", "1 Ce", "revu.", ("Ce résumé n'a pas été revu.",)),
)

ENDS = {
    "Panel 1 : Le logement, premier pas de l'inclusion": ("Panel 1", "inclu-\nsion"),
    "Panel 2 : Des services pour tous": ("Panel 2", "pour tous"),
    "Résumé des conclusions": ("Résumé des", "</sup>"),
    CALL: ("Elle a exhorté", "du Pacte mondial."),
}
"""First and last words of the sentences that do not stand in the text as they are read."""


def _passages_and_sentences() -> Tables:
    passages: list[Row] = []
    sentences: list[Row] = []
    for number, (section, kind, first, last, texts) in enumerate(BLOCKS, 1):
        passage_id = f"{DOCUMENT}-p{number:02}"
        passages.append(
            {
                "passage_id": passage_id,
                "section_id": f"{DOCUMENT}-s{section}",
                "position": number,
                "kind": kind,
                "text": " ".join(texts) or "– 2 –",
                **_at(first, last),
            }
        )
        for text in texts:
            speech = kind not in ("header", "heading")
            call = text == CALL
            sentences.append(
                {
                    "sentence_id": f"{DOCUMENT}-t{len(sentences) + 1:02}",
                    "passage_id": passage_id,
                    "position": len(sentences) + 1,
                    "text": text,
                    "attribution": ("person" if call else "document") if speech else None,
                    "attributed_to": "Jeanne Exemple" if call else None,
                    "reporting_verb": "a exhorté" if call else None,
                    **_at(*ENDS.get(text, (text,))),
                }
            )
    return {"passages": passages, "sentences": sentences}


def _sentence_holding(text: str) -> str:
    sentences = [sentence for *_, sentences in BLOCKS for sentence in sentences]
    number = next(n for n, sentence in enumerate(sentences, 1) if sentence.startswith(text))
    return f"{DOCUMENT}-t{number:02}"


def _reference() -> Tables:
    return {
        "countries": [
            {
                "country_code": "CHE",
                "alpha_2": "CH",
                "m49": "756",
                **_names("name", "Switzerland", "Suisse", "Suiza"),
                "region": "Europe",
                "subregion": "Western Europe",
            },
            {
                "country_code": "NAM",
                "alpha_2": "NA",
                "m49": "516",
                **_names("name", "Namibia", "Namibie", "Namibia"),
                "region": "Africa",
                "subregion": "Sub-Saharan Africa",
            },
        ],
        "city_names": [{"name": "Genève", "language": "fr", "country_code": "CHE"}],
        "country_names": [
            {"name": "Suisse", "language": "fr", "country_code": "CHE"},
            {"name": "Namibie", "language": "fr", "country_code": "NAM"},
        ],
        "country_adjectives": [
            {"adjective": "namibienne", "language": "fr", "country_code": "NAM"},
            {"adjective": "suisse", "language": "fr", "country_code": "CHE"},
        ],
        "organisations": [
            {
                "organisation_id": "undp",
                **_names(
                    "name",
                    "United Nations Development Programme",
                    "Programme des Nations Unies pour le développement",
                    None,
                ),
                **_names("acronym", "UNDP", "PNUD", "PNUD"),
                "sector": "un",
            }
        ],
        "organisation_names": [{"name": "PNUD", "language": "fr", "organisation_id": "undp"}],
        "instruments": [
            {
                "instrument_id": "gcm",
                "type": "compact",
                "symbol": "A/RES/73/195",
                **_names("name", "Global Compact for Migration", "Pacte mondial", None),
            }
        ],
        "instrument_names": [{"name": "Pacte mondial", "language": "fr", "instrument_id": "gcm"}],
        "gcm_objectives": [
            {"objective": number, **_names("title", f"Objective {number}", None, None)}
            for number in range(1, 24)
        ],
        "sdgs": [
            {"goal": number, **_names("title", f"Goal {number}", None, None)}
            for number in range(1, 18)
        ],
        "groups": [
            {"group_code": code, **_names("title", code.replace("_", " "), None, None)}
            for code in GROUPS
        ],
        "synonyms": [
            {"term": "housing", "language": "en", "concept": "housing"},
            {"term": "toit pour tous", "language": "fr", "concept": "housing"},
            {"term": "logements", "language": "fr", "concept": "housing"},
        ],
    }


def _names(prefix: str, english: str, french: str | None, spanish: str | None) -> Row:
    return {f"{prefix}_en": english, f"{prefix}_fr": french, f"{prefix}_es": spanish}
