"""Which passages are headings: known by number, emphasis, isolation and by what follows them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flows.ground.folding import fold_typography, is_upper, key
from flows.ground.fragment import Fragment
from flows.normalise.language.pack import Pack
from flows.normalise.structure.day_labels import day_label
from flows.normalise.structure.passages import Passage

NUMBERED = ("number", "letter", "roman")
"""Kinds of list marks that number their item."""

_NUMBER = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-H])"
    r"(?:[.)]|[ \u00a0]?[-–—](?= ))[ \u00a0]*(?=\S)"
)
_LEADING_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d+)*[.)]?|[ivxIVX]+[.)]|[A-H][.)])[ \u00a0–—-]*")
_FINAL = re.compile(r"[.!?…:;]['’»”\")\]]*$|[.!?] ?[»”]$")
_INTRODUCES = re.compile(r":['’»”\")\]]*$")
_STOP = re.compile(r"[.;]$")
_QUESTION = re.compile(r"\?[»”\" ]*$")
_SENTENCE_END = re.compile(r"[.!?](?= [A-ZÀ-Þ«]|$)")
# The longest headings of each kind, in characters.
_LONGEST, _LONGEST_DAY, _LONGEST_DATE, _LONGEST_CAPITALS = 420, 240, 200, 200
_LONGEST_LINE, _LONGEST_BOLD, _LONGEST_PANEL = 220, 300, 300
_ABOVE = 3  # passages above one that may be a heading, looked at
_RUNNING_TEXT = 200  # a paragraph longer than this is running text under its heading


def mark_headings(passages: Sequence[Passage], pack: Pack) -> None:
    """Tells headings among the paragraphs and list items: sets `kind`, `rule` and the fragment."""
    content = [p for p in passages if p.kind not in ("artefact", "rule", "footnote")]
    peers = Counter(p.mark_kind for p in content if p.kind != "header")
    for place, passage in enumerate(content):
        if passage.kind == "heading" and len(passage.text) > 400:
            passage.kind, passage.rule = "paragraph", "structure.paragraph"
        elif passage.kind in ("paragraph", "list_item") and place + 1 < len(content):
            candidate = _Candidate(
                passage, content[max(0, place - _ABOVE) : place], content[place + 1], pack
            )
            rule = candidate.rule(peers[passage.mark_kind] > 1)
            if rule:
                _make_heading(passage, rule)


def is_bare_label(passage: Passage, pack: Pack) -> bool:
    """Whether a passage is a panel's label and no more: the title is on the next line."""
    label = pack.panel_label.match(passage.fragment.plain)
    return label is not None and label.end() >= len(passage.text.rstrip(" :*_"))


def heading_key(text: str) -> str:
    """What a heading says: its key without number, marks and separators at either side."""
    return key(_LEADING_NUMBER.sub("", text)).strip(" :.*_-–—")


def heading_number(passage: Passage) -> str | None:
    """The number of a passage as printed, from its mark or the start of its text."""
    if passage.mark_kind in NUMBERED:
        return passage.mark.strip("().°-–— ")
    found = _NUMBER.match(passage.text)
    return found["number"] if found else None


def _make_heading(passage: Passage, rule: str) -> None:
    passage.kind, passage.rule = "heading", rule
    if passage.mark and passage.mark_kind in NUMBERED:
        passage.fragment = _with_mark(passage)
    if passage.mark_kind == "bullet":
        passage.mark, passage.mark_kind = "", ""


def _with_mark(passage: Passage) -> Fragment:
    """The heading with its number, as printed."""
    mark, start, fragment = passage.mark + " ", passage.start, passage.fragment
    return Fragment(
        mark + fragment.text,
        [*[start] * len(mark), *fragment.starts],
        [*[start + 1] * len(mark), *fragment.ends],
    )


@dataclass(frozen=True)
class _Candidate:
    """A passage that may be a heading, with what stands before and behind it."""

    passage: Passage
    above: Sequence[Passage]
    following: Passage
    pack: Pack

    @property
    def before(self) -> Passage | None:
        """The passage right above it."""
        return self.above[-1] if self.above else None

    def rule(self, has_peers: bool) -> str | None:
        """The rule by which it is a heading, None if it is none.

        `has_peers`: other passages are numbered in the same way.
        """
        passage, text = self.passage, self.passage.text
        is_numbered = passage.mark_kind in NUMBERED
        if len(text) > _LONGEST:
            return None
        if heading_key(text) in self.pack.section_headings and (
            is_numbered or not passage.mark_kind
        ):
            return "heading.section_word"
        if passage.kind == "paragraph":
            by_label = self._by_label_of_day()
            if by_label:
                return by_label
        if (passage.kind == "paragraph" or is_numbered) and self.pack.panel_label.match(key(text)):
            return self._by_label_of_panel()
        if self.pack.field_label.match(fold_typography(text)) or self._is_title_of_panel():
            return None
        if passage.underlined:
            return "heading.underlined"
        if passage.kind == "list_item":
            return self._as_numbered_item(has_peers) if is_numbered else None
        return self._as_paragraph()

    @property
    def _introduces(self) -> bool:
        return _INTRODUCES.search(self.passage.text) is not None

    @property
    def _sentences(self) -> int:
        """How many sentences end in it."""
        return len(_SENTENCE_END.findall(self.passage.text))

    @property
    def _is_capitals(self) -> bool:
        text = self.passage.text
        return len(text) < _LONGEST_CAPITALS and is_upper(text)

    @property
    def _is_nominal(self) -> bool:
        """Whether it starts with a bare noun, as no sentence does."""
        cue = self.pack.sentence_start
        return not cue.match(self.passage.fragment.lowered)

    def _by_label_of_day(self) -> str | None:
        text = self.passage.text
        label = day_label(text, self.pack)
        if label is None or _STOP.search(text):
            return None
        if label[0] is not None:
            return "heading.day" if len(text) < _LONGEST_DAY else None
        return "heading.date" if len(text) < _LONGEST_DATE else None

    def _by_label_of_panel(self) -> str | None:
        """A panel's label is a line of the list of panels, or heads what was said there."""
        following = self.following
        above = [p for p in self.above if p.rule not in ("heading.day", "heading.date")]
        if above and self._is_of_panels(above[-1]):
            return None
        heads = following.kind == "paragraph" and len(following.text) > _RUNNING_TEXT
        return "heading.panel" if heads and len(self.passage.text) < _LONGEST_PANEL else None

    def _is_of_panels(self, passage: Passage) -> bool:
        """Whether a passage is a panel's label in the list of panels, or leads to that list."""
        if passage.kind == "heading" or len(passage.text) > _LONGEST_PANEL:
            return False
        label = self.pack.panel_label.match(passage.fragment.plain)
        return label is not None or _INTRODUCES.search(passage.text) is not None

    def _is_title_of_panel(self) -> bool:
        """Whether it is the title on the line below a panel's label."""
        return self.before is not None and is_bare_label(self.before, self.pack)

    def _as_numbered_item(self, has_peers: bool) -> str | None:
        passage, following = self.passage, self.following
        if self._is_capitals:
            return "heading.capitals"
        if self._introduces:
            return None
        if passage.bold:
            return "heading.numbered_bold"
        is_item = following.kind == "list_item"
        if is_item and following.mark_kind == passage.mark_kind:
            return None
        text, sentences = passage.text, self._sentences
        short = sentences <= 1 and not _FINAL.search(text) and len(text) < _LONGEST_LINE
        above_bullets = following.mark_kind == "bullet" and sentences <= 2
        stands = passage.gap_before and (following.gap_before or is_item)
        return "heading.numbered" if stands and has_peers and (short or above_bullets) else None

    def _as_paragraph(self) -> str | None:
        passage, text = self.passage, self.passage.text
        lowered, pack = passage.fragment.lowered, self.pack
        if self._introduces:
            return None
        if self._is_capitals:
            return "heading.capitals"
        if passage.bold:
            if pack.synthesis_cue.search(lowered):
                return None
            if heading_number(passage) or self._is_bold_line():
                return "heading.bold"
        if pack.notes_cue.search(lowered):
            return None
        if _QUESTION.search(text) or not _FINAL.search(text):
            return "heading.line" if self._stands_above_text() else None
        return "heading.nominal_sentence" if self._heads_items() else None

    def _is_bold_line(self) -> bool:
        text = self.passage.text
        is_question = text.rstrip("*_ »”").endswith("?")
        return (
            self._sentences <= 1
            and len(text) < _LONGEST_BOLD
            and (self._is_nominal or is_question or not _FINAL.search(text))
        )

    def _stands_above_text(self) -> bool:
        """A short line without a full stop, standing alone above running text."""
        passage, text = self.passage, self.passage.text
        is_line = self._sentences == 0 or _QUESTION.search(text) is not None
        return (
            is_line
            and len(text) <= _LONGEST_LINE
            and self.following.kind in ("paragraph", "list_item", "heading")
            and (passage.gap_before or (self.before is not None and self.before.kind == "heading"))
        )

    def _heads_items(self) -> bool:
        """A nominal sentence right above items or numbered text: "Nécessité de renforcer … ."."""
        return (
            self._sentences <= 1
            and self.following.mark_kind in ("bullet", *NUMBERED)
            and self.passage.gap_before
            and (self._is_nominal or self._states_theme_of_day())
        )

    def _states_theme_of_day(self) -> bool:
        """A sentence between a day's heading and bullets, in which nobody says anything."""
        lowered, pack = self.passage.fragment.lowered, self.pack
        return (
            self.before is not None
            and self.before.rule == "heading.day"
            and len(lowered) < _LONGEST_LINE
            and not pack.reporting.search(lowered)
            and not pack.reporting_present.search(lowered)
        )
