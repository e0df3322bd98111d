"""The kinds that some columns hold, as types: a misspelt one is an error of the type checker.

Each has the values that its column declares, no more and no fewer; what they mean is said there.
"""

from typing import Literal

Attribution = Literal[
    "document",
    "participants",
    "speakers",
    "delegates",
    "delegations",
    "person",
    "organisation",
    "other",
]
"""Who says something: `sentences.attribution`, `recommendations.attribution`."""

Force = Literal["priority", "commitment", "call", "obligation", "importance"]
"""How strongly an action is recommended: `recommendations.force`."""

ParticipantKind = Literal["person", "state", "organisation", "group"]
"""`participants.kind`."""

RoleKind = Literal[
    "opening", "keynote", "moderator", "speaker", "video_message", "closing", "participant"
]
"""What somebody did in a session: `interventions.role`."""

CodeScheme = Literal["gcm", "sdg", "group"]
"""The list that a code is of: `recommendation_codes.scheme`."""

CodeMethod = Literal["explicit", "lexical"]
"""How a code was found: `recommendation_codes.method`."""

Measure = Literal[
    "registered",
    "attended",
    "government_share",
    "countries",
    "panels",
    "speakers",
    "days",
    "other",
]
"""What of a session a number totals: `figures.measure`."""

Qualifier = Literal["exact", "about", "over", "nearly", "under"]
"""The hedge of a number: `figures.qualifier`."""

MentionKind = Literal["country", "organisation", "person"]
"""What is named in a sentence: `mentions.kind`."""

WarningKind = Literal[
    "header_line",
    "passage",
    "section",
    "list_item",
    "date",
    "total",
    "person",
    "instrument",
    "organisation",
    "register",
    "left_out",
    "damage",
]
"""What was not understood: `warnings.kind`."""
