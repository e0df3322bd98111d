"""Panels that sentences name: in a series behind a colon, or one panel a clause."""

import re
from dataclasses import dataclass
from functools import cache

from flows.ground.folding import key
from flows.ground.span import Span
from flows.normalise.language.pack import Pack, ordinal_of
from flows.normalise.panels.parts import Panel, likeness, title_range
from flows.normalise.structure.document import Document, Sentence

_FIRST_SENTENCES = 40  # of the parts that may name panels
_LEAST_TITLE = 6
_JOINT = 8  # characters between two titles of a series
_SAME_TITLE = 90  # likeness of a quotation to the theme of the session that it repeats
_NAMED = re.compile(r"(?:[^\W\d_a-zß-ÿ][\w.'’-]*[ ]?(?:\w{1,3} )?){2,6}, ")  # a name, then a comma
_QUOTED = re.compile(r"[«“\"] ?(?P<title>[^»”\"]{6,}?) ?[»”\"]")


@dataclass(frozen=True)
class _Shapes:
    """How a series goes on: before a further label, before an item, at an item's number."""

    before_label: re.Pattern[str]
    item_lead: re.Pattern[str]
    enumerator: re.Pattern[str]
    clause_start: re.Pattern[str]
    clause_verb: re.Pattern[str]
    trailing_joint: re.Pattern[str]


@cache
def _shapes(pack: Pack) -> _Shapes:
    lead = pack.item_lead.pattern
    return _Shapes(
        before_label=re.compile(rf"[:;] ?{lead}"),
        item_lead=pack.item_lead,
        enumerator=re.compile(
            rf"{lead}(?:\(?(?P<number>\d{{1,2}}|[a-hA-H]|[ivxIVX]{{1,4}})[).°]"
            r"|\((?P<bracketed>\d{1,2}|[a-h]|[ivx]{1,4})\))[ \u00a0]*"
        ),
        clause_start=pack.clause_start,
        clause_verb=pack.clause_verb,
        trailing_joint=pack.trailing_joint,
    )


def panels_in_prose(document: Document, theme: str | None) -> list[Panel]:
    """The panels that the running text names, two at least; in order.

    `theme` is that of the session, which may stand in quotes as the titles of panels do.
    """
    wanted = {
        index
        for index, section in enumerate(document.sections)
        if section.kind in ("front_matter", "panels", "opening", "synthesis")
    }
    sentences = [s for s in document.running if s.section in wanted][:_FIRST_SENTENCES]
    found = (
        _labelled_series(sentences, document.pack),
        _clauses(sentences, document.pack),
        _series(sentences, document.pack),
        _quoted(sentences, theme or "", document.pack),
    )
    return max(found, key=len)


def _labelled_series(sentences: list[Sentence], pack: Pack) -> list[Panel]:
    """ "…: Panel 1, X; Panel 2, Y"."""
    for sentence in sentences:
        labels = [
            match
            for match in _shapes(pack).before_label.finditer(sentence.folded)
            if pack.panel_label.match(sentence.key, match.end())
        ]
        if len(labels) >= 2:
            items = _items(sentence, labels[0].start() + 1, pack)
            if len(items) >= 2:
                return items
    return []


def _series(sentences: list[Sentence], pack: Pack) -> list[Panel]:
    """ "Les panels ont porté sur les thèmes suivants : X ; Y"."""
    for sentence in sentences:
        found = pack.panel_prose.search(sentence.lowered)
        if not found:
            continue
        colon = sentence.folded.find(":", found.end() - 10)
        items = _items(sentence, colon + 1, pack) if colon >= 0 else []
        if len(items) >= 2:
            return items
    return []


def _items(sentence: Sentence, start: int, pack: Pack) -> list[Panel]:
    """The items between semicolons from `start` on; none if one of them is no title."""
    parts = sentence.folded[start:].split(";")
    panels: list[Panel] = []
    position = start
    for part in parts if len(parts) > 1 else ():
        panel = _item(sentence, position, position + len(part), pack)
        if panel is None:
            return []
        panels.append(panel)
        position += len(part) + 1
    return panels


def _item(sentence: Sentence, begin: int, end: int, pack: Pack) -> Panel | None:
    """The panel of an item of a series, None if it has no title."""
    shapes, text = _shapes(pack), sentence.folded
    while begin < end and text[begin] == " ":
        begin += 1
    number = label = label_start = None
    if lead := shapes.enumerator.match(text, begin, end):
        number = lead["number"] or lead["bracketed"]
        begin = lead.end()
    elif lead := shapes.item_lead.match(text, begin, end):
        begin = lead.end()
    found = pack.panel_label.match(sentence.key[:end], begin)
    if found:
        label_start = found.start("label")
        label = sentence.text[slice(*found.span("label"))]
        number = sentence.text[slice(*found.span("number"))]
        begin = found.end()
    named = _NAMED.match(text, begin, end)
    if named and pack.function.match(sentence.key, named.end()):
        return None  # somebody with a position, no title: "X, Ministre du travail"
    fragment = sentence.fragment.slice(begin, end)
    title_start, title_end = title_range(fragment, 0, pack)
    if title_end - title_start < _LEAST_TITLE:
        return None
    first, last = fragment.span(title_start, title_end)
    if label_start is not None:
        first = sentence.span(label_start, label_start + 1)[0]
    return Panel(
        title=fragment.text[title_start:title_end],
        span=(first, last),
        rule="panel.prose_list",
        passage=sentence.passage,
        number=number,
        label=label,
    )


def _clauses(sentences: list[Sentence], pack: Pack) -> list[Panel]:
    """ "Le premier panel portait sur X ; le deuxième, sur Y": one panel a clause."""
    panels = []
    for sentence in sentences:
        text = sentence.folded
        starts = [0, *(match.end() for match in _shapes(pack).clause_start.finditer(text))]
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            panel = _clause(sentence, start, end, pack)
            if panel:
                panels.append(panel)
    return panels if len(panels) >= 2 else []


def _clause(sentence: Sentence, start: int, end: int, pack: Pack) -> Panel | None:
    """The panel that a clause names; the first clause of a sentence needs a verb for it."""
    shapes, text = _shapes(pack), sentence.folded
    end = start + len(text[start:end].rstrip(" ;,.:"))
    if joint := shapes.trailing_joint.search(text, start, end):
        end = start + len(text[start : joint.start()].rstrip(" ;,.:"))
    found = pack.panel_prose_item.match(sentence.lowered[:end], start)
    if not found or found.end() >= end - _LEAST_TITLE:
        return None
    if start == 0 and not shapes.clause_verb.search(sentence.lowered[: found.end() + 4]):
        return None
    quoted = _QUOTED.search(text, found.end(), end)
    title = quoted.span("title") if quoted else (found.end(), end)
    return Panel(
        title=sentence.text[slice(*title)].strip(),
        span=sentence.span(start, end),
        rule="panel.prose_clause",
        passage=sentence.passage,
        number=_number(sentence, found, pack),
        label=sentence.text[slice(*found.span("label"))].strip(),
    )


def _number(sentence: Sentence, found: re.Match[str], pack: Pack) -> str | None:
    """The number of a panel, from its rank or as printed."""
    if found["ordinal"]:
        rank = ordinal_of(pack, found["ordinal"])
        return str(rank) if rank else None
    return sentence.text[slice(*found.span("number"))] if found["number"] else None


def _quoted(sentences: list[Sentence], theme: str, pack: Pack) -> list[Panel]:
    """Titles in quotes behind words for panels: "La première table ronde, « X », …"."""
    panels: list[Panel] = []
    day: int | None = None  # told last in the passage
    passage = -1
    for sentence in sentences:
        if sentence.passage != passage:
            passage, day = sentence.passage, None
        told = _day_told(sentence, day, pack)
        day = told or day
        first, start = len(panels), 0
        for quote in _QUOTED.finditer(sentence.folded):
            title = sentence.text[slice(*quote.span("title"))].strip()
            if likeness(key(title), key(theme)) >= _SAME_TITLE:
                continue
            leads = _leads_to_title(sentence, (start, quote.start()), len(panels) > first, pack)
            leads = leads or (told is not None and sentence.folded[: quote.start()].endswith(": "))
            number = pack.panel_ordinal.search(sentence.key, start, quote.start())
            start = quote.end()
            if leads:
                rank = pack.ordinals.get(number["ordinal"]) if number else None
                panels.append(
                    Panel(
                        title=title,
                        span=sentence.span(*quote.span("title")),
                        rule="panel.prose_quoted",
                        passage=sentence.passage,
                        day=told,
                        number=str(rank) if rank and rank > 0 else None,
                    )
                )
    return panels if len(panels) >= 2 else []


def _leads_to_title(sentence: Sentence, lead: Span, goes_on: bool, pack: Pack) -> bool:
    """Whether words before a quotation name a panel; `goes_on`: a title stands before them."""
    if pack.panel_word.search(sentence.key, *lead):
        return True
    clause = sentence.lowered[slice(*lead)].rpartition(";")[2].strip()
    return goes_on and (len(clause) <= _JOINT or pack.panel_prose_item.match(clause) is not None)


def _day_told(sentence: Sentence, before: int | None, pack: Pack) -> int | None:
    """The day of which a sentence says that it tells."""
    found = pack.day_statement.search(sentence.key)
    if found:
        return ordinal_of(pack, found["ordinal"])
    return before + 1 if before and pack.next_day.search(sentence.key) else None
