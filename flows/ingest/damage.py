"""Letters that were lost before a file came here: said with their place, or the text is refused.

U+FFFD stands for bytes that somebody could not read; mojibake is UTF-8 that somebody read as
Windows-1252 ("Ã©" for "é"). Neither is mended: what stood there would be guessed.
"""

import re
from dataclasses import replace

from flows.ground.source import Note
from flows.ingest.text import NotText, Reading

LOST = "\ufffd"
MOST_LOST = 0.02  # of the letters; the two documents with most accents have 4 % of them
FEWEST_LOST = 20  # fewer are damage, however short the text
_HIGH = "".join(bytes([n]).decode("cp1252", "ignore") or chr(n) for n in range(0x80, 0xC0))
_HIGH = re.escape(_HIGH)
_MOJIBAKE = re.compile(rf"[\u00c3-\u00df][{_HIGH}]|\u00c2[{_HIGH}]|[\u00e0-\u00ef][{_HIGH}]{{2}}")
_RUN = re.compile(rf"{LOST}+")
_WORD = re.compile(r"\S*$")
_LETTER = re.compile(r"[^\W\d_]")


def with_damage(reading: Reading) -> Reading:
    """The reading with a note for each line that has letters which were lost.

    Raises NotText where so many were lost that the text is not what its author wrote.
    """
    text = reading.text
    lost = [found.start() for found in _RUN.finditer(text)]
    garbled = [found.start() for found in _MOJIBAKE.finditer(text)]
    count = len(lost) + len(garbled)
    if not count:
        return reading
    if count > max(FEWEST_LOST, MOST_LOST * len(_LETTER.findall(text))):
        raise NotText(
            f"{count:,} letters of the text were lost when it was saved (U+FFFD, or like Ã©).",
            "Save the original again as UTF-8.",
            text.count("\n", 0, min([*lost, *garbled])) + 1,
        )
    notes = [
        *reading.notes,
        *_by_line(text, lost, "letters that were lost (U+FFFD)"),
        *_by_line(text, garbled, "letters of another encoding (as Ã© for é)"),
    ]
    return replace(reading, notes=tuple(sorted(notes, key=lambda note: note.offset)))


def _by_line(text: str, places: list[int], what: str) -> list[Note]:
    notes: dict[int, Note] = {}
    for place in places:
        line = text.rfind("\n", 0, place) + 1
        first = notes.get(line)
        if first:
            notes[line] = replace(first, count=first.count + 1)
        else:
            start = line + len(_WORD.sub("", text[line:place]))
            notes[line] = Note("damage", what, 1, place, text[start:].split(maxsplit=1)[0])
    return list(notes.values())
