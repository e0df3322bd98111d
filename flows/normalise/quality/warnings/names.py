"""Which names of instruments and organisations are not in the reference tables?

Findings and known names come in, what is unclear goes out; `warning_rows` asks.
"""

import re
from collections.abc import Iterator
from typing import Literal

from flows.ground.folding import key
from flows.ground.span import Span, overlaps
from flows.normalise.language.names import Names
from flows.normalise.quality.warnings.unclear import Unclear, unclear
from flows.normalise.rows import Findings
from flows.normalise.structure.document import Sentence
from flows.normalise.text.gazetteer import Gazetteer

_REST = re.compile(r"(?:[ ']?[\w'’/-]+)(?: [\w'’/-]+){0,7}")
_SAME_WORDS = 4  # names that begin with as many equal words are one
_ACRONYM = re.compile(r"\((?P<name>[A-ZÀ-Þ][A-ZÀ-Þ-]{1,7})\)")
_BEFORE_ACRONYM = 2  # characters between a name and its acronym: a space and the bracket
_DIGIT = re.compile(r"\d")
_CAPITAL_OR_DIGIT = re.compile(r"[A-ZÀ-Þ0-9]")


_Kind = Literal["instrument", "organisation"]


def unclear_names(found: Findings, names: Names) -> Iterator[Unclear]:
    """Names that look like those of instruments or organisations; each once, where it is first."""
    document = found.document
    described = _described(found)
    venue = key(found.header.venue or "")
    seen: set[str] = set()
    for sentence in document.running:
        if document.sections[sentence.section].kind == "notes":
            continue
        cited = _spans(names.instruments, sentence)
        known = [*cited, *_spans(names.organisations, sentence), *_spans(names.countries, sentence)]
        known += described.get(sentence.index, [])
        for kind, span in _candidates(sentence, known):
            name = key(sentence.text[slice(*span)])
            beginning = " ".join(name.split()[:_SAME_WORDS])
            # An instrument may have another known name inside its own.
            is_known = overlaps(span, cited if kind == "instrument" else known)
            if not is_known and name not in venue and beginning not in seen:
                seen.add(beginning)
                message = f"the name of an {kind} that is not in the reference tables"
                yield unclear(kind, sentence.fragment, span, message)


def _described(found: Findings) -> dict[int, list[Span]]:
    """Index of a sentence → ranges of persons and their positions, which tell of organisations."""
    spans: dict[int, list[Span]] = {}
    for naming in found.attendance.namings:
        person = naming.introduction
        told = spans.setdefault(naming.sentence, [])
        told.append((person.outer_start, person.outer_end))
        told += [person.affiliation] if person.affiliation else []
    return spans


def _spans(names: Gazetteer, sentence: Sentence) -> list[Span]:
    return [(match.start, match.end) for match in names.find_nested(sentence.folded)]


def _candidates(sentence: Sentence, known: list[Span]) -> Iterator[tuple[_Kind, Span]]:
    """What looks like a name of an instrument or an organisation, with its kind; none of them
    starts inside a known name."""
    pack = sentence.pack
    ends = {end for _, end in known}  # of names behind which an acronym stands for them
    shapes: tuple[tuple[_Kind, re.Pattern[str]], ...] = (
        ("instrument", pack.instrument_like),
        ("organisation", pack.organisation_like),
    )
    heads = sorted(
        (match.start(), match.end(), match.lastgroup == "whole", kind)
        for kind, pattern in shapes
        if sentence.can_match(pattern)
        for match in pattern.finditer(sentence.folded)
    )
    following = [*(start for start, _, _, _ in heads[1:]), len(sentence.folded)]
    for (start, head_end, is_whole, kind), limit in zip(heads, following, strict=False):
        end = head_end if is_whole else _end(sentence, head_end, limit)
        # At the start of a sentence the capital says nothing by itself.
        is_name = start > 0 or _CAPITAL_OR_DIGIT.search(sentence.folded, 1, end)
        if is_name and (is_whole or end > head_end) and not overlaps((start, start + 1), known):
            ends.add(end)
            yield kind, (start, end)
    for match in pack.symbol.finditer(sentence.folded) if _DIGIT.search(sentence.folded) else ():
        yield "instrument", match.span()
    for match in _ACRONYM.finditer(sentence.folded):
        if match.start("name") - _BEFORE_ACRONYM not in ends:
            yield "organisation", match.span("name")


def _end(sentence: Sentence, start: int, limit: int) -> int:
    """Where the name ends whose head ends at `start`: before the next name, a verb or a mark, or
    after a few words."""
    pack = sentence.pack
    rest = _REST.match(sentence.folded, start, max(start, limit))
    if rest is None:
        return start
    verb = pack.finite.search(sentence.lowered, start, rest.end())
    end = len(sentence.folded[: verb.start() if verb else rest.end()].rstrip(" '"))
    while end > start and pack.unfinished.search(sentence.key[start:end]):
        end = max(start, *(sentence.folded.rfind(mark, start, end) for mark in " '"))
    return end
