"""The same document laid out or typeset in another way: what it says stays the same."""

import re
import textwrap
import unicodedata
from collections.abc import Callable

Variant = Callable[[str], str]

NBSP, NARROW, SOFT = "\u00a0", "\u202f", "\u00ad"
_BULLET = re.compile(r"^- ", re.MULTILINE)
_PANEL = re.compile(r"^- \**Panel (?P<number>\d)\** ?: (?P<title>.*)$", re.MULTILINE)
_SYLLABLE = re.compile(r"(?<=[aeiouéè])(?=[bcdfglmnprstv][aeiouéè])")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
ROMANS = [
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV"),
    *("XV", "XVI", "XVII", "XVIII", "XIX", "XX"),
]
_NUMBERS = ["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"]
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

    return "\n".join(
        form.format(unmarked(line)) if unmarked(line) in headings else line
        for line in text.split("\n")
    )


def unmarked(line: str) -> str:
    """A line without the marks of a heading."""
    return " ".join(line.replace("*", "").lstrip("# ").split())


def with_underlines(text: str, headings: list[str], rule: str) -> str:
    """The lines that hold these headings, underlined instead of marked."""
    return "\n".join(
        f"{unmarked(line)}\n{rule * min(70, len(unmarked(line)))}"
        if unmarked(line) in headings
        else line
        for line in text.split("\n")
    )


def with_numbers(text: str, headings: list[str], form: str) -> str:
    """The lines that hold these headings, numbered in `form`, anew under each day."""
    lines = []
    number = day = 0
    for line in text.split("\n"):
        heading = unmarked(line)
        if heading not in headings:
            lines.append(line)
            continue
        heading = re.sub(r"^\d\. ", "", heading)
        if "journée" in heading:
            day, number = day + 1, 0
            lines.append(f"{ROMANS[day - 1]}. {heading}")
        else:
            number += 1
            lines.append(form.format(n=number, heading=heading))
    return "\n".join(lines)


def broken(text: str, columns: int, hanging: str = "") -> str:
    """Lines filled up to `columns`, long words broken by a hyphen where they do not fit."""
    return "\n".join(
        line if line.startswith("#") else _filled(line, columns, hanging)
        for line in text.split("\n")
    )


def _filled(line: str, columns: int, hanging: str) -> str:
    margin = hanging if re.match(r"[-•] ", line) else ""
    lines: list[str] = []
    current = ""
    for word in line.split(" "):
        joint = " " if current.strip() else ""
        if len(current + joint + word) <= columns:
            current += joint + word
            continue
        room = columns - len(current + joint) - 1
        cuts = [
            cut.start()
            for cut in _SYLLABLE.finditer(word)
            if word.isalpha() and 3 <= cut.start() <= min(room, len(word) - 4)
        ]
        if cuts:
            lines.append(current + joint + word[: cuts[-1]] + "-")
            word = word[cuts[-1] :]
        else:
            lines.append(current)
        current = margin + word
    return "\n".join([*lines, current])


def relisted(text: str, mark: Callable[[int], str]) -> str:
    """Every list item with the mark of its place in the list, 0 for the first."""
    lines = []
    place = 0
    for line in text.split("\n"):
        if line.startswith("- "):
            line = f"{mark(place)} {line[2:]}"
            place += 1
        elif line.strip():
            place = 0
        lines.append(line)
    return "\n".join(lines)


def with_numbered_paragraphs(text: str, items: bool = False) -> str:
    """Long paragraphs numbered through the text; `items` of several sentences as well."""
    start = text.rfind("\n", 0, _body(text) - 1) + 1
    lines = []
    number = 0
    for line in text[start:].split("\n"):
        is_item = items and line.startswith("- ") and re.search(r"[.?] [A-ZÀÉ]", line) is not None
        is_text = line[:1].isupper() and not line.startswith(("Première journée", "Nécessité"))
        if len(line) > _LONG and (is_item or is_text):
            number += 1
            line = f"{number}. {line[2:] if is_item else line}"
        lines.append(line)
    return text[:start] + "\n".join(lines)


def with_panels(text: str, form: Callable[[int, str], str]) -> str:
    """The lines of the list of panels, written anew from number and title."""
    return _PANEL.sub(lambda line: form(int(line["number"]), line["title"]), text)


def with_notes(text: str, mark: str, note: str, sentence: str) -> str:
    """A note `mark` glued to a word of every fifth long passage, the notes behind a rule."""
    lines: list[str] = []
    notes: list[str] = []
    passages = 0
    for line in text.split("\n"):
        if len(line) > _LONG and line[0] not in "#<":
            passages += 1
            word = re.search(r"(?<=[a-zé]{4})(?= [a-zé]{3,})", line[60:])
            if passages % 5 == 2 and word:
                n = len(notes) + 1
                raised = str(n).translate(_RAISED)
                at = 60 + word.start()
                line = line[:at] + mark.format(n=n, raised=raised) + line[at:]
                notes.append(note.format(n=n, raised=raised) + sentence)
        lines.append(line)
    return "\n".join(lines).rstrip("\n") + "\n\n---\n\n" + "\n".join(notes) + "\n"


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
    "bullets ◦": lambda text: with_bullets(text, "◦ "),
    "bullets +": lambda text: with_bullets(text, "+ "),
    "items 1.": lambda text: relisted(text, lambda n: f"{n + 1}."),
    "items 1)": lambda text: relisted(text, lambda n: f"{n + 1})"),
    "items (1)": lambda text: relisted(text, lambda n: f"({n + 1})"),
    "items a)": lambda text: relisted(text, lambda n: f"{chr(97 + n)})"),
    "items (a)": lambda text: relisted(text, lambda n: f"({chr(97 + n)})"),
    "items A.": lambda text: relisted(text, lambda n: f"{chr(65 + n)}."),
    "items i)": lambda text: relisted(text, lambda n: f"{ROMANS[n].lower()})"),
    "items (i)": lambda text: relisted(text, lambda n: f"({ROMANS[n].lower()})"),
    "numbered paragraphs": with_numbered_paragraphs,
    "numbered paragraphs and items": lambda text: with_numbered_paragraphs(text, items=True),
    "numbered paragraphs, wrapped": lambda text: wrapped(with_numbered_paragraphs(text), 78),
    "wrapped at 60": lambda text: wrapped(text, 60),
    "wrapped at 78": lambda text: wrapped(text, 78, "  "),
    "wrapped at 100": lambda text: wrapped(text, 100),
    "wrapped at 60 and hyphens": lambda text: wrapped(text, 60, "  ", at_hyphens=True),
    "filled at 60": lambda text: broken(text, 60),
    "filled at 66 with CRLF": lambda text: broken(text, 66).replace("\n", "\r\n"),
    "filled at 72": lambda text: broken(text, 72, "  "),
    "filled at 80": lambda text: broken(text, 80),
    "hyphenated": hyphenated,
    "filled pages with furniture": lambda text: broken(
        with_page_breaks(text, "\n\n{n}\n\fOIM – Dialogue international sur la migration\n\n"), 80
    ),
    "wrapped with furniture": lambda text: with_furniture(
        wrapped(text, 70), "\n\n{n}\n\f\nDialogue international sur la migration 2022\n\n"
    ),
    "pages cut by blank lines": lambda text: with_page_breaks(text, "\n\n"),
    "pages cut by numbers": lambda text: with_page_breaks(text, "\n\n{n}\n\n"),
    "pages cut by form feeds": lambda text: with_page_breaks(text, "\n\f"),
    "pages cut by furniture": lambda text: with_page_breaks(
        text, "\n\n– {n} –\n\n\fIDM – CICG\n\n"
    ),
    "page numbers": lambda text: with_furniture(text, "\n\n{n}\n\n"),
    "form feeds": lambda text: with_furniture(text, "\n\f"),
    "furniture": lambda text: with_furniture(text, "\n\nPage {n}\n\n\fIDM – CICG\n\n"),
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

# Number and title of a panel → its line. What a list of panels says stays the same, but for what
# each is called.
PANEL_LINES: dict[str, Callable[[int, str], str]] = {
    "1.": lambda n, title: f"{n}. {title}",
    "a)": lambda n, title: f"{chr(96 + n)}) {title}",
    "(a)": lambda n, title: f"({chr(96 + n)}) {title}",
    "I.": lambda n, title: f"{ROMANS[n - 1]}. {title}",
    "bullets": lambda n, title: f"• {title}",
    "label, stop": lambda n, title: f"- Panel {n}. {title}",
    "Roman label": lambda n, title: f"Panel {ROMANS[n - 1]} - {title}",
    "label in words": lambda n, title: f"Panel {_NUMBERS[n - 1]} : {title}",
    "other word": lambda n, title: f"Table ronde {n} – {title}",
    "bold line": lambda n, title: f"**Panel {n} : {title}**\n",
    "label alone": lambda n, title: f"Panel {n}\n{title}\n",
    "time first": lambda n, title: f"1{n}:15-1{n}:50 Panel {n}: {title}",
    "pipes": lambda n, title: f"| Panel {n} | {title} |",
    "pipes without label": lambda n, title: f"| {n} | {title} |",
    "tabs": lambda n, title: f"Panel {n}\t{title}",
    "tabs without label": lambda n, title: f"{n}\t{title}",
    "spaces": lambda n, title: f"Panel {n}     {title}",
    "wrapped cells": lambda n, title: (
        f"Panel {n}     " + textwrap.fill(title, 50, subsequent_indent=" " * 12)
    ),
}

# Mark in the text, mark of the note.
NOTES = {
    "tags": ("<sup>{n}</sup>", "<sup>{n}</sup> "),
    "superscripts": ("{raised}", "{raised} "),
    "bare digits": ("{n}", "{n} "),
    "bare digits with a stop": ("{n}", "{n}. "),
    "brackets": ("[{n}]", "[{n}] "),
    "Markdown": ("[^{n}]", "[^{n}]: "),
}


def same_typography(text: str) -> str:
    """A text without what typographies change."""
    folded = unicodedata.normalize("NFC", text)
    for marks, plain in (("’‘", "'"), (f"{NBSP}{NARROW}", " "), ("\u2011", "-"), ("«»“”", '"')):
        folded = re.sub(f"[{marks}]", plain, folded)
    return re.sub(r'(?<=") | (?=[;:?!%"])', "", folded)
