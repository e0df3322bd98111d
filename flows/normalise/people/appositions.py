"""What stands beside a person's name: a position, an organisation or a country.

A sentence and the place of a name come in, ranges of what is said of its bearer go out, behind the
name or before it; `introductions` asks for every name that it finds.
"""

import re
from dataclasses import dataclass, replace

from flows.ground.folding import key
from flows.ground.span import Span
from flows.normalise.language.names import Names
from flows.normalise.language.pack import Pack
from flows.normalise.people.leads import leads
from flows.normalise.people.name_shapes import name_shapes
from flows.normalise.structure.document import Sentence

_BRACKET = re.compile(r" ?\((?P<inside>[^()]{2,160}(?:\([^()]*\)[^()]*)?)\)")
_NOTE = re.compile(r" ?\((?P<inside>[^()]{3,60})\)$")
_COMMA = re.compile(r" ?[,–—-] ?(?!\d)")
_LAST_ITEM = re.compile(r", (?P<item>[^,]{3,40})$")
_LISTED_MARK = re.compile(r" ?[,:–—-] ?(?!\d)")
_WORD_START = re.compile(r"(?<![\w'-])\w")
_COUNTRY_ALONE = re.compile(r"(?P<country>[^,;.()]{3,40})(?=;|\.?$|,? \()")
_STOP = re.compile(r"[;:]|[.!?](?=\s|$)")
_TURN = re.compile(r"[ ,()]")
_BEHIND_NAME = re.compile(r" ?[,(] ?")
_SEGMENT = re.compile(r"(?:^|, |; |: |\(|– )")
_ENTRY = re.compile(r"[;:] |, ")

_LISTED = re.compile(r"; ?(?:[a-zà-ÿ]{1,3} )?[A-ZÀ-ÖØ-Þ][^;,]*, ?$")
_LAST_WORDS = re.compile(r"[^,;.]{3,60}(?:;|\.?$)")
_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’-]*(?: [A-ZÀ-ÖØ-Þ][\w'’-]*)+")

_LONGEST_POSITION = 160  # characters of a position before its holder's name
_ABBREVIATION = 8  # characters of an abbreviation, looked back at from its full stop
_REACH = 80  # characters that an organisation before a position takes at most
_ROLE_REACH = 90  # … and characters in which a role's verb is looked for
_LINK = 3  # … and characters of an article before an organisation


@dataclass(frozen=True)
class Apposition:
    """What stands behind a name; all offsets are into the sentence's clean text.

    `end` is where all that is said of the name's bearer ends. `position` is the range of the words
    of a position, `bracket` that of the inside of a bracket that holds neither a position nor a
    country, `country_code` the country that stands there by itself, `note` the range of a role in
    brackets: "(Opening remarks)".
    """

    end: int
    position: Span | None = None
    bracket: Span | None = None
    country_code: str | None = None
    note: Span | None = None


class Appositions:
    """Finds positions, organisations and countries beside names, in sentences of one language."""

    def __init__(self, pack: Pack, names: Names) -> None:
        self._pack = pack
        self._organisations, self._countries = names.organisations, names.countries
        self._forms, self._leads = name_shapes(pack), leads(pack)

    # ------------------------------------------------------------ behind the name

    def after(self, sentence: Sentence, end: int, listed: bool) -> Apposition:
        """What stands behind the name that ends at `end`, up to the predicate or the next person.

        `listed`: the sentence lists people, so that all between a name and the end of its entry is
        said of that person.
        """
        text, plain = sentence.folded, sentence.key
        found = self._bracket(sentence, end)
        age = self._pack.age.match(sentence.lowered, found.end)
        comma = (
            None
            if found.position
            else ((_LISTED_MARK if listed else _COMMA).match(text, age.end() if age else found.end))
        )
        if comma is None:
            return found
        start = comma.end()
        if self._forms.honorific.match(text, start) and not self._pack.function.match(plain, start):
            return found  # the next person
        if self._is_next_position(sentence, start):
            return found  # the position of the next person
        alone = _COUNTRY_ALONE.match(text, start)
        country_code = self._country(alone["country"]) if alone else None
        if alone and country_code:
            return replace(found, end=alone.end("country"), country_code=country_code)
        if listed and self._pack.belonging.match(plain, found.end):
            return found
        if listed and not self._pack.conjunction.match(plain, start):
            stop = self._entry_end(sentence, start)
        elif self._starts_position(sentence, start):
            stop = self._position_end(sentence, start)
        else:
            return found
        while stop > start and text[stop - 1] in " ,;.|–—-":
            stop -= 1
        joint = self._pack.trailing_joint.search(plain, start, stop)
        end = stop = joint.start() if joint else stop
        note = _NOTE.search(text, start, stop)
        if note and self._leads.label(plain[slice(*note.span("inside"))]):
            found, stop = replace(found, note=note.span("inside")), note.start()
        attends = self._pack.attendance_note.search(plain, start, stop)
        stop = attends.start() if attends else stop
        # "…, Directeur national des migrations, Uruguay": the country is not part of the position.
        last = _LAST_ITEM.search(text, start, stop)
        if last and self._pack.seat.search(plain, start, last.start()):
            last = None  # where the organisation sits
        country_code = self._country(text[last.start("item") : stop]) if last else None
        if last and country_code:
            position = (start, last.start())
            return replace(found, end=end, position=position, country_code=country_code)
        return replace(found, end=end, position=(start, stop) if stop > start else None)

    def country(self, sentence: Sentence, end: int) -> str | None:
        """The code of the country named right behind a name that ends at `end`; None without one.

        A position before the name is of that country: "Foreign Minister X of Y".
        """
        link = self._pack.belonging.match(sentence.key, end)
        if link is None:
            return None
        named = self._countries.find(sentence.folded[link.end() : link.end() + _REACH])
        is_next = named and named[0].start == 0
        return named[0].target if is_next else None

    def _bracket(self, sentence: Sentence, end: int) -> Apposition:
        """The bracket right behind a name: a country, a position or something else."""
        bracket = _BRACKET.match(sentence.folded, end)
        if bracket is None:
            return Apposition(end)
        country_code = self._country(bracket["inside"])
        if country_code:
            return Apposition(bracket.end(), country_code=country_code)
        inside = bracket.span("inside")
        if self._leads.label(sentence.key[slice(*inside)]):
            return Apposition(bracket.end(), note=inside)
        if self._pack.function.match(sentence.key, *inside):
            return Apposition(bracket.end(), position=inside)
        return Apposition(bracket.end(), bracket=inside)

    def _country(self, text: str) -> str | None:
        """The code of the country that a text names and nothing else."""
        named = self._countries.find(text)
        whole = named and named[0].start == 0 and named[0].end >= len(text) - 1
        return named[0].target if whole else None

    def _entry_end(self, sentence: Sentence, start: int) -> int:
        """Where an entry of a list ends: before the next entry, the bracket around the list, or
        words that say that somebody else was there instead."""
        text = sentence.folded
        found = self._pack.entry_end.search(text, start)
        stop = found.start() if found else len(text)
        depth = 0
        for at in range(start, stop):
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            if depth < 0 or (
                text[at] == "," and self._pack.absent_after.match(sentence.key[at:stop])
            ):
                return at
        return stop

    def _starts_position(self, sentence: Sentence, start: int) -> bool:
        """Whether what starts at `start` is a position, or an organisation instead of one."""
        text, plain, lowered = sentence.folded, sentence.key, sentence.lowered
        if self._pack.function.match(plain, start):
            return True
        if text[start : start + 1].islower() and not self._pack.not_function.match(lowered, start):
            # A position that no list has: words in lower case between commas, then a predicate.
            comma = self._pack.comma.search(text, start, start + 200)
            if comma and (
                self._pack.reporting.match(lowered, comma.end())
                or self._pack.relative_subject.match(lowered, comma.end())
            ):
                return True
            # So the last words of an entry: "X, a picker; and Y, …".
            last = self._pack.function_article.match(plain, start) and (
                _LAST_WORDS.match(text, start)
            )
            if last and (last[0].endswith(";") or _LISTED.search(text, 0, start)):
                return True
        # "X, IOM Director General", "X, OIM, …": an organisation, then the position.
        known = self._organisations.find(text[start : start + _REACH])
        if known:
            return known[0].start == 0
        if not text[start : start + 1].isupper():
            return False
        capitals = _CAPITALS.match(text, start)
        is_body = capitals is not None and self._pack.body.search(plain, start, capitals.end())
        return bool(is_body or self._pack.body.match(plain, start))

    def _position_end(self, sentence: Sentence, start: int) -> int:
        """Where the position that starts at `start` ends: before the predicate or next person."""
        limit = self._clause_end(sentence.folded, start)
        depth = 0
        for turn in _TURN.finditer(sentence.folded, start, limit):
            at = turn.start()
            if turn[0] == "(":
                depth += 1
            elif turn[0] == ")":
                if depth == 0:
                    return at
                depth -= 1
            elif depth:
                continue
            elif turn[0] == ",":
                if self._ends_at_comma(sentence, at):
                    return at
            elif self._ends_at_space(sentence, at):
                return at
        return limit

    def _clause_end(self, text: str, start: int) -> int:
        for stop in _STOP.finditer(text, start):
            is_inside = stop[0] == "." and stop.end() < len(text) - 1
            before = max(start, stop.start() - _ABBREVIATION)
            if not is_inside or not self._pack.abbreviation.search(text, before, stop.start()):
                return stop.start()
        return len(text)

    def _ends_at_comma(self, sentence: Sentence, comma: int) -> bool:
        text, plain = sentence.folded, sentence.key
        start = comma + 1
        while text[start : start + 1] == " ":
            start += 1
        if self._pack.presiding.match(plain, start):
            return True
        goes_on = self._pack.adjunct.match(sentence.lowered, start) or (
            self._pack.function.match(plain, start)
        )
        if not goes_on and (
            self._pack.predicate.match(plain[start : start + 60])
            or self._pack.any_verb.match(sentence.lowered, start)
            or self._new_clause(sentence, start)
        ):
            return True
        joint = self._pack.joint_after_comma.match(text, start)
        following = joint.end() if joint else start
        conjunction = self._pack.conjunction.match(text, start)
        if conjunction and (
            self._is_other_noun(plain, conjunction.end())
            or self._is_unnamed(sentence, conjunction.end())
        ):
            return True
        return self._is_person(sentence, following) or self._is_next_position(sentence, following)

    def _ends_at_space(self, sentence: Sentence, space: int) -> bool:
        joint = self._pack.joint.match(sentence.folded, space)
        if joint and (
            self._is_person(sentence, joint.end()) or self._is_next_position(sentence, joint.end())
        ):
            return True
        if self._pack.presiding.match(sentence.key, space + 1):
            return True
        verb = self._pack.reporting.match(sentence.lowered, space + 1)
        return verb is not None and (
            self._pack.reports(verb["form"])
            or self._role_verb(sentence.key[space + 1 : space + 1 + _ROLE_REACH])
        )

    def _is_person(self, sentence: Sentence, start: int) -> bool:
        """Whether somebody else is introduced at `start`: by honorific, or name and position."""
        text = sentence.folded
        if self._forms.honorific.match(text, start):
            return True
        match = self._forms.bare.match(text, start)
        name = self._forms.name_in(match) if match else None
        if name is None or name[0] != start:
            return False
        bracket = _BRACKET.match(text, name[1])
        ends = [name[1], *([bracket.end()] if bracket else [])]
        behind = [found for end in ends if (found := _BEHIND_NAME.match(text, end))]
        return any(self._starts_position(sentence, found.end()) for found in behind)

    def _is_other_noun(self, plain: str, start: int) -> bool:
        """Whether a noun phrase that is no position starts behind "and"."""
        article = self._pack.function_article.match(plain, start)
        return article is not None and not self._pack.function.match(plain, start)

    def _is_unnamed(self, sentence: Sentence, start: int) -> bool:
        """Whether somebody without a name follows: "et un représentant de la FAO"."""
        article = self._pack.function_article.match(sentence.key, start)
        return article is not None and bool(
            self._pack.representatives.match(sentence.lowered, start)
        )

    def _is_next_position(self, sentence: Sentence, start: int) -> bool:
        """Whether somebody else's position starts at `start`: "la Directrice du port, Mme X"."""
        article = self._pack.function_article.match(sentence.key, start)
        if not article or not self._pack.function.match(sentence.key, article.end()):
            return False
        comma = sentence.folded.find(", ", start, start + _LONGEST_POSITION)
        return comma >= 0 and self._forms.honorific.match(sentence.folded, comma + 2) is not None

    def _new_clause(self, sentence: Sentence, start: int) -> bool:
        """Whether a clause with a subject and verb of its own starts at `start`."""
        lowered = sentence.lowered
        subject = self._pack.clause_subject.match(lowered, start)
        if subject is None:
            return False
        stop = lowered.find(", ", subject.end())
        end = stop if stop >= 0 else len(lowered)
        return bool(self._pack.finite.search(lowered, subject.end(), end))

    def _role_verb(self, plain: str) -> bool:
        return any(
            role.pattern and (verb := role.pattern.search(plain)) and verb.start() <= 12
            for role in self._pack.roles
        )

    # ------------------------------------------------------------ before the name

    def before(self, sentence: Sentence, end: int, claimed: int) -> Span | None:
        """Range of a position right before the name or honorific that starts at `end`, if any.

        `claimed` is where what is said of the person named before ends: the range starts behind it.
        """
        text, plain = sentence.folded, sentence.key
        lead = text[:end].rstrip()
        after_comma = lead.endswith(",")
        if (not after_comma and len(lead) == end) or lead.endswith((":", ";", ".", "(")):
            return None
        stop = len(lead.rstrip(" ,"))
        # The organisation that somebody speaks for is none of a position.
        affiliation = self._pack.affiliation.match(text, 0, stop) is not None
        starts = [segment.end() for segment in _SEGMENT.finditer(text, 0, stop)]
        bound = max(text.rfind("; ", 0, stop) + 1, text.rfind(": ", 0, stop) + 1, claimed)
        for start in reversed(starts[-3:] if after_comma else starts[-1:]):
            if (start < bound and after_comma) or (affiliation and start == 0):
                break
            start = max(start, bound)
            position = self._position_in(plain, start, stop)
            if position is None or self._has_verb(sentence, position, stop):
                continue
            if not after_comma and self._pack.hanging_preposition.search(plain, position, stop):
                continue
            article = self._pack.function_article.match(plain, position)
            if article is None and position == start:
                # "el Presidente de X, Vicecanciller de Y, …": two positions of one person.
                earlier = [s for s in starts if bound <= s < start][-1:]
                for other in earlier:
                    article = self._pack.function_article.match(plain, other)
                    if article and self._pack.function.match(plain, article.end()):
                        return article.end(), stop
            return (article.end() if article else position), stop
        if after_comma and (spoken_for := self._delegate(sentence, max(0, bound), stop)):
            return spoken_for
        start = text.rfind(";", 0, stop) + 1
        if after_comma and start >= claimed and self._forms.honorific.match(text, end):
            return self._entry_before(sentence, max(start, claimed), stop)
        return None

    def _delegate(self, sentence: Sentence, start: int, stop: int) -> Span | None:
        """Range of "delegate of Peru" right before a name: whoever speaks for a country."""
        for country in self._countries.find(sentence.folded[start:stop]):
            if start + country.end == stop:
                lead = self._pack.representative.search(sentence.key, start, start + country.start)
                if lead:
                    article = self._pack.function_article.match(sentence.key, lead.start())
                    return (article.end() if article else lead.start()), stop
        return None

    def _entry_before(self, sentence: Sentence, start: int, stop: int) -> Span | None:
        """What an entry of a list says before an honorific, though no list has the position:
        "…; d'un délégué du réseau X, Mme Y"."""
        lead = self._pack.entry_lead.match(sentence.key, start, stop)
        if lead is None or self._has_verb(sentence, lead.end(), stop):
            return None
        is_short = stop - lead.end() < _LONGEST_POSITION and "," not in sentence.folded[start:stop]
        return (lead.end(), stop) if is_short else None

    def begins_next(self, sentence: Sentence, start: int) -> bool:
        """Whether a position with an article starts at `start` whose holder's name is behind it:
        "la Présidente du port, X", where positions stand before names."""
        article = self._pack.function_article.match(sentence.key, start)
        if not article or not self._pack.function.match(sentence.key, article.end()):
            return False
        limit = start + _LONGEST_POSITION
        for comma in _COMMA.finditer(sentence.folded, start, limit):
            match = self._forms.bare.match(sentence.folded, comma.end())
            name = self._forms.name_in(match) if match else None
            if name and name[0] == comma.end() and not self._starts_position(sentence, name[0]):
                return True
        return False

    def _position_in(self, plain: str, start: int, stop: int) -> int | None:
        """Where a position starts in a segment: at its start or behind a word that leads to it."""
        function, article = self._pack.function, self._pack.function_article
        for word in _WORD_START.finditer(plain, start, stop):
            at = word.start()
            leads = at == start or self._pack.before_function.search(plain, start, at)
            if leads and (found := function.match(plain, at)) and found.end() <= stop:
                lead = article.match(plain, at)
                return lead.end() if lead else at
        return None

    def _has_verb(self, sentence: Sentence, start: int, end: int) -> bool:
        lowered = sentence.lowered
        return any(
            self._pack.reports(verb["form"]) or self._pack.participle.search(verb["form"])
            for verb in self._pack.reporting.finditer(lowered, start, end)
        ) or bool(self._pack.reporting_present.search(lowered, start, end))

    # ------------------------------------------------------------ organisations without a position

    def organisation(self, sentence: Sentence, outer_start: int, end: int) -> Span | None:
        """Range of an organisation that a person belongs to or represents, told by no position.

        `outer_start` is where the name starts with all that is said before it, `end` where the name
        ends. None if there is no such organisation.
        """
        return self._represented(sentence, outer_start) or self._belongs(sentence, end)

    def _represented(self, sentence: Sentence, outer_start: int) -> Span | None:
        """The organisation that a participle gives at the start: "Représentant …, X a …"."""
        lead = sentence.folded[:outer_start].rstrip(" ,")
        first = _ENTRY.search(lead)
        for start in (0, first.end()) if first else (0,):
            found = self._pack.affiliation.match(lead[start:])
            if found:
                return start + found.start("body"), start + found.end("body")
        return None

    def _belongs(self, sentence: Sentence, end: int) -> Span | None:
        """The organisation in "X, de l'Université de Y,"."""
        text, plain = sentence.folded, sentence.key
        link = self._pack.belonging.match(plain, end)
        beside = self._pack.body_link.match(plain, end + 1)
        if link is None and beside:
            # "Mme X de l'OIM": no comma before an organisation that is known.
            known = self._organisations.find(text[beside.end() : beside.end() + 120])
            is_next = known and known[0].start == 0
            return (beside.end(), beside.end() + known[0].end) if is_next else None
        if link is None:
            return None
        start = link.end()
        known = self._organisations.find(text[start : start + 120])
        if known and known[0].start == 0 and text[start + known[0].end :].startswith(","):
            return start, start + known[0].end
        capitals = _CAPITALS.match(text, start)
        if (
            self._pack.body.match(plain, start)
            or (known and known[0].start <= _LINK)
            or (capitals and self._pack.body.search(key(capitals[0])))
        ):
            return start, self._position_end(sentence, start)
        return None
