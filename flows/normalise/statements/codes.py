"""Codes of recommendations: people concerned, objectives of the Global Compact.

A sentence comes in, its `Code`s go out; `recommendations` asks. `explicit` codes stand in the
sentence by number, with the Compact named in it; `lexical` ones are suggested by the terms of the
pack, at most three, best first.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flows.ground.span import Span, overlaps, whole_words
from flows.normalise.language.pack import Pack
from flows.normalise.structure.document import Document, Sentence
from schemas.kinds import CodeMethod, CodeScheme

_MOST_OBJECTIVES = 3
_LAST_OBJECTIVE = 23
_LEAST_SCORE = 2
_LEAST_OF_BEST = 0.5  # a score counts beside the best one from this share of it
_REPEATED = 0.5  # what a second and a third match of a term add to its weight
_CONTEXT = 60  # characters behind numbers in which another list of goals may be named
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Code:
    """A code of a recommendation.

    `start`:`end` are the words that it rests on, as offsets into the sentence's clean text.
    """

    scheme: CodeScheme
    code: str
    method: CodeMethod
    start: int
    end: int
    rule: str


def codes_of(document: Document, sentence: Sentence) -> tuple[Code, ...]:
    """The codes of a recommendation that a sentence makes: people concerned, then objectives."""
    pack = document.pack
    carried: Sequence[Code] = ()
    if sentence.position > 1 and pack.carried.match(sentence.lowered):
        carried = find_groups(document.sentences[sentence.index - 1], pack)
    return (*find_groups(sentence, pack, carried), *find_objectives(sentence, pack))


# ---------------------------------------------------------------- people concerned


def find_groups(sentence: Sentence, pack: Pack, carried: Sequence[Code] = ()) -> list[Code]:
    """The codes of groups of people that the sentence names, in the order of the text.

    `carried` are the codes of the sentence before: a sentence that opens with a pronoun for these
    people takes them over.
    """
    lowered = sentence.lowered
    codes: dict[str, Code] = {}

    def add(code: str, start: int, end: int, rule: str) -> None:
        rule = f"{pack.language}.group.{rule}"
        codes.setdefault(code, Code("group", code, "lexical", start, end, rule))

    consumed: list[Span] = []
    for group in sentence.candidates(pack.groups):
        spans = _words_found(group.pattern, lowered)
        barred = list(consumed)
        if spans and group.unless:
            barred += [match.span() for match in group.unless.finditer(lowered)]
        for span in spans:
            if overlaps(span, barred):
                continue
            for code in (group.code, *group.adds):
                add(code, *span, group.code)
            if group.consumes:
                consumed.append(span)
    opening = pack.carried.match(lowered) if carried else None
    if opening:
        for before in carried:
            add(before.code, 0, opening.end(), "carried")
    return sorted(codes.values(), key=lambda code: (code.start, code.code))


# ---------------------------------------------------------------- objectives


@dataclass
class _Score:
    """How strongly a sentence suggests an objective, and the words of its weightiest term."""

    number: int
    sum: float = 0.0
    weight: float = 0.0
    start: int = 0
    end: int = 0


def find_objectives(sentence: Sentence, pack: Pack) -> list[Code]:
    """The codes of objectives: those that the sentence names by number, else those suggested."""
    return _explicit(sentence, pack) or _lexical(sentence, pack)


def _lexical(sentence: Sentence, pack: Pack) -> list[Code]:
    """The objectives that the terms suggest most, best first."""
    scores = sorted(
        _scores(sentence, pack).values(), key=lambda score: (-score.sum, score.start, score.number)
    )
    return [
        Code(
            "gcm",
            str(score.number),
            "lexical",
            score.start,
            score.end,
            f"{pack.language}.objective.{score.number}",
        )
        for score in scores[:_MOST_OBJECTIVES]
        if score.sum >= max(_LEAST_SCORE, _LEAST_OF_BEST * scores[0].sum)
    ]


def _scores(sentence: Sentence, pack: Pack) -> dict[int, _Score]:
    """Objective → its score, for each that a term suggests."""
    scores: dict[int, _Score] = {}
    for term in sentence.candidates(pack.terms):
        spans = _words_found(term.pattern, sentence.lowered)
        if not spans:
            continue
        score = scores.setdefault(term.objective, _Score(term.objective))
        score.sum += term.weight + _REPEATED * min(len(spans) - 1, 2)
        if term.weight > score.weight:
            score.weight, (score.start, score.end) = term.weight, spans[0]
    return scores


def _words_found(pattern: re.Pattern[str], lowered: str) -> list[Span]:
    """Where a pattern finds words, whole ones: never the end of another word."""
    found = (whole_words(lowered, match.span()) for match in pattern.finditer(lowered))
    return [span for span in found if span]


def _explicit(sentence: Sentence, pack: Pack) -> list[Code]:
    """The objectives named by number, in the order of the sentence, each once."""
    if not sentence.search(pack.compact):
        return []
    codes: dict[str, Code] = {}
    for match in sentence.finditer(pack.explicit_objectives):
        context = sentence.lowered[match.end() : match.end() + _CONTEXT]
        if pack.not_compact.match(pack.before_goals.sub("", context)):
            continue
        for number, end in _numbers(sentence, match, pack):
            if 1 <= number <= _LAST_OBJECTIVE:
                rule = f"{pack.language}.objective.number"
                code = Code("gcm", str(number), "explicit", match.start(), end, rule)
                codes.setdefault(code.code, code)
    return list(codes.values())


def _numbers(sentence: Sentence, match: re.Match[str], pack: Pack) -> Iterator[tuple[int, int]]:
    """Each number that "objectifs 3, 5 à 7" names, and where the digits end that name it."""
    last: int | None = None
    last_end = match.start("numbers")
    for found in _NUMBER.finditer(match.string, *match.span("numbers")):
        number = int(found[0])
        values: Iterable[int] = (number,)
        if last is not None and pack.through.match(sentence.key[last_end : found.start()]):
            values = range(last + 1, number + 1)
        for value in values:
            yield value, found.end()
        last, last_end = number, found.end()
