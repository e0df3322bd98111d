"""Parts of a document: what each is about, where it starts, of what level its heading is.

A part starts at its heading (see `headings`); a part without one (the opening, the closing) is
known by the wording of its first sentence.
"""

import re
from collections.abc import Sequence

from flows.ground.folding import is_upper, key
from flows.normalise.language.pack import Pack
from flows.normalise.structure.day_labels import day_label
from flows.normalise.structure.document import Document, Section
from flows.normalise.structure.headings import (
    heading_key,
    heading_number,
    is_bare_label,
    mark_headings,
)
from flows.normalise.structure.passages import Passage

__all__ = ["day_label", "find_sections"]

_ASIDE = ("rule", "artefact", "footnote")
_LATE = 0.6  # share of the passages behind which a closing or remarks on the document stand
_LONGEST_LEAD = 400  # characters of a sentence that leads to a list or to another part
_LONGEST_WORDED = 90  # characters of a heading that is told by words it holds
_STOP_INSIDE = re.compile(r"\.\s")
_PARTS = ("closing", "notes", "opening", "panels", "front_matter")
_FIXED_KINDS = ("recommendations", *_PARTS)


def find_sections(document: Document) -> list[Section]:
    """Sections in order; marks heading passages (`kind`) and the section of each passage."""
    passages = document.passages
    mark_headings(passages, document.pack)
    sections = _Cutter(document).cut()
    _set_levels(sections, passages)
    for index, section in enumerate(sections):
        for passage in passages[section.start : section.end]:
            passage.section = index
    return sections


# ---------------------------------------------------------------- cutting


class _Cutter:
    """Goes through the passages of a document and starts a section where one starts."""

    def __init__(self, document: Document) -> None:
        self._passages = document.passages
        self._pack = document.pack
        self._sections = [Section("front_matter", 0, 0, "section.front")]
        self._seen_panels = False
        self._day: int | None = None
        self._after_header = next(
            (
                index
                for index, passage in enumerate(self._passages)
                if passage.kind not in ("header", "rule", "artefact")
            ),
            0,
        )

    def cut(self) -> list[Section]:
        """The sections, none of them empty but the first."""
        for index, passage in enumerate(self._passages):
            if passage.kind == "heading":
                self._at_heading(index, passage)
            elif passage.kind in ("paragraph", "list_item"):
                self._at_text(index, passage)
        self._sections[-1].end = len(self._passages)
        return [s for n, s in enumerate(self._sections) if n == 0 or s.end > s.start]

    @property
    def _kind(self) -> str:
        return self._sections[-1].kind

    def _start(self, kind: str, index: int, rule: str) -> None:
        """A section without a heading starts at a passage."""
        self._sections[-1].end = index
        self._sections.append(Section(kind, index, index, rule, day=self._day))
        self._seen_panels = self._seen_panels or kind == "panels"

    def _start_under(self, kind: str, index: int, rule: str) -> None:
        """A section starts with its heading."""
        self._start(kind, index, rule)
        section, passage = self._sections[-1], self._passages[index]
        section.heading, section.heading_passage = passage.fragment, index
        section.number = heading_number(passage)

    # ------------------------------------------------------------ at a heading

    def _at_heading(self, index: int, passage: Passage) -> None:
        plain = heading_key(passage.text)
        kind = self._pack.section_headings.get(plain) or _worded_kind(plain, self._pack)
        label = day_label(passage.text, self._pack)
        if label and (label[0] is not None or passage.rule == "heading.date"):
            self._at_day(index, passage, label[0])
        elif kind:
            self._at_named_heading(index, kind)
        elif self._pack.panel_label.match(key(passage.text)):
            self._start_under("synthesis", index, "section.panel_heading")
            self._seen_panels = True
        elif self._kind != "notes":
            self._start_under(self._kind_of_theme(index, passage), index, "section.heading")

    def _at_day(self, index: int, passage: Passage, day: int | None) -> None:
        """A day's heading: over its panels in the list of panels, or over what was said on it."""
        if self._heads_panels(index):
            self._seen_panels = True
            if self._kind != "panels":
                self._start("panels", index, "section.day")
            passage.rule = "panels.day"
        else:
            self._day = day
            self._start_under("synthesis", index, "section.day")

    def _heads_panels(self, index: int) -> bool:
        following = next((p for p in self._passages[index + 1 :] if p.kind not in _ASIDE), None)
        if following is None:
            return False
        if self._pack.panel_label.match(key(following.text)):
            return True
        return (
            self._kind in ("panels", "front_matter")
            and following.kind == "list_item"
            and len(following.text) < 260
            and not _STOP_INSIDE.search(following.text)
        )

    def _at_named_heading(self, index: int, kind: str) -> None:
        early = index < len(self._passages) / 2
        if kind == "closing" and early and all(s.kind != "synthesis" for s in self._sections):
            kind = "synthesis"  # "Conclusions" of the debates, not the end of the session
        if kind in ("recommendations", "closing", "notes", "synthesis"):
            self._day = None
        self._start_under(kind, index, "section.named")

    def _kind_of_theme(self, index: int, passage: Passage) -> str:
        """The kind of a part whose heading is a theme."""
        if self._kind == "recommendations" and self._is_deeper(passage):
            return "recommendations"
        leads_to_panels = (
            self._kind == "front_matter" and not self._seen_panels and self._precedes_panels(index)
        )
        return "panels" if leads_to_panels else "synthesis"

    def _is_deeper(self, passage: Passage) -> bool:
        """Whether a heading stands below the one of the current section."""
        above = self._sections[-1].heading_passage
        if above is None:
            return False
        parent = self._passages[above]
        if passage.depth:
            return 0 < parent.depth < passage.depth
        return is_upper(parent.text) and not is_upper(passage.text)

    def _precedes_panels(self, index: int) -> bool:
        following = [p for p in self._passages[index + 1 : index + 4] if p.kind not in _ASIDE]
        return any(self._pack.panel_label.match(key(p.text)) for p in following[:2])

    # ------------------------------------------------------------ at running text

    def _at_text(self, index: int, passage: Passage) -> None:
        if self._kind == "front_matter" and self._starts_panels(index, passage):
            self._start("panels", index, "section.panel_list")
        elif passage.kind == "paragraph" and not self._is_remark(index, passage):
            self._at_paragraph(index, passage)

    def _at_paragraph(self, index: int, passage: Passage) -> None:
        pack, lowered = self._pack, passage.fragment.lowered
        is_late = index > len(self._passages) * _LATE
        leads_to_synthesis = (
            len(lowered) < _LONGEST_LEAD and pack.synthesis_cue.search(lowered) is not None
        )
        if self._kind in ("panels", "front_matter"):
            self._behind_panels(index, passage, leads_to_synthesis)
        elif self._kind == "opening" and leads_to_synthesis:
            self._start("synthesis", index, "section.synthesis_sentence")
        elif (
            self._kind in ("synthesis", "recommendations")
            and is_late
            and pack.closing_cue.search(lowered[:300])
        ):
            self._day = None
            self._start("closing", index, "section.closing_wording")

    def _behind_panels(self, index: int, passage: Passage, leads_to_synthesis: bool) -> None:
        """A paragraph in the front matter or behind panels, unless a field ("Moderator: …")."""
        if self._pack.field_label.match(passage.fragment.folded):
            return
        lowered = passage.fragment.lowered
        opens = self._pack.opening_cue.search(lowered) is not None
        if leads_to_synthesis and self._seen_panels:
            self._start("synthesis", index, "section.synthesis_sentence")
        elif opens and index > self._after_header + 1 and len(lowered) > 80:
            self._start("opening", index, "section.opening_wording")
        elif (
            self._kind == "panels"
            and not self._sections[-1].heading
            and len(passage.text) > 160
            and not self._is_of_panels(index, passage)
        ):
            self._start("opening" if opens else "synthesis", index, "section.after_panels")

    def _is_remark(self, index: int, passage: Passage) -> bool:
        """A remark on the document: it stays where it is and starts no part."""
        lowered = passage.fragment.lowered
        return (
            self._kind != "notes"
            and index > len(self._passages) * _LATE
            and len(lowered) < 300
            and self._pack.notes_cue.search(lowered) is not None
        )

    def _starts_panels(self, index: int, passage: Passage) -> bool:
        """Whether a list of panels starts: with a label, or with a sentence that leads to it."""
        if index < self._after_header:
            return False
        if self._pack.panel_label.match(key(passage.text)):
            return True
        last = passage.fragment.lowered.rsplit(". ", 1)[-1]
        return (
            len(passage.text) < _LONGEST_LEAD
            and passage.text.rstrip().endswith(":")
            and self._pack.panel_lead_in.search(last) is not None
        )

    def _is_of_panels(self, index: int, passage: Passage) -> bool:
        """Whether a paragraph belongs to a list of panels."""
        return bool(
            is_bare_label(self._passages[index - 1], self._pack)
            or self._pack.panel_label.match(key(passage.text))
            or day_label(passage.text, self._pack)
            or passage.text.rstrip().endswith(":")
            or self._pack.field_label.match(passage.fragment.folded)
        )


def _worded_kind(plain: str, pack: Pack) -> str | None:
    """The kind whose words a heading holds ("Recommandations à l'intention des …")."""
    if len(plain) > _LONGEST_WORDED:
        return None
    return next(
        (kind for kind, words in pack.heading_patterns.items() if words.search(plain)), None
    )


# ---------------------------------------------------------------- levels


def _set_levels(sections: Sequence[Section], passages: Sequence[Passage]) -> None:
    """Levels: days above themes, numbered headings by their numbering, the rest by their marks.

    What stands under a heading such as "Synthèse" is below it, unless both are marked alike.
    """
    headed = [
        (section, passages[section.heading_passage])
        for section in sections
        if section.heading_passage is not None
    ]
    has_days = any(s.rule == "section.day" and s.kind == "synthesis" for s, _ in headed)
    under_day = False
    above: Passage | None = None  # the heading of the synthesis
    for (section, heading), rank in zip(headed, _ranks(headed), strict=True):
        is_named = section.rule == "section.named"
        stands_apart = section.kind in _FIXED_KINDS and (
            section.kind != "recommendations"
            or not has_days
            or heading.rule == "heading.section_word"
        )
        if is_named or stands_apart:
            is_part = section.kind in _PARTS or has_days
            section.level, under_day = 1 if is_part else rank, False
            above = heading if section.kind == "synthesis" else None
            continue
        base = 1 if above is not None and not _is_alike(heading, above) else 0
        if section.rule == "section.day":
            section.level, under_day = base + 1, True
        else:
            section.level = base + 2 if under_day else max(rank, base + 1)


def _is_alike(heading: Passage, above: Passage) -> bool:
    """Whether two headings carry the same mark, so that neither stands below the other."""
    if heading.depth or above.depth:
        return heading.depth == above.depth
    return bool(heading.mark_kind) and heading.mark_kind == above.mark_kind


def _ranks(headed: Sequence[tuple[Section, Passage]]) -> list[int]:
    """Rank of each heading among the styles of the document, 1 = outermost."""
    ranks = []
    stack: list[tuple[str, int]] = []  # styles that are open, with their ranks
    for section, heading in headed:
        number = (section.number or "").strip(".")
        if "." in number:
            ranks.append(number.count(".") + 1)
            continue
        _open(_style(heading, section.number or ""), stack)
        ranks.append(stack[-1][1])
    return ranks


def _open(style: str, stack: list[tuple[str, int]]) -> None:
    """Leaves a style on top of the stack of open styles, with its rank."""
    styles = [name for name, _ in stack]
    if style in styles:
        del stack[styles.index(style) + 1 :]
        return
    while len(stack) > 1 and not _is_below(style, stack[-1][0]):
        stack.pop()
    if not stack:
        stack.append((style, 1))
    elif _is_below(style, stack[-1][0]):
        stack.append((style, stack[-1][1] + 1))
    else:
        stack[-1] = (style, stack[-1][1])


def _style(heading: Passage, number: str) -> str:
    """How a heading looks: the kind of its number, capitals, or the depth of its mark."""
    if number and set(number) <= set("IVX"):
        return "number.roman"
    if number:
        return "number.digit" if number[0].isdigit() else "number.letter"
    return "capitals" if is_upper(heading.text) else f"plain.{heading.depth}"


_ORDER = {"number.roman": 0, "capitals": 0, "number.letter": 1, "number.digit": 1}


def _is_below(style: str, other: str) -> bool:
    """Whether headings of `style` stand below headings of the `other` style."""
    if style.startswith("plain.") and other.startswith("plain."):
        return int(style[6:]) > int(other[6:]) > 0
    if style in _ORDER and other in _ORDER:
        return _ORDER[style] > _ORDER[other]
    return style == "plain.0" and other in ("capitals", "number.roman")
