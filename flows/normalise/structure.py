"""Source text → passages: blocks that together account for every non-blank character.

The order of decisions: page furniture, rules, list marks and headings are recognised line by
line; lines are then joined into blocks, blocks cut by a page break into one; what is left over
is told apart as header, heading or paragraph by its shape and by what follows it. Marks are
weak evidence in this genre (siblings carry different ones), so no decision rests on the depth of
a Markdown heading alone.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from flows.normalise.dates import date_pattern
from flows.normalise.pack import Pack
from flows.normalise.text import Fragment, clean, fold_typography, key
from flows.source import Source

_RULE = re.compile(
    r"[ \t]*(?:[-–—_*=~.·•#][ \t]*){2,}$|[ \t]*[—_]{1,}[ \t]*$|[ \t|:+-]*-[ \t|:+-]*$"
)
_UNDERLINE = re.compile(r"[ \t]*(?:=[ \t]*){3,}$|[ \t]*-{5,}[ \t]*$")
_MARKDOWN_HEADING = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]*(?=[^\s#])")
_LIST_MARK = re.compile(
    r"""[ \t]*(?:>[ \t]*)?(?:
        (?P<bullet>[-–—*+•·◦§▪▫●○■□‣⁃➢➤►✓\uf0b7][ \t\u00a0]+(?=\S)|[•◦▪●○■‣](?=\w))
      | \*{0,2}(?P<number>\d{1,3}(?:\.\d{1,2})*[.)°]|\d{1,2}[ \t]*[-–—](?=[ \t]+\D))\*{0,2}[ \t\u00a0]+(?=\S)
      | \*{0,2}(?P<letter>\(?[a-z]\)|\([A-Z]\)|[A-Z][.)])\*{0,2}[ \t\u00a0]+(?=\S)
      | \*{0,2}(?P<roman>\(?[ivx]{1,5}\)|[IVX]{1,5}[.)]|[IVX]{1,5}[ \t]+[-–—])\*{0,2}[ \t\u00a0]+(?=\S)
    )""",
    re.VERBOSE,
)
_TABLE_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_PAGE_NUMBER = re.compile(
    r"[ \t]*[-–—|\[(]?[ \t]*\d{1,3}[ \t]*[-–—|\])]?[ \t]*$|[ \t]*[ivxl]{1,6}[ \t]*$"
)
_NOTE = re.compile(
    r"[ \t]*(?:<sup>(?P<tag>[^<]{1,6})</sup>|(?P<superscript>[⁰¹²³⁴-⁹ⁱ]+)|\[\^?(?P<bracket>\d{1,3})\]:?"
    r"|(?P<bare>\d{1,2})|(?P<star>\*{1,3}))[ \t\u00a0]*(?=[^\W\d_]|[«“\"])"
)
_FINAL = re.compile(r"[.!?…:;]['’»”\")\]*_]*$|[.!?…] ?[»”]$")
_BOLD = re.compile(r"[ \t]*(?:#{1,6}[ \t]*)?(\*\*|__)(?=\S).+(?<=\S)\1[ \t]*$", re.DOTALL)
_LONG_LINE = 140


@dataclass
class Passage:
    """A block of the document. `start`, `end` and `ranges` are source offsets."""

    kind: str
    ranges: list[tuple[int, int]]
    fragment: Fragment
    rule: str
    mark: str = ""
    mark_kind: str = ""
    bold: bool = False
    depth: int = 0
    indent: int = 0
    underlined: bool = False
    gap_before: bool = True
    section: int = 0

    @property
    def start(self) -> int:
        return self.ranges[0][0]

    @property
    def end(self) -> int:
        return self.ranges[-1][1]

    @property
    def text(self) -> str:
        return self.fragment.text


@dataclass
class _Block:
    """Lines that belong together, before they have become a passage."""

    kind: str
    ranges: list[tuple[int, int]]
    content: int = 0
    mark: str = ""
    mark_kind: str = ""
    depth: int = 0
    indent: int = 0
    underlined: bool = False
    gap_before: bool = True
    holds: list["_Block"] = field(default_factory=list)


def passages_of(source: Source, pack: Pack) -> list[Passage]:
    """Passages of a document in the order of the text; headings are told apart in `sections`."""
    text = source.text
    lines = _lines(text)
    width = _wrap_width(text, lines)
    furniture = _furniture(text, lines, pack)
    header_end = _header_end(text, lines, furniture, pack)
    blocks = _blocks(text, lines, width, furniture, header_end, pack)
    _tell_romans(blocks)
    blocks = _join_page_breaks(text, blocks, pack)
    keeps_hyphen = _Hyphens(text, pack.hyphen_prefixes)
    notes = {key(b.mark) for b in blocks if b.kind == "footnote" and b.mark.isdigit()}
    note_marks = (
        re.compile(
            rf"(?:(?<=[^\W\d_]{{3}})|(?<=[^\W\d_][.,;:»)]))(?:{'|'.join(sorted(notes))})(?=[\s.,;:»)]|$)"
        )
        if notes
        else None
    )
    passages = []
    for block in blocks:
        ranges = [
            (max(block.content, a) if i == 0 else a, b) for i, (a, b) in enumerate(block.ranges)
        ]
        fragment = clean(
            text, ranges, keeps_hyphen, note_marks if block.kind != "footnote" else None
        )
        if not len(fragment):
            # Marks without words (an empty list item, a row of dots) decorate like a rule.
            block.kind = "rule"
            start, end = block.ranges[0][0], block.ranges[-1][1]
            fragment = Fragment(
                text[start:end], list(range(start, end)), list(range(start + 1, end + 1))
            )
        passages.append(
            Passage(
                kind=block.kind,
                ranges=block.ranges,
                fragment=fragment,
                rule=f"structure.{block.kind}" + (f".{block.mark_kind}" if block.mark_kind else ""),
                mark=block.mark,
                mark_kind=block.mark_kind,
                bold=bool(_BOLD.match(text[ranges[0][0] : ranges[-1][1]]))
                or bool(_BOLD.match(text[block.ranges[0][0] : ranges[-1][1]])),
                depth=block.depth,
                indent=block.indent,
                underlined=block.underlined,
                gap_before=block.gap_before,
            )
        )
    return passages


def _lines(text: str) -> list[tuple[int, int]]:
    """Ranges of the lines without their ends; a form feed ends a line as well."""
    return [(m.start(), m.end()) for m in re.finditer(r"[^\n\f]*", text) if m.end() > m.start()]


def _wrap_width(text: str, lines: Sequence[tuple[int, int]]) -> int:
    """The column at which the text is hard-wrapped, 0 if it is not."""
    lengths = sorted(len(text[a:b].rstrip()) for a, b in lines if text[a:b].strip())
    if len(lengths) < 20 or lengths[int(len(lengths) * 0.97)] > _LONG_LINE:
        return 0
    return lengths[min(len(lengths) - 1, int(len(lengths) * 0.99))]


def _furniture(text: str, lines: Sequence[tuple[int, int]], pack: Pack) -> set[int]:
    """Indices of lines that belong to the page, not to the text: page numbers, running heads.

    A number alone on a line counts where it stands at a page's edge (between blank lines or at
    a form feed); a running head is a short line that recurs, digits aside, three times or more, or
    twice beside a page number or form feed. The first line of a text is its title and never one.
    """
    found: set[int] = set()
    stripped = [text[a:b].strip() for a, b in lines]
    feeds = [("\f" in text[max(0, a - 3) : a] or "\f" in text[b : b + 3]) for a, b in lines]

    def alone(i: int) -> bool:
        a, b = lines[i]
        before = text[:a].rstrip(" \t")
        after = text[b:].lstrip(" \t")
        return (before == "" or before.endswith(("\n\n", "\f", "\f\n"))) or (
            after == "" or after.startswith(("\n\n", "\f", "\n\f"))
        )

    for i, line in enumerate(stripped):
        if not line or i == 0:
            continue
        if (_PAGE_NUMBER.match(line) or pack.page_number.fullmatch(key(line))) and alone(i):
            found.add(i)
    shapes = [re.sub(r"\d+", "#", key(line)) if 0 < len(line) <= 110 else "" for line in stripped]
    counts = Counter(shapes)
    filled = [i for i, line in enumerate(stripped) if line]
    place = {line: n for n, line in enumerate(filled)}
    seen: set[str] = set()
    for i in filled:
        shape = shapes[i]
        if not shape or not re.search(r"[a-z]{3}", shape) or _RULE.match(stripped[i]):
            continue
        neighbours = [filled[n] for n in (place[i] - 1, place[i] + 1) if 0 <= n < len(filled)]
        at_edge = feeds[i] or any(n in found for n in neighbours)
        if (
            at_edge
            and alone(i)
            and place[i] > 6
            and len(shape) < 80
            and pack.series.search(key(stripped[i]))
        ):
            # The name of the meeting beside a page number is a running head.
            found.add(i)
            continue
        if (
            shape in seen
            and alone(i)
            and (
                (counts[shape] >= 2 and at_edge)
                or (counts[shape] >= 3 and pack.series.search(key(stripped[i])))
            )
        ):
            found.add(i)
        elif shape not in seen and at_edge and counts[shape] >= 2 and place[i] > 6:
            found.add(i)
        seen.add(shape)
    return found


def _header_end(
    text: str, lines: Sequence[tuple[int, int]], furniture: set[int], pack: Pack
) -> int:
    """Source offset at which the header block ends: where the first running text starts."""
    groups = _groups(text, lines)
    end = 0
    for group in groups:
        words = [i for i in group if i not in furniture and not _RULE.match(text, *lines[i])]
        if not words:
            continue
        first, last = lines[words[0]][0], lines[words[-1]][1]
        content = " ".join(text[first:last].split())
        heading = key(re.sub(r"^[#*_\s]+|[#*_\s:]+$", "", content))
        running = (
            content.rstrip("*_ ").endswith((".", ";")) and not _header_line(pack).search(key(content))
        ) or (len(content) > 70 and pack.took_place.search(key(content)) is not None)
        if (
            len(content) > 420
            or running
            or heading in pack.section_headings
            or (
                any(_numbered(text, lines[i]) for i in words)
                and not _header_line(pack).search(key(content))
            )
            or pack.panel_line.match(fold_typography(content.lstrip("#*_- ")))
            and not _header_line(pack).search(key(content))
        ):
            # A first paragraph glued to the header lines starts on its own line.
            if running or len(content) > 420:
                for i in words:
                    if len(text[slice(*lines[i])]) > 200 and i != words[0]:
                        return lines[i][0]
            return first
        end = last
    return end


@cache
def _header_line(pack: Pack) -> re.Pattern[str]:
    """Shapes that belong to a header even where the line ends with a full stop (key)."""
    types = "|".join(f"(?:{pattern.pattern})" for pattern, _ in pack.types)
    return re.compile(rf"^.{{0,90}}(?:{date_pattern(pack)}).{{0,60}}$|^[-–— ]*(?:{types})[-–— ]*$")


def _numbered(text: str, line: tuple[int, int]) -> bool:
    mark = _LIST_MARK.match(text, *line)
    return bool(mark and (mark["number"] or mark["bullet"] or mark["roman"]))


def _groups(text: str, lines: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Indices of lines, grouped by the blank lines between them."""
    groups: list[list[int]] = []
    last = -1
    for i, (a, b) in enumerate(lines):
        if not text[a:b].strip():
            continue
        if (
            groups
            and last >= 0
            and text[lines[last][1] : a].count("\n") == 1
            and "\f" not in text[lines[last][1] : a]
        ):
            groups[-1].append(i)
        else:
            groups.append([i])
        last = i
    return groups


def _blocks(
    text: str,
    lines: Sequence[tuple[int, int]],
    width: int,
    furniture: set[int],
    header_end: int,
    pack: Pack,
) -> list[_Block]:
    blocks: list[_Block] = []
    letters = {
        m["letter"] or m["roman"] for m in (_LIST_MARK.match(text, *line) for line in lines) if m
    }
    filled = [i for i, (a, b) in enumerate(lines) if text[a:b].strip()]
    for n, i in enumerate(filled):
        start, end = _trim(text, lines[i])
        line = text[start:end]
        gap = (
            not blocks
            or text[blocks[-1].ranges[-1][1] : start].count("\n") > 1
            or "\f" in text[blocks[-1].ranges[-1][1] : start]
        )
        previous = blocks[-1] if blocks else None
        if i in furniture:
            blocks.append(_Block("artefact", [(start, end)], start, gap_before=gap))
            continue
        if (
            previous
            and not gap
            and previous.kind == "text"
            and _UNDERLINE.match(line)
            and len(previous.ranges) == 1
        ):
            previous.underlined = True
            previous.depth = 1 if line.lstrip().startswith("=") else 2
            blocks.append(_Block("rule", [(start, end)], start, gap_before=gap))
            continue
        if _RULE.match(line):
            blocks.append(_Block("rule", [(start, end)], start, gap_before=gap))
            continue
        if start < header_end:
            heading = _MARKDOWN_HEADING.match(line)
            blocks.append(
                _Block(
                    "header",
                    [(start, end)],
                    start + (heading.end() if heading else 0),
                    gap_before=gap,
                )
            )
            continue
        note = _NOTE.match(line)
        if note and _is_note(text, blocks, lines, filled, n, note, furniture):
            mark = next(g for g in note.groups() if g)
            blocks.append(
                _Block("footnote", [(start, end)], start + note.end(), mark=mark, gap_before=gap)
            )
            continue
        heading = _MARKDOWN_HEADING.match(line)
        if heading:
            blocks.append(
                _Block(
                    "heading",
                    [(start, end)],
                    start + heading.end(),
                    depth=len(heading[1]),
                    gap_before=gap,
                )
            )
            continue
        indent = start - lines[i][0]
        if _TABLE_ROW.match(line):
            blocks.append(
                _Block(
                    "list_item", [(start, end)], start, mark="|", mark_kind="row", gap_before=gap
                )
            )
            continue
        mark = _LIST_MARK.match(line)
        if mark and mark["letter"] and not _letters_follow(mark["letter"], letters):
            mark = None  # "M. Vitorino"
        if mark and not _wrapped_into_mark(text, blocks, gap, width, mark):
            mark_kind = str(mark.lastgroup)
            bare = line[: mark.end()].strip("*> \t\u00a0")
            blocks.append(
                _Block(
                    "list_item",
                    [(start, end)],
                    start + mark.end(),
                    bare,
                    mark_kind,
                    indent=indent,
                    gap_before=gap,
                )
            )
            continue
        if (
            previous
            and not gap
            and previous.kind in ("text", "list_item", "footnote")
            and _continues(text, previous, start, width, pack)
        ):
            previous.ranges[-1] = (previous.ranges[-1][0], end)
            continue
        blocks.append(_Block("text", [(start, end)], start, indent=indent, gap_before=gap))
    return blocks


def _tell_romans(blocks: list[_Block]) -> None:
    """A single i, v or x beside Roman numerals is one of them, not a letter."""
    items = [b for b in blocks if b.kind == "list_item" and b.mark_kind in ("letter", "roman")]
    for before, block in zip([None, *items], items, strict=False):
        after = items[items.index(block) + 1] if items.index(block) + 1 < len(items) else None
        if block.mark_kind == "letter" and set(block.mark.strip("().").lower()) <= set("ivx"):
            if any(
                n and n.mark_kind == "roman" and n.mark.strip("().") != block.mark.strip("().")
                for n in (before, after)
            ):
                block.mark_kind = "roman"


def _letters_follow(mark: str, letters: set[str | None]) -> bool:
    """Whether a capital with a full stop is one of a row of letters, not an initial."""
    letter = mark.strip("()")
    if len(letter) != 2 or not letter[0].isupper() or letter[1] not in ".)":
        return True
    return any(chr(ord(letter[0]) + step) + letter[1] in letters for step in (-1, 1)) or (
        letter[0] in "IVX"
        and any(
            o in letters
            for o in ("II" + letter[1], "IV" + letter[1], "VI" + letter[1], "IX" + letter[1])
        )
    )


def _trim(text: str, line: tuple[int, int]) -> tuple[int, int]:
    start, end = line
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _wrapped_into_mark(
    text: str, blocks: list[_Block], gap: bool, width: int, mark: re.Match[str]
) -> bool:
    """Whether a dash or number at the start of a line is wrapped text, not a list mark."""
    if gap or not blocks or not width or blocks[-1].kind not in ("text", "list_item"):
        return False
    before = text[slice(*blocks[-1].ranges[-1])]
    if _FINAL.search(before):
        return False
    last = before.rsplit("\n", 1)[-1]
    full = len(last) + 8 >= width
    return full and mark[0].strip() != blocks[-1].mark


def _continues(text: str, block: _Block, start: int, width: int, pack: Pack) -> bool:
    """Whether the line at `start`, right below `block`, is the rest of it."""
    before = text[slice(*block.ranges[-1])]
    last = before.rsplit("\n", 1)[-1].strip()
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)].strip()
    if pack.field_label.match(fold_typography(line)) or pack.panel_line.match(
        fold_typography(line.lstrip("*_ "))
    ):
        return False
    if last.endswith(("-", "‐")) and line[:1].islower():
        return True
    if line[:1].islower() and not _FINAL.search(last):
        return True
    if not width:
        return pack.unfinished.search(key(last)) is not None
    first_word = line.split(maxsplit=1)[0]
    full = len(last) + 1 + len(first_word) >= width - 2 or len(last) >= 0.82 * width
    return full or pack.unfinished.search(key(last)) is not None


def _is_note(
    text: str,
    blocks: list[_Block],
    lines: Sequence[tuple[int, int]],
    filled: list[int],
    n: int,
    note: re.Match[str],
    furniture: set[int],
) -> bool:
    """Whether a line that starts with a note mark is a note: at the end or at a page's foot."""
    if note["tag"] or note["bracket"]:
        return True
    mark = note["superscript"] or note["star"] or note["bare"]
    if note["star"] and text[lines[filled[n]][0] : lines[filled[n]][1]].rstrip().endswith("*"):
        return False  # emphasis
    if note["star"]:
        # An item among items, or emphasis closed before, is no note.
        beside = [lines[filled[k]] for k in (n - 1, n + 1) if 0 <= k < len(filled)]
        if any(text[a:b].lstrip().startswith(mark + " ") for a, b in beside):
            return False
    if note["bare"] or note["star"]:
        # The mark must be referred to before, glued to a word.
        if not re.search(
            rf"[^\W\d_]{{2}}[.,;:»)]?(?<![*]){re.escape(mark)}(?=[\s.,;:»)]|$)",
            re.sub(r"(?<![\w*])[*]+(?=\S)[^*\n]*[*]+", "", text[: lines[filled[n]][0]]),
        ):
            return False
    if blocks and blocks[-1].kind in ("rule", "footnote", "artefact"):
        return True
    if note["superscript"]:
        return True
    following = [filled[k] for k in range(n + 1, min(n + 6, len(filled)))]
    return any(f in furniture or _RULE.match(text, *lines[f]) for f in following)


def _join_page_breaks(text: str, blocks: list[_Block], pack: Pack) -> list[_Block]:
    """Rejoins what a page break cut: see the source order of blocks, furniture in between."""
    joined: list[_Block] = []
    for block in blocks:
        if block.kind == "text":
            gap: list[_Block] = []
            position = len(joined) - 1
            while position >= 0 and joined[position].kind in ("artefact", "footnote", "rule"):
                if joined[position].kind == "rule" and not any(b.kind == "footnote" for b in gap):
                    break
                gap.append(joined[position])
                position -= 1
            head = joined[position] if position >= 0 else None
            if (
                head
                and head.kind in ("text", "list_item")
                and _goes_on(text, head, block, bool(gap), pack)
            ):
                head.ranges.extend(block.ranges)
                for between in gap:
                    # What stands at a page's edge inside a passage belongs to the page.
                    between.kind = "artefact"
                continue
        joined.append(block)
    for block in joined:
        if block.kind == "text":
            block.kind = "paragraph"
    _tell_numbered_paragraphs(text, joined)
    return joined


def _tell_numbered_paragraphs(text: str, blocks: list[_Block]) -> None:
    """Paragraphs numbered through a whole text carry their number as a mark, but are no list."""
    numbered = [
        b
        for n, b in enumerate(blocks)
        if b.kind == "list_item"
        and b.mark_kind == "number"
        and sum(end - start for start, end in b.ranges) > 160
        and len(re.findall(r"[.!?][»”)]?\s+[A-ZÀ-Þ«]", text[b.content : b.ranges[-1][1]])) >= 1
        and not (n + 1 < len(blocks) and blocks[n + 1].mark_kind == "bullet")
    ]
    if len(numbered) >= 3:
        for block in numbered:
            block.kind = "paragraph"


def _goes_on(text: str, head: _Block, tail: _Block, furniture: bool, pack: Pack) -> bool:
    before = text[slice(*head.ranges[-1])].rstrip(" *_")
    after = text[slice(*tail.ranges[0])].lstrip(' *_«“"(')
    if _FINAL.search(before) or head.mark_kind == "row":
        return False
    if pack.field_label.match(fold_typography(after)):
        return False
    if after[:1].islower() or pack.unfinished.search(key(before[-60:])):
        return True
    last = before.rsplit("\n", 1)[-1]
    return furniture and len(before) >= 80 and len(last) >= 40


@dataclass(frozen=True)
class _Hyphens:
    """Whether a hyphen at a line's end belongs to the word, from how the document writes it."""

    source: str
    prefixes: frozenset[str]

    @cached_property
    def _written(self) -> tuple[set[str], set[str]]:
        """The words, and the hyphenated compounds, of the whole text."""
        lowered = fold_typography(self.source).lower()
        return set(re.findall(r"[^\W\d_]+", lowered)), set(re.findall(r"\w+(?:-\w+)+", lowered))

    def __call__(self, left: str, right: str) -> bool:
        words, compounds = self._written
        left, right = fold_typography(left).lower(), fold_typography(right)
        last = left.rsplit("-", 1)[-1]
        if right[:1].isupper() or right[:1].isdigit() or last[-1:].isdigit():
            return True
        right = right.lower().split("'")[0].split("-")[0]
        if last + right in words:
            return False
        return last in self.prefixes or any(
            c.startswith(f"{last}-{right}") or f"-{last}-{right}" in c for c in compounds
        )
