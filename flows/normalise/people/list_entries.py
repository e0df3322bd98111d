"""Names in lists of people behind a label ("Orateurs : X, position; Y"), shown by their place.

The range of a list and the persons found in it come in, further `Introduction`s go out;
`people.find` asks where a list has entries in which no other rule finds anybody.
"""

import re
from collections.abc import Iterator
from functools import cache

from flows.ground.folding import key
from flows.ground.span import Span
from flows.normalise.language.pack import Pack
from flows.normalise.people.introductions import Introduction
from flows.normalise.people.name_shapes import CAPITAL
from flows.normalise.structure.document import Sentence
from flows.normalise.text.gazetteer import Gazetteer

_LONGEST_REST = 200  # characters of what is said of somebody in an item that says no more

_ENTRY = re.compile(r"[^;|\n]+")


@cache
def _entry(pack: Pack) -> re.Pattern[str]:
    """A whole entry: a name, and `rest`, what is said of its bearer."""
    word = rf"[{CAPITAL}](?:[\w'’-]|(?<=\b\w)\.|\.(?=[\w-]))*"
    return re.compile(
        rf"[\s:–—•-]*(?:{pack.conjunction.pattern})?"
        rf"(?P<name>{word}(?: (?:{pack.entry_particle.pattern}|{word})){{0,5}})"
        r"(?P<rest> ?[,(–—-].*)?[ .)\]]*$"
    )


def unfound_entries(
    pack: Pack,
    sentence: Sentence,
    span: Span,
    found: list[Introduction],
    things: tuple[Gazetteer, ...],
) -> Iterator[Introduction]:
    """Persons in those entries of the list in `span` of the sentence in which nobody was `found`.

    The first words of an entry are the name, unless one of the gazetteers of `things` has them.
    """
    for start, end in entries_without(sentence, span, found):
        match = _entry(pack).match(sentence.folded, start, end)
        if match is None or not _is_name(match["name"], pack, things):
            continue
        position = _position(match, end)
        yield Introduction(
            sentence.text[slice(*match.span("name"))],
            *match.span("name"),
            outer_start=match.start("name"),
            outer_end=position[1] if position else match.end("name"),
            rule="person.list_entry",
            position=position,
        )


def looks_like_person(sentence: Sentence) -> bool:
    """Whether an item has the shape of somebody in a list: a name, a mark, and a position or an
    organisation behind it."""
    pack = sentence.pack
    match = _entry(pack).match(sentence.folded)
    if match is None or not match["rest"] or len(match["rest"]) > _LONGEST_REST:
        return False
    rest = sentence.key[slice(*match.span("rest"))].lstrip(" ,(–—-")
    return _is_name(match["name"], pack, ()) and bool(
        pack.function.match(rest) or pack.body.match(rest)
    )


def is_bare_name(sentence: Sentence) -> bool:
    """Whether an item is a name and nothing else: "Rita van der Meer"."""
    match = _entry(sentence.pack).match(sentence.folded)
    return match is not None and not match["rest"] and _is_name(match["name"], sentence.pack, ())


def entries_without(sentence: Sentence, span: Span, found: list[Introduction]) -> Iterator[Span]:
    """Ranges, in the sentence, of the entries of the list in `span` in which nobody was `found`."""
    for entry in _ENTRY.finditer(sentence.folded, *span):
        start, end = entry.span()
        is_blank = not any(character.isalpha() for character in entry[0])
        if not is_blank and not any(i.outer_start < end and start < i.outer_end for i in found):
            yield start, end


def _is_name(name: str, pack: Pack, things: tuple[Gazetteer, ...]) -> bool:
    return (
        " " in name
        and not any(names.find(name) for names in things)
        and key(name.split()[0]) not in pack.not_names
    )


def _position(match: re.Match[str], end: int) -> Span | None:
    """Range of what is said of somebody between the name and the entry's end."""
    if not match["rest"]:
        return None
    text = match.string
    start = match.end("rest") - len(match["rest"].lstrip(" ,(–—-"))
    while end > start and text[end - 1] in " ).,;":
        end -= 1
    return (start, end) if end > start else None
