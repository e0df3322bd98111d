"""Codes of recommendations: people concerned, objectives of the Global Compact.

`explicit` codes stand in the sentence by number, with the Compact named in it; `lexical` ones are
suggested by the terms of the pack, at most three, best first.
"""

import re
from dataclasses import dataclass

from flows.normalise.document import Sentence
from flows.normalise.pack import Pack

_MOST_OBJECTIVES = 3
_LAST_OBJECTIVE = 23


@dataclass(frozen=True)
class Code:
    """A code with the words it rests on; offsets are into the sentence."""

    scheme: str
    code: str
    method: str
    start: int
    end: int
    rule: str


def find_groups(sentence: Sentence, pack: Pack, carried: list[Code] | None = None) -> list[Code]:
    """Groups of people that the sentence names, in the order in which they are named."""
    lowered = sentence.lowered
    codes: dict[str, Code] = {}
    consumed: list[tuple[int, int]] = []
    for group in pack.groups:
        if group.when and group.when.isdisjoint(sentence.beginnings):
            continue
        matches = list(group.pattern.finditer(lowered))
        barred = (
            [m.span() for m in group.unless.finditer(lowered)] if matches and group.unless else []
        )
        for match in matches:
            start, end = match.span()
            if any(a < end and start < b for a, b in (*barred, *consumed)):
                continue
            for code in (group.code, *group.adds):
                codes.setdefault(
                    code,
                    Code(
                        "group", code, "lexical", start, end, f"{pack.language}.group.{group.code}"
                    ),
                )
            if group.consumes:
                consumed.append((start, end))
    opening = pack.carried.match(lowered)
    if opening and carried:
        for code in carried:
            codes.setdefault(
                code.code,
                Code(
                    "group",
                    code.code,
                    "lexical",
                    0,
                    opening.end(),
                    f"{pack.language}.group.carried",
                ),
            )
    return sorted(codes.values(), key=lambda c: (c.start, c.code))


def find_objectives(sentence: Sentence, pack: Pack) -> list[Code]:
    """Objectives of the Compact: those named by number first, then those that the terms suggest."""
    lowered = sentence.lowered
    explicit = _explicit(lowered, pack)
    scores: dict[int, float] = {}
    evidence: dict[int, tuple[int, int, float]] = {}
    for objective in pack.objectives:
        if objective.when.isdisjoint(sentence.beginnings):
            continue
        number = objective.number
        for weight, pattern in objective.terms:
            matches = list(pattern.finditer(lowered))
            if not matches:
                continue
            scores[number] = scores.get(number, 0) + weight + 0.5 * min(len(matches) - 1, 2)
            first = matches[0]
            if number not in evidence or weight > evidence[number][2]:
                evidence[number] = (first.start(), first.end(), weight)
    named = {c.code for c in explicit}
    ranked = sorted(scores, key=lambda n: (-scores[n], evidence[n][0], n))
    best = scores[ranked[0]] if ranked else 0
    chosen = [
        n for n in ranked if scores[n] >= 2 and scores[n] >= best * 0.5 and str(n) not in named
    ]
    room = max(0, _MOST_OBJECTIVES - len(explicit)) if not explicit else 0
    lexical = [
        Code(
            "gcm",
            str(n),
            "lexical",
            evidence[n][0],
            evidence[n][1],
            f"{pack.language}.objective.{n}",
        )
        for n in chosen[:room]
    ]
    return [*explicit, *lexical]


def _explicit(lowered: str, pack: Pack) -> list[Code]:
    if not pack.compact.search(lowered):
        return []
    codes: dict[str, Code] = {}
    for match in pack.explicit_objectives.finditer(lowered):
        context = lowered[match.end() : match.end() + 60]
        if pack.not_compact.match(context.lstrip(" des'l")):
            continue
        numbers = match["numbers"]
        position = match.start("numbers")
        found = [
            (int(m[0]), position + m.start(), position + m.end())
            for m in re.finditer(r"\d+", numbers)
        ]
        for place, (number, start, end) in enumerate(found):
            values = [number]
            if place and pack.through.match(
                numbers[found[place - 1][2] - position : start - position]
            ):
                values = list(range(found[place - 1][0] + 1, number + 1))
            for value in values:
                if 1 <= value <= _LAST_OBJECTIVE:
                    codes.setdefault(
                        str(value),
                        Code(
                            "gcm",
                            str(value),
                            "explicit",
                            match.start(),
                            end,
                            f"{pack.language}.objective.number",
                        ),
                    )
    return list(codes.values())
