"""The place of a session: venue, city and country, from its header or the sentences on it."""

import re
from collections.abc import Sequence

from flows.ground.folding import fold_typography, key, same_length_key
from flows.normalise.header.lines import Header, HeaderLine, without
from flows.normalise.language.names import Names
from flows.normalise.language.pack import Pack
from flows.normalise.structure.document import Sentence
from flows.normalise.text.gazetteer import Match

_WORD = re.compile(r"[^\W\d_]+")
_LONG_WORD = re.compile(r"[a-z]{4,}")
_SEPARATOR = re.compile(r"(, | [–—-] |\()")
_DOUBLE_SEPARATOR = re.compile(r"(?:, |,? [–—-] )+(, | [–—-] |\()")
_LAST_BRACKET = re.compile(r"\s*\(([^()]{0,60})\)?\s*$")


class _Place:
    """The city and the country that a text names first, if any."""

    def __init__(self, text: str, names: Names) -> None:
        folded = fold_typography(text)
        city: Match | None = next(iter(names.cities.find(folded)), None)
        self.city = text[city.start : city.end] if city else None
        self.city_country = city.target if city else None
        self.countries = names.countries.find(folded)

    def is_named_by(self, text: str) -> bool:
        """Whether a text is the city or country and nothing else."""
        plain = key(text)
        return (self.city is not None and plain == key(self.city)) or any(
            plain == key(country.form) for country in self.countries
        )

    def is_all_of(self, text: str) -> bool:
        """Whether a text that names the city says hardly more than that."""
        spare = 4 if self.countries else 2
        return self.city is not None and len(_WORD.findall(text)) <= len(self.city.split()) + spare


def read_place(
    lines: Sequence[HeaderLine],
    own: Sequence[Sentence],
    header: Header,
    pack: Pack,
    names: Names,
) -> None:
    """Sets venue, city and country; an online session has none. Claims the lines that it reads.

    `own` are sentences on this very session; Cities and countries are looked up among `names`.
    """
    for line in without(lines, "type", "other", "series"):
        if _read_line(line, header, pack, names) and header.modality == "online":
            return
    if header.modality != "online" and not header.city:
        _read_body(own, header, pack, names)


def _read_line(line: HeaderLine, header: Header, pack: Pack, names: Names) -> bool:
    """Whether the line gives the place of the session, which is then set."""
    label = pack.place_label.match(line.fragment.lowered)
    if label:
        line.taken.append(label.span())
    rest = line.rest
    if len(rest) < 3:
        return False
    place = _Place(rest, names)
    has_venue_word = pack.venue.search(key(rest)) is not None
    if not (label or _is_place(rest, line.role == "date", has_venue_word, place)):
        return False
    if line.role == "series+" and not (has_venue_word or place.is_all_of(rest)):
        return False
    if line.role not in ("date", "series+"):
        line.role = "venue"
    line.taken.append((0, len(line.fragment)))
    if header.modality == "online":
        return True
    if has_venue_word:
        header.venue = header.venue or _venue_name(rest, place, pack)
    if place.city and not header.city:
        header.city, header.country_code = place.city, place.city_country
    if place.countries and not header.country_code:
        header.country_code = place.countries[0].target
    return True


def _is_place(rest: str, dated: bool, has_venue_word: bool, place: _Place) -> bool:
    """Whether what is left of a line looks like a place; `dated`: the line holds the date too."""
    if has_venue_word and len(rest) < 140 and not rest.endswith("?"):
        capitalised = rest.strip('«“"* ')[:1].isupper()
        if place.city or dated or capitalised:
            return True
    if dated and (place.city or place.countries) and len(rest) < 120:
        return True
    return len(rest) < 60 and place.is_all_of(rest)


def _venue_name(rest: str, place: _Place, pack: Pack) -> str | None:
    """The venue without what leads to it, and city and country that stand apart from it."""
    lead = pack.venue_lead.match(same_length_key(rest))
    name = rest[lead.end() :] if lead else rest
    if place.city:
        parts = _SEPARATOR.split(name)
        kept = [part for part in parts if not _is_city(part, place.city, len(parts) > 1)]
        name = _DOUBLE_SEPARATOR.sub(r"\1", "".join(kept))
    bracket = _LAST_BRACKET.search(name)
    if bracket and (not bracket[1].strip() or place.is_named_by(bracket[1])):
        name = name[: bracket.start()]
    name = name.strip(" ,;:–—-|*_")
    if not name or (place.city and key(name) == key(place.city)):
        return None
    return name


def _is_city(part: str, city: str, apart: bool) -> bool:
    """Whether a part of a line is the city, small words (a code, an article) aside."""
    plain, wanted = key(part), key(city)
    if key(part.strip(" ()")) == wanted:
        return True
    few_words = len(part.split()) <= len(city.split()) + 2
    return (
        apart and few_words and wanted in plain and not _LONG_WORD.search(plain.replace(wanted, ""))
    )


def _read_body(own: Sequence[Sentence], header: Header, pack: Pack, names: Names) -> None:
    """Sets the place from the first sentence that says where the session was held."""
    for sentence in own:
        if not pack.held.search(sentence.key):
            continue
        for pattern in (pack.venue_at, pack.held_at):
            for found in pattern.finditer(sentence.folded):
                # The city may be a part of the venue's name.
                place = _Place(found["city"] or found["venue"] or "", names)
                if not place.city and not (found["venue"] and header.city):
                    continue
                if place.city and not header.city:
                    apart = found["city"] is not None
                    header.city = sentence.text[slice(*found.span("city"))] if apart else place.city
                    header.country_code = place.city_country
                if found["venue"] and not header.venue:
                    header.venue = sentence.text[slice(*found.span("venue"))].strip()
                return
