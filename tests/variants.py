"""The same document laid out or typeset in another way: what it says stays the same."""

import re
import textwrap
import unicodedata
from collections.abc import Callable

Variant = Callable[[str], str]

NBSP, NARROW, SOFT = "\u00a0", "\u202f", "\u00ad"
_BULLET = re.compile(r"^- ", re.MULTILINE)
_LONG = 140  # characters: such a line is a paragraph, not a line of the header


def wrapped(text: str, columns: int, hanging: str = "", at_hyphens: bool = False) -> str:
    """Lines broken at `columns`; `hanging` indents the further lines of list items.

    Markdown headings stay on one line: they have no other form.
    """
    return "\n".join(
        line
        if line.startswith("#")
        else textwrap.fill(
            line,
            columns,
            subsequent_indent=hanging if line.startswith("- ") else "",
            break_long_words=False,
            break_on_hyphens=at_hyphens,
        )
        for line in text.split("\n")
    )


def hyphenated(text: str) -> str:
    """Every third long word of the paragraphs broken by a hyphen and a line end."""
    count = 0

    def broken(word: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"{word[1]}-\n{word[2]}" if count % 3 == 0 else word[0]

    # Between a vowel and a consonant with its vowel, as printers do: "capitaine-rie".
    syllables = re.compile(
        r"(?<![\w'’-])([a-zéèêàçî]{3,}[aeiouéè])([bcdfglmnprstv][aeiouéè][a-zéèêàçî]+)(?![\w'’-])"
    )
    return _in_paragraphs(text, lambda line: syllables.sub(broken, line))


def with_bullets(text: str, mark: str) -> str:
    return _BULLET.sub(mark, text)


def with_page_breaks(text: str, gap: str) -> str:
    """Each long paragraph and list item but the first cut by `gap` before a word in lower case.

    `{n}` in the gap is the number of the page.
    """
    pages = iter(range(2, 1000))

    def cut(line: str) -> str:
        place = re.search(r"(?<=[a-zé]) (?=[a-zé]{5,} [a-zé])", line[len(line) // 2 :])
        if place is None:
            return line
        at = len(line) // 2 + place.start()
        return line[:at] + gap.format(n=next(pages)) + line[at + 1 :]

    body = _body(text)
    return text[:body] + _in_paragraphs(text[body:], cut)


def with_furniture(text: str, gap: str, every: int = 4) -> str:
    """`gap` for every so many of the blank lines between blocks, after the first paragraph."""
    body = _body(text)
    blocks = text[body:].split("\n\n")
    pieces = [
        block + (gap.format(n=n // every + 1) if n % every == every - 1 else "\n\n")
        for n, block in enumerate(blocks[:-1])
    ]
    return text[:body] + "".join(pieces) + blocks[-1]


def with_headings(text: str, headings: list[str], form: str) -> str:
    """The lines that hold these headings, set in `form` ("## {}") instead of their own marks."""

    def plain(line: str) -> str:
        return " ".join(line.replace("*", "").lstrip("# ").split())

    return "\n".join(
        form.format(plain(line)) if plain(line) in headings else line for line in text.split("\n")
    )


def _body(text: str) -> int:
    """Where the first paragraph ends."""
    first = re.search(rf".{{{_LONG}}}.*", text)
    return first.end() if first else len(text)


def _in_paragraphs(text: str, change: Variant) -> str:
    return "\n".join(
        change(line) if len(line) > _LONG and line[0] not in "#*" else line
        for line in text.split("\n")
    )


def _soft_hyphens(text: str) -> str:
    return re.sub(r"\b([a-z]{5})([a-z]{4,})\b", rf"\1{SOFT}\2", text)


def _spaced(space: str) -> Variant:
    return lambda text: re.sub(r"(?<=«) | (?=[;:?!%»])", space, text)


# What these change, no clean text shows.
LAYOUTS: dict[str, Variant] = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "byte-order mark": lambda text: "\ufeff" + text,
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "soft hyphens": _soft_hyphens,
    "no blank lines around": lambda text: text.strip("\n"),
    "more blank lines": lambda text: text.replace("\n\n", "\n\n\n\n"),
    "blank lines between items": lambda text: text.replace("\n- ", "\n\n- "),
    "blank lines with spaces": lambda text: text.replace("\n\n", "\n \t\n"),
    "trailing spaces": lambda text: text.replace("\n", "   \n"),
    "trailing tabs": lambda text: text.replace("\n", "\t\n"),
    "double spaces": lambda text: text.replace(". ", ".  "),
    "tabs after bullets": lambda text: with_bullets(text, "-\t"),
    "indented bullets": lambda text: with_bullets(text, "   - "),
    "bullets •": lambda text: with_bullets(text, "• "),
    "bullets *": lambda text: with_bullets(text, "* "),
    "bullets –": lambda text: with_bullets(text, "– "),
    "bullets ·": lambda text: with_bullets(text, "·\t"),
    "bullets §": lambda text: with_bullets(text, "§ "),
    "wrapped at 60": lambda text: wrapped(text, 60),
    "wrapped at 78": lambda text: wrapped(text, 78, "  "),
    "wrapped at 100": lambda text: wrapped(text, 100),
    "wrapped at 60 and hyphens": lambda text: wrapped(text, 60, "  ", at_hyphens=True),
    "hyphenated": hyphenated,
    "pages cut by blank lines": lambda text: with_page_breaks(text, "\n\n"),
    "pages cut by numbers": lambda text: with_page_breaks(text, "\n\n{n}\n\n"),
    "pages cut by form feeds": lambda text: with_page_breaks(text, "\n\f"),
    "pages cut by furniture": lambda text: with_page_breaks(
        text, "\n\n– {n} –\n\n\fOIM – Dialogue international sur la migration\n\n"
    ),
    "page numbers": lambda text: with_furniture(text, "\n\n{n}\n\n"),
    "form feeds": lambda text: with_furniture(text, "\n\f"),
    "furniture": lambda text: with_furniture(
        text, "\n\nPage {n} sur 40\n\n\fDocument de séance IDM\n\n"
    ),
    "deeper Markdown headings": lambda text: re.sub(r"^#+ ", "###### ", text, flags=re.MULTILINE),
    "higher Markdown headings": lambda text: re.sub(r"^#+ ", "# ", text, flags=re.MULTILINE),
}

# What these change, clean texts show, but nothing else.
TYPOGRAPHIES: dict[str, Variant] = {
    "typographic apostrophes": lambda text: text.replace("'", "’"),
    "other apostrophes": lambda text: text.replace("'", "‘"),
    "no-break spaces": _spaced(NBSP),
    "narrow no-break spaces": _spaced(NARROW),
    "no spaces": _spaced(""),
    "no-break hyphens": lambda text: re.sub(r"(?<=\w)-(?=[a-z])", "\u2011", text),
    "other quotes": lambda text: text.replace("« ", "“").replace(" »", "”"),
}


def same_typography(text: str) -> str:
    """A text without what typographies change."""
    folded = unicodedata.normalize("NFC", text)
    for marks, plain in (("’‘", "'"), (f"{NBSP}{NARROW}", " "), ("\u2011", "-"), ("«»“”", '"')):
        folded = re.sub(f"[{marks}]", plain, folded)
    return re.sub(r'(?<=") | (?=[;:?!%"])', "", folded)
