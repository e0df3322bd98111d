"""What the words of a person's function say: which body, which country, which sector."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from flows.ground.folding import fold_typography, key, lower, same_length_key
from flows.normalise.language.names import Names
from flows.normalise.language.pack import Pack
from flows.normalise.text.fragment import AROUND

# A capitalised name behind common words in lower case.
_COMMON_AND_PROPER = re.compile(
    r"(?:[a-zà-ÿœ'’-]+ )+?(?P<name>[A-ZÀ-ÖØ-Þ][\w&'’.-]*(?: [A-ZÀ-ÖØ-Þ][\w&'’.-]*)*)$"
)

_CAPITAL_INSIDE = re.compile(r"[a-z][A-Z]")  # as in the names of firms


@dataclass(frozen=True)
class Office:
    """A function as printed, and what it says. `position` is None where only a body is named."""

    position: str | None
    organisation: str | None
    country_code: str | None
    sector: str | None


@cache
def _link_end(pack: Pack) -> re.Pattern[str]:
    """The end of a text (key) that leads from a function to its body."""
    return re.compile(rf"(?:{pack.body_link.pattern}|, )$")


@cache
def _unlisted_body(pack: Pack) -> re.Pattern[str]:
    """Capitalised words behind a link, as group `name`: a body that no list has."""
    shapes = pack.shapes
    small = shapes["body_particle"].pattern
    return re.compile(
        rf"(?:{pack.body_link.pattern}){shapes['company'].pattern}?"
        rf"(?P<name>[A-ZÀ-ÖØ-Þ][\w&'’.-]*(?: (?:[A-ZÀ-ÖØ-Þ&][\w&'’.-]*|{small}))*)"
    )


class Functions:
    """Reads functions."""

    def __init__(self, pack: Pack, names: Names) -> None:
        self._pack, self._shapes, self._names = pack, pack.shapes, names

    def office(self, text: str) -> Office:
        """What is said of a person in words as printed: a function, a body or a state alone."""
        states = self._names.countries.find(fold_typography(text))
        if states and states[0].start == 0 and states[0].end == len(text):
            return Office(None, None, states[0].target, "government")
        if self._is_body_alone(text):
            alone = self._without_place(text)
            return Office(None, alone, self.country(text), self.sector(text, alone))
        body = self._organisation(text)
        return Office(text, body, self.country(text), self.sector(text, body))

    def affiliation(self, text: str) -> Office:
        """What the body says that a person represents, given with an article and more behind it."""
        seat = self._pack.seat.search(same_length_key(fold_typography(text)))
        text = text[: seat.start()].rstrip(AROUND) if seat else text
        article = self._shapes["article"].match(text)
        text = text[article.end() :] if article else text
        comma = text.find(", ")
        if comma > 0 and not self._names.organisations.find(fold_typography(text)):
            text = text[:comma]
        text = self._proper(text)
        if not self.names_body(text):
            return Office(None, None, None, None)  # people: "la jeunesse du Sahel"
        # "En représentation de la Ministre …": whoever holds an office is no body.
        body = None if self._pack.function.match(key(text)) else text
        return Office(None, body, self.country(text), self.sector(text, body))

    def names_body(self, text: str) -> bool:
        """Whether a text as printed holds a body or starts like a name."""
        return bool(
            self._names.organisations.find(fold_typography(text))
            or self._pack.body.search(key(text))
            or text[:1].isupper()
        )

    def _is_body_alone(self, text: str) -> bool:
        plain = key(text)
        function = self._pack.function
        if function.match(plain):
            return False
        known = self._names.organisations.find(fold_typography(text))
        if known and known[0].start == 0:
            return not function.match(key(text[known[0].end :]).lstrip(" ,"))
        return bool(self._pack.body.match(plain)) or (text[:1].isupper() and len(text.split()) <= 4)

    def _without_place(self, body: str) -> str:
        """A body without the place behind a comma: "Institut de X, Sète"."""
        before, comma, behind = body.rpartition(", ")
        plain = key(behind)
        is_place = len(plain.split()) <= 2 and not (
            self._pack.body.search(plain) or self._pack.function.match(plain)
        )
        known = self._names.organisations.find(fold_typography(body))
        is_name = any(match.end > len(before) for match in known)
        return before if comma and is_place and not is_name else body

    # ------------------------------------------------------------ the body

    def _organisation(self, position: str) -> str | None:
        """The body that a function belongs to, as printed; None for an office of a state."""
        folded = fold_typography(position)
        plain = same_length_key(folded)
        for start, end in reversed(list(self._single_functions(plain))):
            # Words for the post a state holds with a body: that body is not the person's.
            accredited = self._shapes["accredited"].search(plain, start, end)
            limit = accredited.start() if accredited else end
            for match in self._names.organisations.find(folded):
                if start <= match.start and match.end <= limit:
                    return position[match.start : match.end]
            if self._pack.not_body.search(plain, start, end):
                continue
            body = self._body_start(folded, plain, start, limit)
            if body is not None:
                stop = self._body_end(folded, plain, body, limit)
                return self._proper(position[body:stop].rstrip(AROUND))
            name = self._unlisted(position, folded, start, limit)
            if name:
                return name
        return None

    def _single_functions(self, plain: str) -> Iterator[tuple[int, int]]:
        """Ranges of the single functions of a position: "ambassadrice et Représentante …"."""
        start = 0
        for joint in self._shapes["next_function"].finditer(plain):
            if self._pack.function.match(plain, joint.end()):
                yield start, joint.end()
                start = joint.end()
        yield start, len(plain)

    def _body_start(self, folded: str, plain: str, start: int, limit: int) -> int | None:
        """Where the body of a function starts: at a word for a body that the function leads to."""
        body: int | None = None
        lowered = lower(folded)
        for found in self._pack.body.finditer(plain, start, limit):
            if found.start() == start:
                continue
            if body is None:
                leads_to_it = _link_end(self._pack).search(plain, start, found.start())
            else:  # the body that the first one belongs to
                leads_to_it = self._pack.body_of_body.search(lowered, start, found.start())
            if leads_to_it:
                body = found.start()
        return body

    def _body_end(self, folded: str, plain: str, start: int, limit: int) -> int:
        """End of a body's name: before a comma, a seat or a relative clause."""
        stop = self._shapes["body_end"].search(folded, start, limit)
        end = stop.start() if stop else limit
        seat = self._pack.seat.search(plain, start, end)
        return seat.start() if seat else end

    def _unlisted(self, position: str, folded: str, start: int, limit: int) -> str | None:
        """A body known by its capitals only: of several words, an acronym or an employer."""
        named: list[str] = []
        for found in _unlisted_body(self._pack).finditer(folded, start, limit):
            name = found["name"]
            is_employer = self._shapes["employer"].match(found[0])
            if self._shapes["field_of_work"].fullmatch(key(name)) and not is_employer:
                continue
            if self._pack.function.match(key(name)):
                continue  # "chef de cabinet du Ministre"
            named_state = self._names.countries.find(name)
            if named_state and named_state[0].end - named_state[0].start == len(name):
                continue  # "éleveur du Mali"
            is_name = name.isupper() or _CAPITAL_INSIDE.search(name)
            if (" " in name and not self._names.countries.find(name)) or is_employer or is_name:
                printed = position[slice(*found.span("name"))]
                named.append(self._shapes["last_particle"].sub("", printed))
        with_body_word = (name for name in named if self._pack.body.search(key(name)))
        return next(with_body_word, named[0] if named else None)

    def _proper(self, body: str) -> str:
        """The proper name of a body behind common words ("projet X Y" → "X Y")."""
        found = _COMMON_AND_PROPER.match(body)
        if not found or self._shapes["bound_to_name"].search(body, 0, found.start("name")):
            return body
        return found["name"]

    # ------------------------------------------------------------ country and sector

    def country(self, position: str) -> str | None:
        """The code of the country whose government the function belongs to."""
        folded = fold_typography(position)
        plain = same_length_key(folded)
        government, shapes = self._pack.government, self._shapes
        for match in self._names.countries.find(folded):
            of_country = shapes["of_country"].match(plain, match.end)
            if (
                government.search(plain, 0, match.start)
                and not shapes["located"].search(plain, 0, match.start)
            ) or (of_country and government.search(plain, of_country.end())):
                return match.target
        # "la ministre sud-africaine", not "le dialogue américain": the adjective is the office's.
        return next(
            (
                match.target
                for match in self._names.adjectives.find(folded)
                if shapes["office_before"].search(plain, 0, match.start)
                or shapes["office_behind"].match(plain, match.end)
            ),
            None,
        )

    def sector(self, position: str, organisation: str | None) -> str | None:
        """The sector of the body, listed or told by its words; `government` for a state's."""
        plain = key(position)
        government = dict(self._pack.sectors).get("government")
        listed = self._names.organisations.find(fold_typography(position))
        if (
            government
            and government.search(plain)
            and (self.country(position) or (not listed and self._shapes["minister"].search(plain)))
        ):
            return "government"
        listed = [*self._names.organisations.find(fold_typography(organisation or "")), *listed]
        if listed:
            return self._names.sectors.get(listed[0].target)
        for text in (key(organisation or ""), plain):
            for sector, pattern in self._pack.sectors:
                if text and pattern.search(text):
                    return sector
        return None


def words_of(plain: str) -> frozenset[str]:
    """Words of an office (key) that tell it from others."""
    return frozenset(w for w in re.findall(r"\w+", plain) if len(w) > 2)
