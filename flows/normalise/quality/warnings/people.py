"""Which capitalised words near a sign of a role were not taken as a person?

Findings and names of things come in, what is unclear goes out; `warning_rows` asks.
"""

import re
from collections.abc import Iterator, Sequence

from flows.ground.span import Span, overlaps
from flows.normalise.language.names import Names
from flows.normalise.people.name_shapes import CAPITAL, NameShapes, name_shapes
from flows.normalise.quality.warnings.unclear import Unclear, unclear
from flows.normalise.rows import Findings
from flows.normalise.structure.document import Sentence

_MESSAGE = "a name beside a sign of a role that was not read as a person"
_REACH = 40  # characters behind a name in which a sign of a role must start
_NEAR = 4  # characters between a name and the words that lead to a source
_CLAUSE_START = re.compile(r"(?:^|[,;:] )$")
_FIRST_WORD = re.compile(rf"(?P<name>[{CAPITAL}][^\W\d_]+) (?=[^\W\d_])")


def unclear_people(found: Findings, names: Names, others: Sequence[Span]) -> Iterator[Unclear]:
    """What looks like somebody who acts and was not read so.

    What the reference tables name is nobody; `others` are source spans of further names of things.
    """
    document = found.document
    others = [*others, *(p.span for p in found.attendance.participants if p.kind != "person")]
    things = (names.organisations, names.instruments, names.countries, names.cities)
    shapes, joint = name_shapes(document.pack), document.pack.name_joint
    named: dict[int, list[Span]] = {}
    for naming in found.attendance.namings:
        introduction = naming.introduction
        outer = (introduction.outer_start, max(introduction.outer_end, introduction.end))
        named.setdefault(naming.sentence, []).append(outer)
    for sentence in document.running:
        if document.sections[sentence.section].kind == "notes":
            continue
        taken = named.get(sentence.index, []) + [
            (match.start, match.end) for thing in things for match in thing.find(sentence.folded)
        ]
        end = 0  # of the name before, if that was not read as a person
        for span in _names(sentence, shapes):
            if overlaps(span, taken) or overlaps(sentence.span(*span), others):
                continue
            is_joined = end and joint.fullmatch(sentence.folded, end, span[0])
            if is_joined or _has_role(sentence, span):
                end = span[1]
                yield unclear("person", sentence.fragment, span, _MESSAGE)


def _names(sentence: Sentence, shapes: NameShapes) -> Iterator[Span]:
    """Ranges with the shape of a name; of one word only where it may be the subject."""
    first = _FIRST_WORD.match(sentence.folded)
    if first and not shapes.is_no_name(first["name"]):
        yield first.span("name")
    for match in shapes.bare.finditer(sentence.folded):
        name = shapes.name_in(match)
        if name and " " in sentence.text[slice(*name)]:
            yield name


def _has_role(sentence: Sentence, name: Span) -> bool:
    """Whether a verb of saying or a sign of a role stands right before or behind a name."""
    pack = sentence.pack
    before, behind = sentence.key[: name[0]], sentence.lowered[name[1] :].lstrip(" ,")
    plain = sentence.key[name[1] :].lstrip(" ,")
    verb = pack.reporting.match(behind)
    if pack.reporting_present.match(behind) or (verb and pack.reports(verb["form"])):
        return True
    if " " not in sentence.text[slice(*name)]:
        return False
    sources = pack.adverbial.finditer(sentence.lowered)
    return (
        bool(
            verb
            and pack.any_participle.search(verb["form"])
            and _CLAUSE_START.search(sentence.folded[: name[0]])
        )
        or any(abs(source.start("source") - name[0]) <= _NEAR for source in sources)
        or any(
            (role.before and role.before.search(before))
            or (role.pattern and (act := role.pattern.search(plain)) and act.start() < _REACH)
            for role in pack.roles
        )
    )
