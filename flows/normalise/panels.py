"""Panels: labelled lines, list items under a lead-in, table rows, or sentences that name them.

Text after the label's separator is the title, all of it. A day comes only from a heading, a label
or a statement; panels are never spread over days by guess.
"""

import datetime
import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from flows.normalise.dates import find_dates
from flows.normalise.document import Document, Sentence
from flows.normalise.header import Header
from flows.normalise.pack import Pack, number_of, ordinal_of
from flows.normalise.sections import day_label
from flows.normalise.structure import Passage
from flows.normalise.text import Fragment, fold_typography, key

# A paraphrase is a title when it is this close to it and this far from the next (0–100); measured
# on moderators' introductions: right titles 78–100, runners-up 49–57.
_CLOSE, _MARGIN = 75.0, 15.0
_OPENING_QUOTE = re.compile(r"^[«“\"'‘][ \u00a0\u202f]?")
_CLOSING_QUOTE = re.compile(r"[ \u00a0\u202f]?[»”\"]\.?$")
_ENUMERATOR = re.compile(
    r"^(?:et |enfin,? |y |and )?(?:\(?(?P<number>\d{1,2}|[a-hA-H]|[ivxIVX]{1,4})[).°]|\((?P<bracketed>\d{1,2}|[a-h]|[ivx]{1,4})\))[ \u00a0]*"
)


@dataclass
class Panel:
    """One panel. `people` are the printed names behind a moderator's mark inside the line."""

    title: str
    span: tuple[int, int]
    rule: str
    passage: int
    day: int | None = None
    number: str | None = None
    label: str | None = None
    people: list[tuple[int, int, int]] = field(default_factory=list)  # passage, start, end


def find_panels(document: Document, header: Header) -> list[Panel]:
    """Panels in the order of the document."""
    panels = _listed(document, header)
    if not panels:
        panels = _in_prose(document)
    _days_from_statements(document, panels)
    return panels


def match_panel(text: str, panels: list[Panel]) -> Panel | None:
    """The panel whose title a paraphrase means; None without a clear margin over the next."""
    if not panels or len(text) < 8:
        return None
    wanted = key(text)
    scored = sorted(
        ((_likeness(wanted, key(panel.title)), -n) for n, panel in enumerate(panels)), reverse=True
    )
    best, place = scored[0]
    second = scored[1][0] if len(scored) > 1 else 0.0
    return panels[-place] if best >= _CLOSE and best - second >= _MARGIN else None


def _likeness(text: str, title: str) -> float:
    """How much of the shorter one's words the longer has, small words left out (0–100)."""
    wanted = " ".join(w for w in re.findall(r"\w+", text[: len(title) + 60]) if len(w) > 3)
    have = " ".join(w for w in re.findall(r"\w+", title) if len(w) > 3)
    if not wanted or not have:
        return 0.0
    return max(fuzz.token_set_ratio(wanted, have), fuzz.token_sort_ratio(wanted, have))


def mentioned_panels(
    text_key: str, panels: list[Panel], pack: Pack, day: int | None = None
) -> list[Panel]:
    """Panels that a sentence names by number, by rank or by a paraphrase of the title."""
    found: list[Panel] = []
    for match in pack.panel_numbered.finditer(text_key):
        number = (
            number_of(pack, match["number"])
            if not match["number"].isalpha() or set(match["number"]) <= set("ivx")
            else None
        )
        same = [
            p
            for p in panels
            if p.number is not None
            and (
                key(p.number) == match["number"]
                or (number is not None and number_of(pack, p.number) == number)
            )
            and (day is None or p.day in (None, day))
        ]
        if len(same) == 1:
            found.append(same[0])
    if not found:
        for match in pack.panel_ordinal.finditer(text_key):
            rank = pack.ordinals.get(match["ordinal"])
            pool = [p for p in panels if day is None or p.day == day] or panels
            if rank is not None and pool and len(pool) >= rank:
                found.append(pool[rank - 1] if rank > 0 else pool[-1])
    if not found:
        for match in pack.panel_link.finditer(text_key):
            panel = match_panel(match["title"], panels)
            if panel:
                found.append(panel)
    return list({id(p): p for p in found}.values())


# ---------------------------------------------------------------- lists


def _listed(document: Document, header: Header) -> list[Panel]:
    pack = document.pack
    panels: list[Panel] = []
    day: int | None = None
    under_lead_in = False
    pending: tuple[Panel, int] | None = None
    passages = document.passages
    columns: list[str | None] = []
    list_sections = {
        n
        for n, s in enumerate(document.sections)
        if s.kind in ("front_matter", "panels", "opening")
    }
    labelled = any(
        pack.panel_label.search(key(p.text))
        for p in passages
        if p.kind == "list_item" and p.section in list_sections
    )
    for index, passage in enumerate(passages):
        if passage.kind in ("header", "rule", "artefact", "footnote"):
            continue
        in_list = passage.section in list_sections
        section = document.sections[passage.section]
        if pending and passage.kind in ("paragraph", "list_item", "heading"):
            panel, at = pending
            pending = None
            if (
                index - at <= 3
                and not _is_label(passage, pack)
                and len(passage.text) < 320
                and not pack.field_label.match(passage.fragment.folded)
            ):
                start, end = _title_range(passage.fragment, 0, pack)
                panel.title = passage.text[start:end]
                panel.span = (panel.span[0], passage.fragment.span(start, end)[1])
                panels.append(panel)
                continue
        label = day_label(passage.text, pack)
        if (
            label is not None
            and (in_list or passage.kind == "heading")
            and not _is_label(passage, pack)
            and passage.kind != "list_item"
        ):
            day = label[0] if label[0] is not None else day_of_date(passage.text, header, pack)
            continue
        if (
            passage.kind == "heading"
            and passage.rule != "heading.panel"
            and not _is_label(passage, pack)
        ):
            if section.kind not in ("panels",):
                day = section.day
            under_lead_in = section.kind == "panels"
            continue
        if passage.mark_kind == "row":
            header_row = _columns(passage, pack)
            if header_row:
                columns = header_row
                continue
            panel_row = _from_columns(passage, index, columns, pack, header) or _from_row(
                passage, index, pack
            )
            if panel_row and in_list:
                panel_row.day = panel_row.day or day
                panels.append(panel_row)
            continue
        found = _label_match(passage, pack)
        if found and (
            in_list
            or passage.kind in ("heading",)
            or (section.kind == "synthesis" and passage.kind == "list_item" and not panels)
        ):
            panel = _labelled(passage, index, found, pack, header)
            panel.day = panel.day or day or (section.day if passage.kind == "heading" else None)
            if _known(panel, panels, pack):
                continue
            if panel.title:
                panels.append(panel)
            else:
                pending = (panel, index)
            continue
        lowered = passage.fragment.lowered
        if passage.kind == "paragraph":
            last = lowered.rsplit(". ", 1)[-1]
            if in_list:
                under_lead_in = (
                    lowered.rstrip().endswith(":")
                    and bool(pack.panel_lead_in.search(last))
                    or (under_lead_in and bool(label))
                )
            else:
                under_lead_in = False
            continue
        if (
            passage.kind == "list_item"
            and in_list
            and not labelled
            and (
                under_lead_in
                or (section.kind == "panels" and (day is not None or section.heading is not None))
            )
            and len(passage.text) < 320
            and passage.indent <= 3
            and not pack.field_label.match(passage.fragment.folded)
            and not re.search(r"[.;] \w", passage.text.rstrip(" .;"))
        ):
            start, end = _title_range(passage.fragment, 0, pack)
            number = (
                passage.mark.strip("().°-–— \u00a0*")
                if passage.mark_kind in ("number", "letter", "roman")
                else None
            )
            panels.append(
                Panel(
                    passage.text[start:end],
                    passage.fragment.span(start, end),
                    "panel.item_under_lead_in",
                    index,
                    day,
                    number,
                    None,
                )
            )
    return panels


def _is_label(passage: Passage, pack: Pack) -> bool:
    return _label_match(passage, pack) is not None


def _label_match(passage: Passage, pack: Pack) -> re.Match[str] | None:
    plain = passage.fragment.plain
    found = pack.panel_label.match(plain)
    if found:
        return found
    # "10 h 15-11 h 15 Panel 1 : …": hours first.
    hours = re.match(r"[\dh:. ,–—-]{4,24}(?:heures)? ?[|:–—-]* ?", plain)
    return pack.panel_label.match(plain, hours.end()) if hours else None


def _labelled(
    passage: Passage, index: int, found: re.Match[str], pack: Pack, header: Header
) -> Panel:
    text = passage.text
    label = text[slice(*found.span("label"))].strip(" *_")
    number = text[slice(*found.span("number"))]
    value = number_of(pack, number)
    if value is not None and not number.isdigit() and not set(number.lower()) <= set("ivx"):
        number = str(value)
    start, end = _title_range(passage.fragment, found.end(), pack)
    span = passage.fragment.span(found.start("label"), max(end, found.end("label")))
    panel = Panel(text[start:end], span, "panel.labelled", index, None, number, label)
    if found["bracket"]:
        bracket = found["bracket"].strip(" ()")
        inside = day_label(bracket, pack)
        panel.day = inside[0] if inside and inside[0] else day_of_date(bracket, header, pack)
    rest_start = end
    inside_people = pack.panel_inside.search(passage.fragment.folded[start:].lower())
    if inside_people:
        panel.people.append(
            (index, start + inside_people.start("people"), start + inside_people.end("people"))
        )
    elif rest_start < len(text):
        panel.people.append((index, rest_start, len(text)))
    return panel


def _title_range(fragment: Fragment, start: int, pack: Pack) -> tuple[int, int]:
    """Range of a title from `start`: without quotes, final stop, brackets naming a moderator."""
    folded, text = fragment.folded, fragment.text
    end = len(text)
    while start < end and text[start] in " \u00a0\u202f:–—-":
        start += 1
    inside = pack.panel_inside.search(folded[start:].lower())
    if inside:
        end = start + inside.start()
    for cut in re.finditer(r"(?:[.;|(–—]|\s[-–—])\s*", folded[start:end]):
        if pack.field_label.match(folded, start + cut.end()):
            end = start + cut.start()
            break
    while end > start and text[end - 1] in " .;,\u00a0\u202f(*_":
        end -= 1
    quote = _OPENING_QUOTE.match(text[start:end])
    if quote and _CLOSING_QUOTE.search(text[start:end]):
        closing = _CLOSING_QUOTE.search(text[start:end])
        assert closing
        start, end = start + quote.end(), start + closing.start()
    return start, end


def day_of_date(text: str, header: Header, pack: Pack) -> int | None:
    """The day of the session on which a printed date falls."""
    dates = find_dates(fold_typography(text).lower(), pack)
    if not dates or header.start_date is None or header.end_date is None:
        return None
    resolved = dates[0].dates(header.start_date.year)
    if resolved is None or resolved[0] != resolved[1]:
        return None
    return day_number(resolved[0], header)


def day_number(date: datetime.date, header: Header) -> int | None:
    """1 for the first day of the session; None outside it."""
    if header.start_date is None or header.end_date is None:
        return None
    if header.listed_days:
        return header.listed_days.index(date) + 1 if date in header.listed_days else None
    return (
        (date - header.start_date).days + 1
        if header.start_date <= date <= header.end_date
        else None
    )


def _known(panel: Panel, panels: list[Panel], pack: Pack) -> bool:
    """Whether the panel stands in the list already: the same title, or number and a like title."""
    for other in panels:
        same_number = other.number is not None and panel.number == other.number
        same_day = panel.day in (None, other.day) or other.day is None
        alike = bool(panel.title) and _likeness(key(panel.title), key(other.title)) >= 80
        if alike and (same_number or panel.number is None) and same_day:
            return True
        if same_number and same_day and not panel.title:
            return True
    return False


def _cells(passage: Passage) -> list[tuple[int, int]]:
    """Ranges of the cells of a table row, without the white space around them."""
    cells = []
    for cell in re.finditer(r"(?<=\|)[^|]*(?=\|)", passage.text):
        start, end = cell.span()
        while start < end and passage.text[start].isspace():
            start += 1
        while end > start and passage.text[end - 1].isspace():
            end -= 1
        cells.append((start, end))
    return cells


def _columns(passage: Passage, pack: Pack) -> list[str | None]:
    """What the cells of a table's header row stand for; empty when it is none."""
    names = [
        next((n for n, p in pack.panel_columns.items() if p.match(key(passage.text[a:b]))), None)
        for a, b in _cells(passage)
    ]
    return names if "title" in names else []


def _from_columns(
    passage: Passage, index: int, columns: list[str | None], pack: Pack, header: Header
) -> Panel | None:
    """A row under a header row: number or label, title and day from their columns."""
    cells = dict(zip(columns, _cells(passage), strict=False))
    if "title" not in cells or cells["title"][0] == cells["title"][1]:
        return None
    fragment = passage.fragment.slice(*cells["title"])
    start, end = _title_range(fragment, 0, pack)
    number = label = None
    first = cells["title"][0]
    if "panel" in cells:
        a, b = cells["panel"]
        first = min(first, a)
        found = pack.panel_label.match(passage.fragment.plain[a:b])
        if found:
            label = passage.text[a + found.start("label") : a + found.end("label")].strip()
            number = passage.text[a + found.start("number") : a + found.end("number")]
        else:
            number = passage.text[a:b] or None
    panel = Panel(
        fragment.text[start:end],
        (passage.fragment.span(first, first + 1)[0], fragment.span(start, end)[1]),
        "panel.table_row",
        index,
        None,
        number,
        label,
    )
    if "day" in cells:
        text = passage.text[slice(*cells["day"])]
        said = day_label(text, pack)
        panel.day = (
            said[0]
            if said and said[0]
            else number_of(pack, text) or day_of_date(text, header, pack)
        )
    return panel


def _from_row(passage: Passage, index: int, pack: Pack) -> Panel | None:
    """A row of a table: a cell with the label, or a number in the first, and the title beside it."""
    text = passage.text
    cells = [(m.start(), m.end()) for m in re.finditer(r"[^|]+", text) if m[0].strip()]
    for place, (a, b) in enumerate(cells):
        while a < b and text[a].isspace():
            a += 1
        plain = passage.fragment.plain[a:b].strip()
        found = pack.panel_label.match(plain)
        if not found:
            continue
        label = text[a + found.start("label") : a + found.end("label")].strip()
        number = text[a + found.start("number") : a + found.end("number")]
        title_at = (a + found.end(), b)
        if not text[slice(*title_at)].strip(" :–—-") and place + 1 < len(cells):
            title_at = cells[place + 1]
        sub = passage.fragment.slice(*title_at)
        start, end = _title_range(sub, 0, pack)
        if end <= start:
            return None
        panel = Panel(
            sub.text[start:end],
            (passage.fragment.span(a, b)[0], sub.span(start, end)[1]),
            "panel.table_row",
            index,
            None,
            number,
            label,
        )
        day = next((d for c, e in cells[:place] if (d := day_label(text[c:e].strip(), pack))), None)
        panel.day = day[0] if day else None
        return panel
    return None


# ---------------------------------------------------------------- prose


def _in_prose(document: Document) -> list[Panel]:
    pack = document.pack
    wanted = {
        n
        for n, s in enumerate(document.sections)
        if s.kind in ("front_matter", "panels", "opening", "synthesis")
    }
    sentences = [s for s in document.running if s.section in wanted][:40]
    for sentence in sentences:
        labels = [
            m
            for m in re.finditer(r"[:;] ?(?:et )?(?:enfin,? )?", sentence.folded)
            if pack.panel_label.match(sentence.key, m.end())
        ]
        if len(labels) >= 2:
            items = _items(sentence, labels[0].start() + 1, pack)
            if len(items) >= 2:
                return items
    panels: list[Panel] = []
    for sentence in sentences:
        panels.extend(_clauses(sentence, pack))
    if len(panels) >= 2:
        return panels
    for sentence in sentences:
        found = pack.panel_prose.search(sentence.lowered)
        colon = sentence.folded.find(":", found.end() - 10 if found else 0)
        if not found or colon < 0:
            continue
        items = _items(sentence, colon + 1, pack)
        if len(items) >= 2:
            return items
    return []


def _clauses(sentence: Sentence, pack: Pack) -> list[Panel]:
    """ "Le premier panel portait sur X ; le deuxième, sur Y": one panel a clause."""
    text = sentence.folded
    starts = [0] + [
        m.end()
        for m in re.finditer(
            r" ?; (?:et )?(?:enfin,? )?|: (?=(?:le |la |l')?\w+ (?:panel|table|était|a |portait))|, (?:et )?(?=(?:le|la) (?:second|deuxième|troisième|quatrième|cinquième|sixième|dernier)|the (?:second|third|fourth|fifth|last))",
            text,
        )
    ]
    panels: list[Panel] = []
    for n, start in enumerate(starts):
        end = starts[n + 1] if n + 1 < len(starts) else len(text)
        while end > start and text[end - 1] in " ;,.:":
            end -= 1
        if text[:end].endswith(" et"):
            end -= 3
        found = pack.panel_prose_item.match(sentence.lowered[:end], start)
        if not found or found.end() >= end - 6:
            continue
        rest = text[found.end() : end]
        if n == 0 and not re.search(
            r"(?:port|consacr|abord|trait|intitul|pour thème|pour titre|:|«)",
            sentence.lowered[start : found.end() + 4],
        ):
            continue
        ordinal, number = found.groupdict().get("ordinal"), found.groupdict().get("number")
        if ordinal:
            rank = ordinal_of(pack, ordinal)
            value = str(rank) if rank else None
        else:
            value = sentence.text[slice(*found.span("number"))] if number else None
        quoted = re.search(r"[«“\"] ?(?P<t>[^»”\"]{6,}?) ?[»”\"]", rest)
        a, b = (
            (found.end() + quoted.start("t"), found.end() + quoted.end("t"))
            if quoted
            else (found.end(), end)
        )
        label = sentence.text[slice(*found.span("label"))].strip()
        panels.append(
            Panel(
                sentence.text[a:b].strip(),
                sentence.span(start, end),
                "panel.prose_clause",
                sentence.passage,
                None,
                value,
                label,
            )
        )
    return panels


def _items(sentence: Sentence, start: int, pack: Pack) -> list[Panel]:
    text = sentence.folded
    if ";" not in text[start:]:
        return []
    panels: list[Panel] = []
    position = start
    for part in text[start:].split(";"):
        begin, end = position, position + len(part)
        position = end + 1
        while begin < end and text[begin] == " ":
            begin += 1
        lead = _ENUMERATOR.match(text[begin:end]) or re.match(
            r"(?:et |and |y )?(?:enfin,? )?", text[begin:end]
        )
        number = None
        if lead:
            groups = lead.groupdict()
            number = groups.get("number") or groups.get("bracketed")
            begin += lead.end()
        label_found = pack.panel_label.match(sentence.key[:end], begin)
        label = None
        if label_found:
            label_at = label_found.span("label")
            label = sentence.text[slice(*label_at)]
            number = sentence.text[slice(*label_found.span("number"))]
            begin = label_found.end()
        fragment = sentence.fragment.slice(begin, end)
        a, b = _title_range(fragment, 0, pack)
        if b - a < 6:
            return []
        whole = (
            sentence.span(label_at[0], label_at[0] + 1)[0]
            if label_found
            else fragment.span(a, b)[0],
            fragment.span(a, b)[1],
        )
        panels.append(
            Panel(
                fragment.text[a:b], whole, "panel.prose_list", sentence.passage, None, number, label
            )
        )
    return panels


def _days_from_statements(document: Document, panels: list[Panel]) -> None:
    """ "Le premier jour, X a animé la réunion sur …": the day of the panel that is meant."""
    pack = document.pack
    if all(p.day is not None for p in panels):
        return
    for sentence in document.running:
        found = pack.day_statement.search(sentence.key)
        if not found:
            continue
        day = ordinal_of(pack, found["ordinal"])
        if day is None:
            continue
        for panel in mentioned_panels(sentence.key, panels, pack):
            if panel.day is None:
                panel.day = day
