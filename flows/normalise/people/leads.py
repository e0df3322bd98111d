"""What stands above, before or behind people and gives all of them a role.

A heading, a line that leads to a list, a label before a colon, the head of a column, the words of
a sentence before the first of several people, a note in brackets behind one: words come in, a role
goes out. `find`, `roles` and `appositions` ask.
"""

import re
from functools import cache

from flows.normalise.language.pack import Pack
from schemas.kinds import RoleKind

_LONGEST_LINE = 260  # characters of a line that leads to a list
_LONGEST_LEAD = 60  # characters of a clause that gives a role to those behind it
_MARKS = " *_-–—•:|.,()"
_INSIDE = re.compile(r"[.;] |\.$")  # ends what stands before it in a line that leads on


class Leads:
    """Reads leads in the words (keys) of one language."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def label(self, words: str) -> RoleKind | None:
        """The role that words name and nothing else, hours before them aside: "Moderator"."""
        plain = self._without_hours(words)
        numbered = self._pack.panel_numbered.match(plain)
        if numbered and numbered.end() < len(plain):
            plain = plain[numbered.end() :].strip(_MARKS)  # "Session 2 Panellists"
        return next(
            (r.role for r in self._pack.roles if r.label and r.label.fullmatch(plain)), None
        )

    def line(self, words: str) -> RoleKind | None:
        """The role that a heading or a line gives the people below it: "10:00 Opening remarks".

        Of running text, the last sentence leads on, and only with a colon at its end.
        """
        open_end = words.rstrip(" *_").endswith(":")
        last = _INSIDE.split(words.rstrip(" :*_"))[-1]
        if len(last) > _LONGEST_LINE or (not open_end and _INSIDE.search(words.rstrip())):
            return None
        return self.label(last) or self._led(self._without_hours(last))

    def before(self, words: str) -> RoleKind | None:
        """The role that the words of a sentence give the people right behind them.

        They lead to them when a colon stands there, or nothing but a preposition, an article or a
        form of "to be" behind the words for the role: "the panellists were".
        """
        plain = words.rstrip()
        if plain.endswith(":"):
            return self.line(plain)
        lead_end = self._pack.lead_end.search(plain)
        stop = lead_end.start() if lead_end else len(plain)
        start = max(0, stop - _LONGEST_LEAD, *(plain.rfind(mark, 0, stop) + 1 for mark in ",;:("))
        return self._led(plain[start:stop]) if lead_end else None

    def _led(self, words: str) -> RoleKind | None:
        return next((r.role for r in self._pack.roles if r.lead and r.lead.search(words)), None)

    def _without_hours(self, words: str) -> str:
        plain = words.strip(_MARKS)
        hours = self._pack.hours_before.match(plain)
        if hours and any(character.isdigit() for character in hours[0]):
            end = hours.end()
            while plain[:end][-1:].isalpha() and plain[end : end + 1].isalpha():
                end -= 1  # the "a" of "9 h a 10 h" may begin the next word
            plain = plain[end:]
        return plain.strip(_MARKS)


@cache
def leads(pack: Pack) -> Leads:
    """The reader of leads of a pack, made once."""
    return Leads(pack)
