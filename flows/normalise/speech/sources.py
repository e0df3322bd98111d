"""The source of a sentence: who it is attributed to."""

from dataclasses import dataclass

from flows.normalise.people.participants import Participant
from flows.normalise.text.gazetteer import Gazetteer

Span = tuple[int, int]
Target = tuple[int, int, str]  # start, end, what the name means


@dataclass(frozen=True)
class Source:
    """Who a sentence is attributed to; offsets are into its clean text.

    `words` as printed, pronouns replaced by what they mean; `span` is where they stand, if they
    stand in the sentence. `countries` (codes) and `bodies` (ids) are states and organisations that
    speak.
    """

    attribution: str
    words: str | None = None
    verb: str | None = None
    rule: str = "attribution.none"
    participants: tuple[Participant, ...] = ()
    countries: tuple[Target, ...] = ()
    bodies: tuple[Target, ...] = ()
    span: Span | None = None
    verb_start: int | None = None


DOCUMENT = Source("document")


def targets(names: Gazetteer, text: str, start: int, end: int) -> tuple[Target, ...]:
    """Names found between two offsets of a text, with offsets into the whole of it."""
    return tuple((start + m.start, start + m.end, m.target) for m in names.find(text[start:end]))
