"""Automatic numbers of a Word document, written out as its reader sees them.

Word keeps for a paragraph only to which list and level it belongs; the number is counted when the
page is laid out. Bullets are left to be made into a list.
"""

from collections import defaultdict

from lxml import etree

from flows.ingest.revisions import Styles, attribute, child, local
from flows.ingest.tree import Element

_LEVELS = 9
_MOST = 3_999  # the largest number in Roman numerals
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def write_numbers(document: Element, part: Element | None, styles: Styles) -> None:
    """Put before the text of each numbered paragraph its number, in place of the reference."""
    lists = _Lists(part)
    for paragraph in document.iter("{*}p"):
        properties = child(paragraph, "pPr")
        name = attribute(child(properties, "pStyle"), "val")
        own = child(properties, "numPr")
        inherited = [
            n for one in styles.chain(name) if (n := child(one, "pPr", "numPr")) is not None
        ]
        number = _value([own, *inherited], "numId")
        level = _value([own, *inherited], "ilvl") or "0"
        if own is None and inherited and (of_style := lists.level_of_style(number, name)):
            level = of_style
        if number is None or number == "0" or not level.isdigit() or int(level) >= _LEVELS:
            continue
        label = lists.next(number, int(level))
        if label is None or not _has_text(paragraph):
            continue
        _write(paragraph, properties, own, label)


def _value(properties: list[Element | None], name: str) -> str | None:
    return next((v for one in properties if (v := attribute(child(one, name), "val"))), None)


def _has_text(paragraph: Element) -> bool:
    return any((one.text or "").strip() for one in paragraph.iter("{*}t"))


def _write(paragraph: Element, properties: Element | None, own: Element | None, label: str) -> None:
    space = etree.QName(paragraph).namespace
    first = next(one for one in paragraph.iter("{*}t") if (one.text or "").strip())
    if label:
        first.text = f"{label} {(first.text or '').lstrip()}"
    if properties is None:
        properties = etree.Element(f"{{{space}}}pPr")
        paragraph.insert(0, properties)
    if own is not None:
        properties.remove(own)
    none = etree.SubElement(properties, f"{{{space}}}numPr")
    for name, value in (("ilvl", "0"), ("numId", "0")):
        etree.SubElement(none, f"{{{space}}}{name}").set(f"{{{space}}}val", value)


class _Lists:
    """The lists of a document, and how far each has been counted."""

    def __init__(self, part: Element | None) -> None:
        children = [] if part is None else list(part)
        self._abstract = {
            attribute(a, "abstractNumId"): a for a in children if local(a) == "abstractNum"
        }
        self._numbers = {attribute(n, "numId"): n for n in children if local(n) == "num"}
        self._counts: dict[object, list[int]] = defaultdict(lambda: [0] * _LEVELS)
        self._started: set[tuple[str, int]] = set()

    def next(self, number: str, level: int) -> str | None:
        """Count one on, and write its number; None where the list has a bullet or is not there."""
        own = self._level(number, level)
        if own is None or attribute(child(own, "numFmt"), "val") == "bullet":
            return None
        counts = self._counts[self._abstract_of(number)]
        override = self._override(number, level)
        start = attribute(child(override, "startOverride"), "val")
        if start is not None and (number, level) not in self._started:
            counts[level] = int(start) - 1
        elif not counts[level]:
            counts[level] = _start(own) - 1
        self._started.add((number, level))
        counts[level] += 1
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        text = attribute(child(own, "lvlText"), "val") or ""
        for above in range(level + 1):
            of = self._level(number, above)
            shape = attribute(child(of, "numFmt"), "val") or "decimal"
            if child(own, "isLgl") is not None:
                shape = "decimal"
            count = counts[above] or _start(of)
            text = text.replace(f"%{above + 1}", _written(count, shape))
        return text.strip()

    def level_of_style(self, number: str | None, style: str | None) -> str | None:
        """The level of a list that belongs to a style, where one does."""
        levels = [self._level(str(number), level) for level in range(_LEVELS)]
        return next(
            (
                str(at)
                for at, one in enumerate(levels)
                if style and attribute(child(one, "pStyle"), "val") == style
            ),
            None,
        )

    def _abstract_of(self, number: str) -> str | None:
        return attribute(child(self._numbers.get(number), "abstractNumId"), "val")

    def _override(self, number: str, level: int) -> Element | None:
        num = self._numbers.get(number)
        return next(
            (
                one
                for one in (() if num is None else num)
                if local(one) == "lvlOverride" and attribute(one, "ilvl") == str(level)
            ),
            None,
        )

    def _level(self, number: str, level: int) -> Element | None:
        override = child(self._override(number, level), "lvl")
        if override is not None:
            return override
        abstract = self._abstract.get(self._abstract_of(number))
        linked = attribute(child(abstract, "numStyleLink"), "val")
        if linked is not None:
            abstract = next(
                (
                    a
                    for a in self._abstract.values()
                    if attribute(child(a, "styleLink"), "val") == linked
                ),
                abstract,
            )
        return next(
            (
                one
                for one in (() if abstract is None else abstract)
                if local(one) == "lvl" and attribute(one, "ilvl") == str(level)
            ),
            None,
        )


def _start(level: Element | None) -> int:
    value = attribute(child(level, "start"), "val") or "1"
    return int(value) if value.isdigit() else 1


def _written(count: int, shape: str) -> str:
    """A number in one of Word's shapes."""
    if shape == "none":
        return ""
    if shape in ("lowerLetter", "upperLetter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if shape == "upperLetter" else letter
    if shape in ("lowerRoman", "upperRoman") and 0 < count <= _MOST:
        numeral = ""
        for value, letters in _ROMAN:
            numeral += letters * (count // value)
            count %= value
        return numeral if shape == "upperRoman" else numeral.lower()
    return f"{count:02}" if shape == "decimalZero" else str(count)
