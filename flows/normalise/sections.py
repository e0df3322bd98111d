"""Headings and parts: which passages are headings, of what level, and what each part is about.

A heading is known by its number, its emphasis, its isolation and by what follows it; a part
without a heading (the opening, the closing) by the wording of its first sentence.
"""

import re
from functools import lru_cache

from flows.normalise.dates import find_dates
from flows.normalise.document import Document, Section
from flows.normalise.pack import Pack, number_of, ordinal_of
from flows.normalise.structure import Passage
from flows.normalise.text import Fragment, fold_typography, key, lower, same_length_key

_NUMBER = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-H])(?:[.)]|[ \u00a0]?[-–—](?= ))[ \u00a0]*(?=\S)"
)
_FINAL = re.compile(r"[.!?…:;]['’»”\")\]]*$|[.!?] ?[»”]$")
_INTRODUCES = re.compile(r":['’»”\")\]]*$")


def find_sections(document: Document) -> list[Section]:
    """Sections in order; marks heading passages (`kind`) and the section of each passage."""
    passages, pack = document.passages, document.pack
    _mark_headings(passages, pack)
    sections = _cut(document)
    _set_levels(sections, passages)
    for index, section in enumerate(sections):
        for passage in passages[section.start : section.end]:
            passage.section = index
    return sections


def day_of(text: str, pack: Pack) -> int | None:
    """The day that a label such as "Deuxième journée" or "Jour 2" names."""
    found = pack.day_label.match(key(text).lstrip("-–— *_"))
    if not found:
        return None
    groups = found.groupdict()
    if groups.get("ordinal"):
        return ordinal_of(pack, groups["ordinal"])
    return number_of(pack, groups["number"]) if groups.get("number") else None


@lru_cache(maxsize=1024)
def day_label(text: str, pack: Pack) -> tuple[int | None, str] | None:
    """Day number (None where only a date is given) and what follows a day label at the start."""
    # A label stands at the start; what follows it is its theme.
    folded = fold_typography(text[:320]).strip("*_ -–—")
    plain = same_length_key(folded)
    found = pack.day_label.match(plain)
    if found:
        day = day_of(folded, pack)
        if day is None:
            return None
        rest = re.sub(r"^[ ,]*(?:\([^)]*\))?[ ,]*", "", folded[found.end() :])
        dates = find_dates(lower(rest), pack)
        if dates and dates[0].span[0] <= 4:
            rest = rest[dates[0].span[1] :]
        if (
            rest
            and not re.match(r"[ ,]*[:.–—|(-]", rest)
            and not re.match(r"^[ ,]*(?:\([^)]*\)|[:.–—|-]|,|$)", folded[found.end() :])
        ):
            return None
        return day, re.sub(r"^[ :.–—()-]+", "", rest).strip()
    dates = find_dates(lower(folded), pack)
    if dates and dates[0].span[0] <= 2 and dates[0].start == dates[0].end and len(folded) < 160:
        rest = folded[dates[0].span[1] :]
        if not rest.strip() or re.match(r"[ ,]*[:.–—|(-]", rest):
            return None, re.sub(r"^[ :.,–—|()-]+", "", rest).strip()
    return None


def _mark_headings(passages: list[Passage], pack: Pack) -> None:
    content = [i for i, p in enumerate(passages) if p.kind not in ("artefact", "rule", "footnote")]
    numbered = {
        i: m for i in content if (m := _number_of(passages[i])) and passages[i].kind != "header"
    }
    for place, i in enumerate(content):
        passage = passages[i]
        following = passages[content[place + 1]] if place + 1 < len(content) else None
        before = passages[content[place - 1]] if place else None
        if passage.kind == "heading":
            if len(passage.text) > 400:
                passage.kind, passage.rule = "paragraph", "structure.paragraph"
            continue
        if passage.kind not in ("paragraph", "list_item"):
            continue
        rule = _heading_rule(
            passage, before, following, numbered, i, content, place, passages, pack
        )
        if rule:
            passage.kind, passage.rule = "heading", rule
            if passage.mark and passage.mark_kind in ("number", "letter", "roman"):
                passage.fragment = _with_mark(passage)
            if passage.mark_kind == "bullet":
                passage.mark, passage.mark_kind = "", ""


def _with_mark(passage: Passage) -> Fragment:
    """The heading with its number, as printed."""
    mark = passage.mark + " "
    start = passage.start
    fragment = passage.fragment
    return Fragment(
        mark + fragment.text,
        [start] * len(mark) + fragment.starts,
        [start + 1] * len(mark) + fragment.ends,
    )


def _number_of(passage: Passage) -> str | None:
    if passage.mark_kind in ("number", "letter", "roman"):
        return passage.mark.strip("().°-–— ")
    found = _NUMBER.match(passage.text)
    return found["number"] if found else None


def _heading_rule(
    passage: Passage,
    before: Passage | None,
    following: Passage | None,
    numbered: dict[int, str],
    i: int,
    content: list[int],
    place: int,
    passages: list[Passage],
    pack: Pack,
) -> str | None:
    text = passage.text
    plain = key(re.sub(r"^(?:\d{1,2}[.)]|[ivxIVX]+[.)]|[A-H][.)])\s*", "", text)).strip(" :.*_-–—")
    if following is None or len(text) > 420:
        return None
    is_item = passage.kind == "list_item"
    if plain in pack.section_headings and passage.mark_kind in ("", "number", "letter", "roman"):
        return "heading.section_word"
    label = day_label(text, pack)
    if (
        label
        and not is_item
        and label[0] is not None
        and len(text) < 240
        and not re.search(r"[.;]$", text)
    ):
        return "heading.day"
    if (
        label
        and not is_item
        and label[0] is None
        and len(text) < 200
        and not re.search(r"[.;]$", text)
    ):
        return "heading.date"
    if pack.panel_label.match(key(text)) and not is_item:
        # A panel's label is a line of the list of panels, or a heading over what was said there.
        found = pack.panel_label.match(key(text))
        assert found
        if following.kind == "paragraph" and len(following.text) > 200 and len(text) < 300:
            return "heading.panel"
        return None
    if pack.field_label.match(fold_typography(text)):
        return None
    label_before = pack.panel_label.match(before.fragment.plain) if before else None
    if before and label_before and label_before.end() >= len(before.text.rstrip(" :*_")):
        return None  # the title on the line below a panel's label
    if passage.underlined:
        return "heading.underlined"
    introduces = bool(_INTRODUCES.search(text))
    sentences = len(re.findall(r"[.!?](?= [A-ZÀ-Þ«]|$)", text))
    upper = len(text) < 200 and _is_upper(text)
    if upper and not introduces and not is_item:
        return "heading.capitals"
    if is_item and passage.mark_kind in ("number", "letter", "roman"):
        if upper and len(text) < 200:
            return "heading.capitals"
        if passage.bold and not introduces and following.kind != "rule":
            return "heading.numbered_bold"
        sibling = (
            following.kind == "list_item"
            and following.mark_kind == passage.mark_kind
            and _next_number(passage, following)
        )
        short = sentences <= 1 and not _FINAL.search(text) and len(text) < 220
        stands = (
            not sibling
            and passage.gap_before
            and (following.gap_before or following.kind == "list_item")
        )
        has_peer = any(passages[j].mark_kind == passage.mark_kind and j != i for j in numbered)
        if (
            stands
            and has_peer
            and not introduces
            and (short or (following.mark_kind == "bullet" and sentences <= 2))
        ):
            return "heading.numbered"
        return None
    if is_item:
        return None
    if passage.bold and not introduces:
        if pack.section_cues["synthesis"].search(passage.fragment.lowered):
            return None
        nominal = not pack.section_cues["sentence_start"].match(passage.fragment.lowered)
        if _number_of(passage) or (
            sentences <= 1
            and len(text) < 300
            and (nominal or text.rstrip("*_ »”").endswith("?") or not _FINAL.search(text))
        ):
            return "heading.bold"
    if introduces or pack.section_cues["notes"].search(passage.fragment.lowered):
        return None
    if not _FINAL.search(text) or re.search(r"\?[»”\" ]*$", text):
        # A short line without a full stop, standing alone above running text.
        if (
            len(text) <= 220
            and sentences == 0
            or (re.search(r"\?[»”\" ]*$", text) and len(text) <= 220)
        ):
            if following.kind in ("paragraph", "list_item", "heading") and (
                passage.gap_before or (before and before.kind == "heading")
            ):
                return "heading.line"
        return None
    # A nominal sentence right above bullets: "Nécessité de renforcer … ."
    if (
        sentences <= 1
        and following.kind == "list_item"
        and following.mark_kind == "bullet"
        and passage.gap_before
        and not pack.section_cues["sentence_start"].match(passage.fragment.lowered)
    ):
        return "heading.nominal_sentence"
    return None


def _is_upper(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 5 and sum(c.isupper() for c in letters) / len(letters) > 0.85


def _next_number(passage: Passage, following: Passage) -> bool:
    return passage.mark_kind == following.mark_kind


def _cut(document: Document) -> list[Section]:
    """Sections from headings, and from wording where a part has no heading."""
    passages, pack = document.passages, document.pack
    sections: list[Section] = [Section("front_matter", 0, 0, "section.front")]
    kind = "front_matter"
    seen_panels = False
    day: int | None = None

    def start(
        new_kind: str, i: int, rule: str, heading: bool = False, number: str | None = None
    ) -> None:
        nonlocal kind
        sections[-1].end = i
        kind = new_kind
        sections.append(
            Section(
                new_kind,
                i,
                i,
                rule,
                passages[i].fragment if heading else None,
                i if heading else None,
                number=number,
                day=day,
            )
        )

    after_header = next(
        (
            i
            for i, p in enumerate(passages)
            if p.kind != "header" and p.kind not in ("rule", "artefact")
        ),
        0,
    )
    for i, passage in enumerate(passages):
        if passage.kind in ("artefact", "rule", "header"):
            continue
        lowered = passage.fragment.lowered
        if passage.kind == "heading":
            text = passage.text
            plain = key(
                re.sub(r"^(?:\d{1,2}(?:\.\d+)*[.)]?|[IVX]+[.)]|[A-H][.)])[ \u00a0–—-]*", "", text)
            ).strip(" :.*_-–—")
            word = pack.section_headings.get(plain) or _heading_kind(plain, pack)
            label = day_label(text, pack)
            number = _number_of(passage)
            if label and (label[0] is not None or passage.rule == "heading.date"):
                following = next(
                    (
                        p
                        for p in passages[i + 1 :]
                        if p.kind not in ("rule", "artefact", "footnote")
                    ),
                    None,
                )
                has_panels = following is not None and bool(
                    pack.panel_label.match(key(following.text))
                )
                lists = (
                    following is not None
                    and following.kind == "list_item"
                    and not re.search(r"\.\s", following.text)
                )
                if has_panels or (
                    lists
                    and kind in ("panels", "front_matter")
                    and len(following.text if following else "") < 260
                ):
                    seen_panels = True
                    if kind != "panels":
                        start("panels", i, "section.day")
                    passage.rule = "panels.day"
                    continue
                day = label[0]
                start("synthesis", i, "section.day", True, number)
                continue
            if pack.panel_label.match(key(text)) and not word:
                start("synthesis", i, "section.panel_heading", True, number)
                seen_panels = True
                continue
            if word:
                if (
                    word == "closing"
                    and any(s.kind in ("synthesis",) for s in sections) is False
                    and i < len(passages) / 2
                ):
                    word = "synthesis"
                if word in ("recommendations", "closing", "notes", "synthesis"):
                    day = None
                start(word, i, "section.heading", True, number)
                seen_panels = seen_panels or word == "panels"
                continue
            if kind in (
                "front_matter",
                "panels",
                "opening",
                "synthesis",
                "recommendations",
                "closing",
            ):
                new = (
                    "recommendations"
                    if kind == "recommendations" and _deeper(passage, sections[-1], passages)
                    else "synthesis"
                )
                if (
                    kind == "front_matter"
                    and not seen_panels
                    and _leads_to_panels(passages, i, pack)
                ):
                    new = "panels"
                    seen_panels = True
                start(new, i, "section.heading", True, number)
            continue
        if passage.kind == "footnote":
            continue
        if (
            kind != "notes"
            and passage.kind == "paragraph"
            and pack.section_cues["notes"].search(lowered)
            and i > len(passages) * 0.6
            and len(lowered) < 300
        ):
            # Remarks on the document stay where they are; they start no part.
            continue
        if kind == "front_matter" and i >= after_header and _panel_start(passage, pack):
            start("panels", i, "section.panel_list")
            seen_panels = True
            continue
        if (
            kind in ("panels", "front_matter")
            and passage.kind == "paragraph"
            and not pack.field_label.match(passage.fragment.folded)
        ):
            if (
                pack.section_cues["synthesis"].search(lowered)
                and len(lowered) < 400
                and seen_panels
            ):
                start("synthesis", i, "section.synthesis_sentence")
                continue
            if (
                i > after_header + 1
                and pack.section_cues["opening"].search(lowered)
                and len(lowered) > 80
            ):
                start("opening", i, "section.opening_wording")
                continue
            if (
                kind == "panels"
                and not _panel_part(passage, pack)
                and len(passage.text) > 160
                and not sections[-1].heading
            ):
                start(
                    "opening" if pack.section_cues["opening"].search(lowered) else "synthesis",
                    i,
                    "section.after_panels",
                )
                continue
        if (
            kind == "opening"
            and passage.kind == "paragraph"
            and pack.section_cues["synthesis"].search(lowered)
            and len(lowered) < 400
        ):
            start("synthesis", i, "section.synthesis_sentence")
            continue
        if (
            kind in ("synthesis", "recommendations")
            and passage.kind == "paragraph"
            and i > len(passages) * 0.6
        ):
            if pack.section_cues["closing"].search(lowered[:300]):
                day = None
                start("closing", i, "section.closing_wording")
    sections[-1].end = len(passages)
    return [s for n, s in enumerate(sections) if n == 0 or s.end > s.start]


def _heading_kind(plain: str, pack: Pack) -> str | None:
    """The kind whose words a heading holds ("Recommandations à l'intention des …")."""
    if len(plain) > 90:
        return None
    return next(
        (kind for kind, words in pack.heading_patterns.items() if words.search(plain)), None
    )


def _deeper(passage: Passage, section: Section, passages: list[Passage]) -> bool:
    if section.heading_passage is None:
        return False
    parent = passages[section.heading_passage]
    return bool(passage.depth and parent.depth and passage.depth > parent.depth) or (
        _is_upper(parent.text) and not _is_upper(passage.text) and not passage.depth
    )


def _leads_to_panels(passages: list[Passage], i: int, pack: Pack) -> bool:
    following = [
        p for p in passages[i + 1 : i + 4] if p.kind not in ("rule", "artefact", "footnote")
    ]
    return any(pack.panel_label.match(key(p.text)) for p in following[:2])


def _panel_start(passage: Passage, pack: Pack) -> bool:
    lowered = passage.fragment.lowered
    return bool(pack.panel_label.match(key(passage.text))) or (
        bool(pack.panel_lead_in.search(lowered.rsplit(". ", 1)[-1]))
        and passage.text.rstrip().endswith(":")
        and len(passage.text) < 400
    )


def _panel_part(passage: Passage, pack: Pack) -> bool:
    return bool(
        pack.panel_label.match(key(passage.text))
        or day_label(passage.text, pack)
        or passage.text.rstrip().endswith(":")
        or pack.field_label.match(passage.fragment.folded)
    )


def _set_levels(sections: list[Section], passages: list[Passage]) -> None:
    """Levels: days above themes, numbered headings by their numbering, the rest by their marks."""
    headed = [s for s in sections if s.heading is not None]
    if not headed:
        return

    def passage_of(section: Section) -> Passage:
        assert section.heading_passage is not None
        return passages[section.heading_passage]

    day_level = any(s.rule == "section.day" and s.kind == "synthesis" for s in headed)
    under_day = False
    ranks = _ranks(headed, passages)
    for section in headed:
        if section.rule == "section.day":
            section.level, under_day = 1, True
        elif section.kind in (
            "recommendations",
            "closing",
            "notes",
            "opening",
            "panels",
            "front_matter",
        ) and (
            passage_of(section).rule == "heading.section_word"
            or not day_level
            or section.kind != "recommendations"
        ):
            section.level, under_day = ranks.get(id(section), 1) if not day_level else 1, False
        elif under_day:
            section.level = 2
        else:
            section.level = ranks.get(id(section), 1)


def _ranks(headed: list[Section], passages: list[Passage]) -> dict[int, int]:
    """Rank of each heading among the styles of the document, 1 = outermost."""
    ranks: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    for section in headed:
        assert section.heading_passage is not None
        passage = passages[section.heading_passage]
        number = section.number or ""
        if number and "." in number.strip("."):
            ranks[id(section)] = number.strip(".").count(".") + 1
            continue
        style = _style(passage, number)
        styles = [s for s, _ in stack]
        if style in styles:
            del stack[styles.index(style) + 1 :]
        elif stack and _below(style, stack[-1][0]):
            stack.append((style, stack[-1][1] + 1))
        elif not stack:
            stack.append((style, 1))
        else:
            while len(stack) > 1 and not _below(style, stack[-1][0]):
                stack.pop()
            if not _below(style, stack[-1][0]):
                stack[-1] = (style, stack[-1][1])
            else:
                stack.append((style, stack[-1][1] + 1))
        ranks[id(section)] = stack[-1][1]
    return ranks


def _style(passage: Passage, number: str) -> str:
    if number:
        shape = (
            "roman" if set(number) <= set("IVX") else "digit" if number[0].isdigit() else "letter"
        )
        return f"number.{shape}"
    if _is_upper(passage.text):
        return "capitals"
    return f"plain.{passage.depth}"


def _below(style: str, other: str) -> bool:
    """Whether headings of `style` stand below headings of the `other` style."""
    order = {"number.roman": 0, "capitals": 0, "number.letter": 1, "number.digit": 1}
    if style.startswith("plain.") and other.startswith("plain."):
        return int(style[6:]) > int(other[6:]) > 0
    if style in order and other in order:
        return order[style] > order[other]
    return style.startswith("plain.0") and other in ("capitals", "number.roman")
