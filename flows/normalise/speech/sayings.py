"""Who says a sentence.

`attribution` makes a `Saying` of each sentence; attendance, recommendations and rows read them.
"""

from dataclasses import dataclass
from typing import NamedTuple

from flows.ground.span import Span
from flows.normalise.people.participants import Participant
from flows.normalise.text.gazetteer import Gazetteer
from schemas.kinds import Attribution


class Target(NamedTuple):
    """A name between two offsets of a sentence's clean text, with the code or id it stands for."""

    start: int
    end: int
    id: str


class Verb(NamedTuple):
    """A verb of a sentence: where it starts, and its form or participle in lower case."""

    start: int
    form: str


@dataclass(frozen=True)
class Saying:
    """Who a sentence is attributed to; offsets are into its clean text.

    `words` as printed, pronouns replaced by what they mean; `span` is where they stand, if they
    stand in the sentence. `countries` (codes) and `organisations` (ids) are those that speak,
    `participants` the persons. `verb` is the form that reports, `verb_start` where it starts.
    """

    attribution: Attribution
    words: str | None = None
    verb: str | None = None
    rule: str = "attribution.none"
    participants: tuple[Participant, ...] = ()
    countries: tuple[Target, ...] = ()
    organisations: tuple[Target, ...] = ()
    span: Span | None = None
    verb_start: int | None = None


DOCUMENT = Saying("document")
"""What nobody is said to say: the document speaks."""

Subject = tuple[int, Saying]
"""A subject before a verb: where it starts in the sentence, and who says it then."""


def targets(names: Gazetteer, text: str, start: int, end: int) -> tuple[Target, ...]:
    """Names found between two offsets of a text (folded), with offsets into the whole of it."""
    return tuple(
        Target(start + m.start, start + m.end, m.target) for m in names.find(text[start:end])
    )
