"""Names of persons in running text, with what is said of their function.

Two detectors, since one document gives everybody an honorific and the next nobody: an honorific
before a name, and a name beside a function (after it between commas, before it, in brackets).
A name is kept whole as printed; a name inside the name of a body or an instrument is none.
"""

import re
from dataclasses import dataclass
from functools import cache

from flows.normalise.document import Sentence
from flows.normalise.gazetteer import Gazetteer, Match
from flows.normalise.pack import Pack
from flows.normalise.text import key, same_length_key
from flows.normalise.text import lower as fold_lower

_CAPITAL = "A-ZÀ-ÖØ-ÞŒŠŽČĆĐŁŚŻŹŃŐŰŞĞİĀĒĪŌŪȘȚŘĎŤŇĽĹŔĖĘĄŲŪ"


@dataclass(frozen=True)
class Introduction:
    """A person named in a sentence. All offsets are into the sentence's clean text.

    `start`:`end` is the name, `outer_start`:`outer_end` the name with honorific and function.
    `known` says that the name alone was found, by its earlier mention.
    """

    name: str
    start: int
    end: int
    outer_start: int
    outer_end: int
    honorific: str | None = None
    position: tuple[int, int] | None = None
    bracket: tuple[int, int] | None = None
    affiliation: tuple[int, int] | None = None
    country_code: str | None = None
    known: bool = False
    rule: str = "person.known"


@cache
def _patterns(pack: Pack) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Name after an honorific (one word is enough), name by itself (two or more), honorific."""
    particles = "|".join(re.escape(p) for p in sorted(pack.particles, key=len, reverse=True))
    word = rf"(?:[dDlL]'|O'|[Aa]l-|[Ee]l-|Mc|Mac)?[{_CAPITAL}](?:[\w\u0300-\u036f]|(?<=\w\w)'(?=\w)|'(?=[{_CAPITAL}])|(?<=\w\w\w\w)'(?=[ ,])|-(?=\w)|(?<=[A-Z])\.)*"
    following = rf"(?:[ \u00a0](?:(?:{particles})[ \u00a0]){{0,2}}{word})"
    honorific = rf"(?<![\w'])(?P<honorific>{pack.honorific.pattern})[ \u00a0]"
    return (
        re.compile(
            rf"{honorific}(?P<name>(?:(?:{particles})[ \u00a0]){{0,2}}{word}{following}{{0,5}})"
        ),
        re.compile(rf"(?<![\w'’-])(?P<name>{word}{following}{{1,5}})"),
        re.compile(honorific),
    )


@cache
def _single(pack: Pack) -> re.Pattern[str]:
    """A name of one word before a function: "Valeriya, étudiante en droit"."""
    return re.compile(
        rf"(?<![\w'’-])(?<![{_CAPITAL}]\. )(?P<name>[{_CAPITAL}][a-zà-ÿ]{{2,}}(?:-[{_CAPITAL}]?[a-zà-ÿ]+)*), "
    )


class People:
    """Finds introductions of persons in sentences. One instance a document: it remembers names."""

    def __init__(
        self,
        pack: Pack,
        bodies: Gazetteer,
        instruments: Gazetteer,
        countries: Gazetteer,
        places: Gazetteer,
    ) -> None:
        self.pack = pack
        self._bodies, self._instruments, self._countries, self._places = (
            bodies,
            instruments,
            countries,
            places,
        )
        self._listed = False
        self.known: dict[str, str] = {}  # key of a full name → name as first printed

    def find(
        self, sentence: Sentence, remember: bool = True, listed: bool = False
    ) -> list[Introduction]:
        """Introductions in the order of the sentence, none inside another's name.

        `listed`: the sentence lists people, so that all between a name and the next semicolon is
        said of that person.
        """
        self._listed = listed
        text = sentence.folded
        taken = self._names_of_things(text)
        found: list[Introduction] = []
        with_honorific, bare, _ = _patterns(self.pack)
        for match in with_honorific.finditer(text):
            found.extend(self._after_honorific(sentence, match, taken))
        for match in bare.finditer(text):
            introduction = self._bare(sentence, match, taken, found)
            if introduction:
                found.append(introduction)
        for match in bare.finditer(text):
            # Somebody else named in passing inside a function: "cofacilitatrice, avec X, de …".
            start, end = self._trim(text, *match.span("name"))
            inside = start is not None and any(
                i.position and i.position[0] < start < i.position[1] for i in found
            )
            if (
                inside
                and start is not None
                and self.pack.joined.search(sentence.key[:start])
                and not self._is_thing(start, end, taken, text)
            ):
                if not any(i.start <= start < i.end for i in found):
                    found.append(
                        Introduction(
                            sentence.text[start:end],
                            start,
                            end,
                            start,
                            end,
                            rule="person.inside_function",
                        )
                    )
        for match in _single(self.pack).finditer(text):
            start, end = match.span("name")
            if (
                self.pack.function.match(sentence.key, match.end())
                and not self._no_name(match["name"])
                and not self._is_thing(start, end, taken, text)
                and not any(i.outer_start <= start < max(i.outer_end, i.end) for i in found)
            ):
                position, outer_end, bracket, country = self._apposition(sentence, end)
                if position:
                    found.append(
                        Introduction(
                            sentence.text[start:end],
                            start,
                            end,
                            start,
                            outer_end,
                            None,
                            position,
                            bracket,
                            None,
                            country,
                            rule="person.one_name_function",
                        )
                    )
        found.sort(key=lambda i: i.start)
        found = self._shared_functions(sentence, found)
        if remember:
            for introduction in found:
                if " " in introduction.name:
                    self.known.setdefault(key(introduction.name), introduction.name)
        return found

    # ------------------------------------------------------------ pieces

    def _names_of_things(self, text: str) -> list[Match]:
        return [
            *self._bodies.find(text),
            *self._instruments.find(text),
            *self._countries.find(text),
        ]

    def _after_honorific(
        self, sentence: Sentence, match: re.Match[str], taken: list[Match]
    ) -> list[Introduction]:
        start, end = self._trim(sentence.folded, *match.span("name"))
        if start is None or end <= start:
            return []
        spans = [(start, end)]
        honorific = sentence.text[slice(*match.span("honorific"))].strip()
        if re.match(r"(?:MM|Mmes|Mesdames|Messieurs|Messrs|Sres|Sras)\b", honorific):
            spans += self._more_names(sentence.folded, end)
        introductions = []
        last = spans[-1][1]
        position, outer_end, bracket, country = self._apposition(sentence, last)
        outer_start = match.start()
        rule = "person.honorific"
        if position is None:
            before = self._function_before(sentence, match.start(), comma=True)
            if before:
                position, outer_start = before, before[0]
                rule = "person.honorific_after_function"
        affiliation = self._affiliation(sentence, outer_start) or self._belongs(sentence, last)
        for a, b in spans:
            introductions.append(
                Introduction(
                    sentence.text[a:b],
                    a,
                    b,
                    min(outer_start, a),
                    outer_end,
                    honorific,
                    position,
                    bracket,
                    affiliation,
                    country,
                    rule=rule,
                )
            )
        return introductions

    def _more_names(self, folded: str, end: int) -> list[tuple[int, int]]:
        """Names that share a plural honorific: "MM. A, B et C"."""
        spans = []
        _, bare, _ = _patterns(self.pack)
        one = re.compile(
            r"(?:, | et | and | y |, et )" + bare.pattern.replace(r"(?<![\w'’-])", "", 1)
        )
        while True:
            match = one.match(folded, end)
            if not match:
                return spans
            a, b = self._trim(folded, *match.span("name"))
            if a is None:
                return spans
            spans.append((a, b))
            end = b

    def _bare(
        self,
        sentence: Sentence,
        match: re.Match[str],
        taken: list[Match],
        found: list[Introduction],
    ) -> Introduction | None:
        text = sentence.folded
        trimmed = self._trim(text, *match.span("name"))
        if trimmed[0] is None:
            return None
        start, end = trimmed
        if any(
            i.start < end and start < i.outer_end and not (i.position is None) and start >= i.start
            for i in found
            if i.start <= start < i.end
        ):
            return None
        if any(i.start < end and start < i.end for i in found):
            return None
        name = sentence.text[start:end]
        plain = key(name)
        if plain in self.known:
            position, outer_end, bracket, country = self._apposition(sentence, end)
            before = None if position else self._function_before(sentence, start, comma=False)
            return Introduction(
                name,
                start,
                end,
                before[0] if before else start,
                outer_end,
                None,
                position or before,
                bracket,
                None,
                country,
                known=True,
            )
        if " " not in name or self._is_thing(start, end, taken, text):
            return None
        position, outer_end, bracket, country = self._apposition(sentence, end)
        rule = "person.name_function"
        outer_start = start
        if position is None and bracket is None:
            before = self._function_before(sentence, start, comma=False)
            if before:
                position, outer_start, rule = before, before[0], "person.function_name"
        affiliation = self._affiliation(sentence, outer_start) or self._belongs(sentence, end)
        if position is None and country is None and affiliation is None and bracket is None:
            if not self._acts(sentence, start, end):
                return None
            rule = "person.name_verb"
        return Introduction(
            name,
            start,
            end,
            outer_start,
            outer_end,
            None,
            position,
            bracket,
            affiliation,
            country,
            rule=rule,
        )

    def _trim(self, folded: str, start: int, end: int) -> tuple[int | None, int]:
        """The range without leading words that begin no name, cut before words that end one."""
        words = [(m.start(), m.end()) for m in re.finditer(r"\S+", folded[start:end])]
        particles = set(self.pack.particles)
        cut = False
        while words and (
            self._no_name(folded[start + words[0][0] : start + words[0][1]])
            or (cut and folded[start + words[0][0] : start + words[0][1]] in particles)
        ):
            words.pop(0)
            cut = True
        kept = []
        for a, b in words:
            word = folded[start + a : start + b]
            if kept and word not in particles and self.pack.function.match(key(word)):
                break
            kept.append((a, b))
        while kept and folded[start + kept[-1][0] : start + kept[-1][1]] in particles:
            kept.pop()
        if not kept:
            return None, start
        return start + kept[0][0], start + kept[-1][1]

    def _no_name(self, word: str) -> bool:
        if word in self.pack.particles and word.islower():
            return False
        if re.fullmatch(r"[A-Z]\.", word):
            return False  # an initial
        if (
            re.match(r"(?:[DLdl]|Qu|qu)'[A-ZÉ]", word)
            and key(word.split("'", 1)[1]) in self.pack.not_names
        ):
            return True
        plain = key(word).strip(".,;:")
        return (
            plain in self.pack.not_names
            or plain.split("-")[0] in ("covid",)
            or bool(re.fullmatch(r"[IVX]+", word) and len(word) > 1 and False)
        )

    def _is_thing(self, start: int, end: int, taken: list[Match], text: str) -> bool:
        """Whether the range is (part of) a body, an instrument, a country or a place."""
        if any(m.start <= start and end <= m.end for m in taken):
            return True
        if any(
            m.start < end and start < m.end and m.end - m.start > (end - start) / 2 for m in taken
        ):
            return True
        if any(m.start <= start and end <= m.end for m in self._places.find(text)):
            return True
        before = same_length_key(text[max(0, start - 40) : start])
        # "fondation Xavier Y", "centre X", "projet X Y": the name of a thing.
        return bool(
            self.pack.body.search(before[-30:])
            and re.search(r"(?:\w+ )$", before)
            and re.search(rf"{self.pack.body.pattern} ?(?:d'|de |du )?$", before)
        )

    def _acts(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether a bare name is subject of a reporting verb or agent of a role."""
        after = sentence.lowered[end : end + 240].lstrip(" ,")
        if after.startswith(("qui ", "who ", "que ", "quien ")):
            # A relative clause before the verb: "X, qui préside Y, a livré un témoignage".
            stop = re.search(r", (?=(?:a|ont|s'est|n'a|ha|han|has|have)\b)", after)
            after = after[stop.end() :] if stop else after
        verb = self.pack.reporting.match(after)
        if verb and self.pack.reports(verb["form"]):
            return True
        if self.pack.reporting_present.match(after.lstrip(" ")):
            return True
        before = sentence.key[:start]
        return any(
            role.before and role.before.search(before)
            for role in self.pack.roles
            if role.role != "speaker"
        )

    # ------------------------------------------------------------ function and body

    def _apposition(
        self, sentence: Sentence, end: int
    ) -> tuple[tuple[int, int] | None, int, tuple[int, int] | None, str | None]:
        """Function behind a name: its range, the end of it, a bracket's range, a bracket's country."""
        text, plain = sentence.folded, sentence.key
        bracket = re.match(r" ?\((?P<inside>[^()]{2,160}(?:\([^()]*\)[^()]*)?)\)", text[end:])
        country_code = None
        outer_end = end
        bracket_range = None
        if bracket:
            a, b = end + bracket.start("inside"), end + bracket.end("inside")
            countries = self._countries.find(text[a:b])
            if countries and countries[0].start == 0 and countries[0].end >= b - a - 1:
                country_code = countries[0].target
                outer_end = end + bracket.end()
            elif self.pack.function.match(plain[a:b]):
                return (a, b), end + bracket.end(), None, None
            else:
                bracket_range = (a, b)
                outer_end = end + bracket.end()
        comma = re.match(r" ?[,–—-] ?(?!\d)", text[outer_end:])
        if not comma:
            return None, outer_end, bracket_range, country_code
        start = outer_end + comma.end()
        if self._listed and not re.match(r"(?:et|and|y) ", plain[start:]):
            end_of_entry = re.search(r"[;|]|$|\.\s|(?:, | et )(?=(?:M\.|Mme|MM\.) )", text[start:])
            assert end_of_entry
            stop = start + end_of_entry.start()
            depth = 0
            for at in range(start, stop):
                depth += {"(": 1, ")": -1}.get(text[at], 0)
                if depth < 0:
                    stop = at
                    break
        elif not self._starts_function(plain, text, start):
            return None, outer_end, bracket_range, country_code
        else:
            stop = self._apposition_end(sentence, start)
        while stop > start and text[stop - 1] in " ,;.|":
            stop -= 1
        # "…, Directeur national des migrations, Uruguay": the country is not part of the function.
        last = re.search(r", (?P<country>[^,]{3,40})$", text[start:stop])
        if last:
            at = start + last.start("country")
            named = self._countries.find(text[at:stop])
            if named and named[0].start == 0 and named[0].end >= stop - at - 1:
                return (start, start + last.start()), stop, bracket_range, named[0].target
        return ((start, stop) if stop > start else None), stop, bracket_range, country_code

    def _starts_function(self, plain: str, text: str, start: int) -> bool:
        if self.pack.function.match(plain, start):
            return True
        if text[start : start + 1].islower() and not self.pack.not_function.match(
            fold_lower(text), start
        ):
            # A function that no list has: words in lower case between commas, then a predicate.
            stop = re.search(r", (?:et )?", text[start : start + 200])
            after = fold_lower(text)[start + stop.end() :] if stop else ""
            if self.pack.reporting.match(after) or after.startswith(("qui ", "who ", "quien")):
                return True
        # "X, IOM Director General", "X, OIM, …": a body, then the function.
        for match in self._bodies.find(text[start : start + 80]):
            return match.start == 0
        body = self.pack.body.match(plain, start)
        return bool(body and text[start].isupper())

    def _apposition_end(self, sentence: Sentence, start: int) -> int:
        """Where the function that starts at `start` ends: before the predicate or the next person."""
        text, plain = sentence.folded, sentence.key
        _, bare, honorific = _patterns(self.pack)
        limit = len(text)
        for stop in re.finditer(r"[;:]|[.!?](?=\s|$)", text[start:]):
            if (
                stop[0] == "."
                and stop.end() + start < len(text) - 1
                and re.search(r"\b[A-Z]$|\b(?:S|E|St|Dr)$", text[start : start + stop.start()])
            ):
                continue
            limit = start + stop.start()
            break
        depth = 0
        position = start
        while position < limit:
            character = text[position]
            if character == "(":
                depth += 1
            elif character == ")":
                if depth == 0:
                    return position
                depth -= 1
            elif character == "," and depth == 0:
                rest = (
                    position
                    + 1
                    + (len(text[position + 1 :]) - len(text[position + 1 :].lstrip(" ")))
                )
                if sentence.lowered[rest : rest + 1] == "à":
                    pass
                elif not self.pack.function.match(plain, rest) and (
                    self.pack.predicate.match(plain[rest : rest + 60])
                    or self._new_clause(sentence, rest)
                ):
                    return position
                joined = re.match(r"(?:et |ainsi que |and |y |e )?(?:de |par )?", text[rest:])
                person = rest + (joined.end() if joined else 0)
                if honorific.match(text, person):
                    return position
                after = bare.match(text, person)
                if after:
                    a, b = self._trim(text, *after.span("name"))
                    follows = re.match(r" ?[,(] ?", text[b:]) if a == person else None
                    if follows and (self._starts_function(plain, text, b + follows.end())):
                        return position
            elif character == " " and depth == 0:
                joined = re.match(r" (?:et|and|y|ainsi que) (?:de |par )?", text[position:])
                if joined:
                    person = position + joined.end()
                    if honorific.match(text, person):
                        return position
                    after = bare.match(text, person)
                    if after:
                        a, b = self._trim(text, *after.span("name"))
                        follows = re.match(r" ?[,(] ?", text[b:]) if a == person else None
                        if follows and self._starts_function(plain, text, b + follows.end()):
                            return position
                verb = self.pack.reporting.match(sentence.lowered, position + 1)
                if verb and (
                    self.pack.reports(verb["form"]) or self._role_verb(plain[position + 1 :])
                ):
                    return position
            position += 1
        return limit

    def _new_clause(self, sentence: Sentence, start: int) -> bool:
        """Whether a clause with a subject and verb of its own starts at `start`."""
        subject = self.pack.clause_subject.match(sentence.lowered, start)
        if not subject:
            return False
        stop = sentence.lowered.find(", ", subject.end())
        return bool(
            self.pack.finite.search(
                sentence.lowered, subject.end(), stop if stop >= 0 else len(sentence.lowered)
            )
        )

    def _role_verb(self, plain: str) -> bool:
        return any(
            role.pattern and (m := role.pattern.search(plain[:90])) and m.start() <= 12
            for role in self.pack.roles
        )

    def _function_before(self, sentence: Sentence, end: int, comma: bool) -> tuple[int, int] | None:
        """Range of a function that stands before a name or its honorific at `end`."""
        text, plain = sentence.folded, sentence.key
        before = text[:end].rstrip()
        ends_with_comma = before.endswith(",")
        if not ends_with_comma and len(text[:end]) == len(before):
            return None
        stop = len(before.rstrip(" ,"))
        if self.pack.affiliation.match(text[:stop]):
            return None
        segments = [m.end() for m in re.finditer(r"(?:^|, |; |: |\(|– )", text[:stop])]
        bound = max(text.rfind("; ", 0, stop), text.rfind(": ", 0, stop)) + 1
        for place, start in enumerate(reversed(segments)):
            if place > 2 or (place > 0 and not ends_with_comma) or start < bound:
                break
            segment = plain[start:stop]
            found = None
            for candidate in self.pack.function.finditer(segment):
                lead = segment[: candidate.start()]
                if candidate.start() == 0 or re.search(
                    r"(?:^|[ '])(?:par|de|a|et|avec|que|qu'|pour|selon|the|by|of|por|con|y|and|d'|souligne|rappele|declare|indique|note) ?$|(?:du|au|des|aux) $",
                    lead,
                ):
                    found = candidate
                    break
            if not found:
                continue
            inner = segment[found.start() :]
            if self._has_verb(sentence, start + found.start(), stop):
                continue
            if not ends_with_comma and re.search(
                r"\b(?:par|de|du|des|a|au|aux|et|en|avec|by|of|with|por|con) ?$", inner
            ):
                continue
            a = start + found.start()
            article = re.match(
                r"(?:le |la |l'|les |the |el |los |las |un |une |leur |son )", plain[a:]
            )
            return a + (article.end() if article else 0), stop
        return None

    def _has_verb(self, sentence: Sentence, start: int, end: int) -> bool:
        for verb in self.pack.reporting.finditer(sentence.lowered, start, end):
            if self.pack.reports(verb["form"]) or re.search(
                r"(?:é|ée|és|ées|i|is|u|us|ues)$", verb["form"]
            ):
                return True
        return bool(self.pack.reporting_present.search(sentence.lowered, start, end))

    def _belongs(self, sentence: Sentence, end: int) -> tuple[int, int] | None:
        """Range of the body in "X, de l'Université de Y,": an affiliation without a function."""
        text, plain = sentence.folded, sentence.key
        link = re.match(rf", (?:{self.pack.body_link.pattern})", plain[end:])
        if not link:
            return None
        start = end + link.end()
        known = self._bodies.find(text[start : start + 120])
        if self.pack.body.match(plain, start) or (known and known[0].start <= 3):
            stop = self._apposition_end(sentence, start)
            return start, stop
        return None

    def _affiliation(self, sentence: Sentence, outer_start: int) -> tuple[int, int] | None:
        """Range of the body that a participle at the sentence's start gives: "Représentant …,"."""
        lead = sentence.folded[:outer_start].rstrip(" ,")
        for start in [0, *(m.end() for m in re.finditer(r"[;:] |, ", lead))][:2]:
            found = self.pack.affiliation.match(lead[start:])
            if found:
                return start + found.start("body"), start + found.end("body")
        return None

    def _shared_functions(
        self, sentence: Sentence, found: list[Introduction]
    ) -> list[Introduction]:
        """ "A et B, coprésidents de …": both have the function; drops bare names inside functions."""
        result: list[Introduction] = []
        for introduction in found:
            # A name inside the function of the one before is somebody else, named in passing.
            inside = next(
                (
                    o
                    for o in result
                    if o.position
                    and o.position[0] <= introduction.start
                    and introduction.end <= o.position[1]
                ),
                None,
            )
            if inside:
                introduction = Introduction(
                    introduction.name,
                    introduction.start,
                    introduction.end,
                    introduction.start,
                    introduction.end,
                    introduction.honorific,
                    None,
                    rule="person.inside_function",
                )
            result.append(introduction)
        return result
