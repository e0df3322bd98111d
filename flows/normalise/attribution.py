"""Who says each sentence.

A sentence is attributed to the subject of its reporting verb, to the subject of an inverted clause
("comme l'a souligné X"), to a source adverbial ("Selon elle,"), or to nobody named when the verb is
passive without an agent. Pronouns and offices are resolved inside the document. A sentence without
a reporting verb speaks for the document: attribution does not carry over from the one before.
"""

import re
from dataclasses import dataclass
from functools import cache

from flows.normalise.document import Document, Sentence
from flows.normalise.gazetteer import Gazetteer
from flows.normalise.pack import Pack
from flows.normalise.participants import Attendance, Naming, Participant, words_of
from flows.normalise.text import key, slug

_ARTICLE = re.compile(r"^(?:les?|la|l'|des|du|de|d'|un|une|the|an?|el|los|las|unos|unas)\b ?")


@dataclass(frozen=True)
class Source:
    """Who a sentence is attributed to. `words` as printed, pronouns replaced by what they mean."""

    attribution: str
    words: str | None = None
    verb: str | None = None
    rule: str = "attribution.none"
    participants: tuple[Participant, ...] = ()
    countries: tuple[tuple[int, int, str], ...] = ()  # states that speak: start, end, code
    bodies: tuple[tuple[int, int, str], ...] = ()  # organisations that speak
    span: tuple[int, int] | None = None  # of the words in the sentence, if they stand there
    verb_start: int | None = None


DOCUMENT = Source("document")


@cache
def _noun_phrases(pack: Pack) -> list[tuple[str, re.Pattern[str]]]:
    """Attribution → noun phrase at a clause's start: determiners, an adjective, the noun."""
    return [
        (
            attribution,
            re.compile(
                rf"(?:^|[,;:–—(] ?|\b(?:et|que|qu'|comme|mais|car|où|and|that|y|e|but|pero|par|by|por) ?)"
                rf"(?P<phrase>(?:{pack.determiners})? ?(?:(?:autres|mêmes|différents|nombreux|principaux|other|same|many|numerosos|otros|diversos|jeunes) )?(?:{noun.pattern})\b)"
            ),
        )
        for attribution, noun in pack.source_nouns
    ]


class Attributor:
    """Walks through the sentences in order; remembers who spoke last for pronouns."""

    def __init__(
        self, document: Document, attendance: Attendance, countries: Gazetteer, bodies: Gazetteer
    ) -> None:
        self.document, self.pack = document, document.pack
        self._attendance, self._countries, self._bodies = attendance, countries, bodies
        self._namings: dict[int, list[Naming]] = {}
        for naming in attendance.namings:
            self._namings.setdefault(naming.sentence, []).append(naming)
        self._last: dict[str, Source] = {}  # ms, fs, mp, fp → who a pronoun means
        self._said: list[Source] = []

    def attribute(self) -> list[Source]:
        """One source for each sentence of the document, by index."""
        sources: list[Source] = []
        self._said = sources
        lead: Source | None = None
        lead_passage = -1
        for sentence in self.document.sentences:
            passage = self.document.passages[sentence.passage]
            if sentence.kind not in ("paragraph", "list_item"):
                sources.append(DOCUMENT)
                if sentence.kind == "heading":
                    lead = None
                continue
            source = self._source(sentence)
            if passage.kind == "paragraph":
                lead = None
                if sentence.text.rstrip().endswith(":") and source.attribution != "document":
                    lead, lead_passage = source, sentence.passage
            elif (
                source.attribution == "document"
                and lead is not None
                and lead_passage < sentence.passage
            ):
                source = Source(
                    lead.attribution,
                    lead.words,
                    None,
                    "attribution.list",
                    lead.participants,
                    lead.countries,
                    lead.bodies,
                )
            elif (
                passage.kind == "list_item"
                and sentence.text.rstrip().endswith(":")
                and source.attribution != "document"
            ):
                lead, lead_passage = source, sentence.passage
            sources.append(source)
            self._remember(sentence, source)
        return sources

    # ------------------------------------------------------------ one sentence

    def _source(self, sentence: Sentence) -> Source:
        for attempt in (
            self._inverted,
            self._adverbial,
            self._subject,
            self._postposed,
            self._passive,
        ):
            source = attempt(sentence)
            if source is not None:
                return source
        return DOCUMENT

    def _inverted(self, sentence: Sentence) -> Source | None:
        match = self.pack.inverted.search(sentence.lowered)
        if match:
            verb = match["verb"].split()[0]
            if verb in self.pack.participles or verb in ("été",):
                return self._resolve(
                    sentence,
                    *match.span("source"),
                    match["verb"],
                    "attribution.inverted",
                    whole=True,
                )
        match = self.pack.inverted_present.search(sentence.lowered)
        if match and self.pack.reporting_present.match(match["verb"]):
            return self._resolve(
                sentence, *match.span("source"), match["verb"], "attribution.inverted", whole=True
            )
        return None

    def _adverbial(self, sentence: Sentence) -> Source | None:
        for match in self.pack.adverbial.finditer(sentence.lowered):
            if (
                match.start()
                and sentence.lowered[match.start("source") - 5 : match.start("source")].strip()
                == "pour"
            ):
                continue
            source = self._resolve(
                sentence, *match.span("source"), None, "attribution.adverbial", whole=True
            )
            if source is not None:
                return source
        match = self.pack.possessive.search(sentence.lowered)
        if match:
            return self._pronoun("mp" if match["one"].startswith("leur") else "last", None, None)
        return None

    def _postposed(self, sentence: Sentence) -> Source | None:
        """A source named after the words: ", a rappelé M. X.", ", a-t-elle ajouté."."""
        match = self.pack.postposed_pronoun.search(sentence.lowered)
        if match and self.pack.reports(match["form"]):
            pronoun = match["pronoun"]
            if pronoun not in self.pack.pronouns:
                return Source("other", None, match["form"], "attribution.passive")
            return self._pronoun(self.pack.pronouns[pronoun], match["form"], None)
        for match in self.pack.postposed.finditer(sentence.folded):
            if self.pack.reports(match["form"]):
                end = len(sentence.text.rstrip(" ."))
                stop = sentence.folded.find(",", match.end())
                source = self._resolve(
                    sentence,
                    match.end(),
                    stop if stop >= 0 else end,
                    match["form"],
                    "attribution.postposed",
                    whole=True,
                )
                if source is not None:
                    return source
        return None

    def _subject(self, sentence: Sentence) -> Source | None:
        lowered = sentence.lowered
        # The sentence that introduces a list reports by whatever verb it has, the last one nearest to the list.
        introduces = lowered.rstrip().endswith(":")
        verbs = [
            (m.start(), m["form"])
            for m in self.pack.reporting.finditer(lowered)
            if (introduces and self.pack.any_participle.search(m["form"]))
            or (self.pack.reports(m["form"]) and self._reports(m["form"], lowered[m.end() :]))
        ]
        verbs += [(m.start(), m["form"]) for m in self.pack.reporting_present.finditer(lowered)]
        for start, form in sorted(verbs, reverse=introduces):
            source = self._subject_before(sentence, start, form)
            if source is not None:
                return source
        return None

    def _reports(self, form: str, after: str) -> bool:
        needs = self.pack.needs.get(form)
        return needs is None or bool(needs.match(after))

    def _subject_before(self, sentence: Sentence, verb: int, form: str) -> Source | None:
        """The subject that stands right before the verb at `verb`."""
        lead = re.sub(
            r"(?: (?:y|en|le|la|les|lui|leur|ne|se)| [lnsy]')$",
            "",
            sentence.lowered[:verb].rstrip(" ,"),
        )
        pronoun = re.search(
            r"(?:^|[\s,;:('–—])("
            + "|".join(map(re.escape, sorted(self.pack.pronouns, key=len, reverse=True)))
            + r")(?:,? (?:\w+ment|aussi|également|also|también))?$",
            lead,
        )
        if pronoun:
            if form in self.pack.verbs_of_things and self._after_a_thing(sentence):
                return None
            return self._pronoun(self.pack.pronouns[pronoun[1]], form, verb)
        best: tuple[int, Source] | None = None
        for naming in self._namings.get(sentence.index, []):
            introduction = naming.introduction
            if introduction.outer_start >= verb or introduction.rule == "person.inside_function":
                continue
            if not naming.acts and naming.participant.absent:
                continue
            end = max(introduction.outer_end, introduction.end)
            if end <= verb and not self._verb_between(sentence, end, verb):
                candidate = (
                    introduction.outer_start,
                    self._person_source(naming, sentence, form, verb, "attribution.subject"),
                )
                if best is None or candidate[0] > best[0]:
                    best = candidate
        covered = [
            (n.introduction.outer_start, max(n.introduction.outer_end, n.introduction.end))
            for n in self._namings.get(sentence.index, [])
        ]
        noun = self._collective(sentence, 0, verb, covered)
        if (
            noun
            and (best is None or noun[0] > best[0])
            and not self._verb_between(sentence, noun[1], verb, allow_that=False)
        ):
            start, end, attribution = noun
            best = (start, self._noun_source(sentence, start, end, verb, attribution, form))
        if best is None:
            best = self._states_or_bodies(sentence, verb, form)
        if best is None:
            office = self._office_before(sentence, verb)
            if office:
                participant, start, end = office
                best = (
                    start,
                    Source(
                        "person",
                        sentence.text[start:end],
                        form,
                        "attribution.office",
                        (participant,),
                        span=(start, end),
                        verb_start=verb,
                    ),
                )
        return best[1] if best else None

    def _after_a_thing(self, sentence: Sentence) -> bool:
        """Whether the sentence before has a subject that is nobody: a pronoun may mean that."""
        before = self.document.sentences[sentence.index - 1] if sentence.position > 1 else None
        return (
            before is not None
            and self._said[before.index].attribution == "document"
            and not self._namings.get(before.index)
        )

    def _verb_between(
        self, sentence: Sentence, start: int, end: int, allow_that: bool = True
    ) -> bool:
        """Whether another clause begins between a subject and its verb."""
        between = sentence.lowered[start:end]
        if ";" in between or ". " in between:
            return True
        for verb in self.pack.reporting.finditer(between):
            # A first verb of the same subject ("a rappelé …, et a appelé") does not part them.
            tail = between[verb.end() :]
            if re.search(
                r"(?:^|[ ,])(?:et|and|y|mais|puis|,) ?$", tail
            ) is None and not tail.rstrip().endswith(","):
                return True
        return False

    def _collective(
        self, sentence: Sentence, start: int, end: int, covered: list[tuple[int, int]]
    ) -> tuple[int, int, str] | None:
        """The last collective noun phrase before `end` that may be its subject."""
        lead = sentence.lowered[:end]
        best: tuple[int, int, str] | None = None
        for attribution, pattern in _noun_phrases(self.pack):
            for match in pattern.finditer(lead, start):
                a, b = match.span("phrase")
                if any(x <= a < y for x, y in covered):
                    continue
                while a < b and lead[a] == " ":
                    a += 1
                rest = lead[b:]
                if re.match(r"\s*(?:,\s*)?$", rest) or self._modifies(rest):
                    if best is None or a > best[0] and not (best[0] <= a < best[1]):
                        best = (a, b, attribution)
        return best

    def _modifies(self, rest: str) -> bool:
        """Whether words between a noun and its verb only add to the noun."""
        if len(rest) > 240 or ";" in rest:
            return False
        stripped = rest.strip(" ,")
        if not stripped:
            return True
        if rest.startswith(","):
            return bool(
                re.match(
                    r",? ?(?:qui |who |que |quienes |parmi|dont|notamment|y compris|comme|en particulier|tels?|telles?|including|among|such as|entre|incluid|como|por su parte|pour leur part|quant à|dans (?:leur|un)|à leur tour|\w+ant |en outre|toutefois|cependant|eux|elles)",
                    rest,
                )
            )
        return (
            not re.search(r"\b(?:que|qui|qu'|which|that|who)\b", stripped)
            and "," not in stripped
            or bool(
                re.match(
                    r" ?(?:de |du |des |d'|à |au |aux |en |venus |issus |présents |of |from |de la |participant|représentant|parmi|pour leur|et |and |y |ayant |ainsi que )",
                    rest,
                )
                and not re.search(r"\b(?:ont|a|sont|est|have|has|han|ha)\b", stripped)
            )
        )

    def _noun_source(
        self, sentence: Sentence, start: int, end: int, verb: int, attribution: str, form: str
    ) -> Source:
        text = sentence.text
        stop = verb
        named = self._countries.find(sentence.folded[end:verb])
        last = end
        for match in named:
            between = sentence.folded[last : end + match.start]
            if (
                not re.fullmatch(
                    r"(?:,|\s|et|and|y|e|de|du|des|d'|la|le|les|l'|of|the|del|los|el|ainsi que)*\s*",
                    between.replace("'", "' ").strip() or " ",
                )
                and last != end
            ):
                break
            last = end + match.end
        inner = sentence.lowered[last:verb]
        end = last
        comma = inner.find(",")
        if comma >= 0 and not re.match(
            r",? ?(?:parmi|dont|notamment|y compris|including|among|such as|entre (?:ellas|ellos|las|los)|incluid)",
            inner[comma:],
        ):
            stop = end + comma
        words = text[start:stop].rstrip(" ,")
        words = (
            re.sub(
                r" (?:\w+ment|également|aussi|also|también|se|s'|n'|ne|en outre|par ailleurs)$",
                "",
                words,
            )
            if stop == verb
            else words
        )
        countries = tuple(
            (start + m.start, start + m.end, m.target)
            for m in self._countries.find(sentence.folded[start : start + len(words)])
        )
        if countries and attribution in (
            "delegates",
            "delegations",
            "speakers",
            "other",
            "participants",
        ):
            attribution = "delegations"
        if attribution == "other" or (
            not countries and self.pack.representatives.match(sentence.lowered[start:])
        ):
            bodies = tuple(
                (start + m.start, start + m.end, m.target)
                for m in self._bodies.find(sentence.folded[start : start + len(words)])
            )
        else:
            bodies = ()
        if bodies and self.pack.representatives.match(sentence.lowered[start:]):
            attribution = "organisation"
        return Source(
            attribution,
            words,
            form,
            "attribution.subject",
            (),
            countries,
            bodies,
            (start, start + len(words)),
            verb,
        )

    def _states_or_bodies(
        self, sentence: Sentence, verb: int, form: str
    ) -> tuple[int, Source] | None:
        """Named countries or organisations as subject: "La Libye a rappelé", "Le HCR a souligné"."""
        folded = sentence.folded
        lead = folded[:verb].rstrip(" ,")
        supported = self.pack.supported.search(lead.lower())
        others: tuple[tuple[int, int, str], ...] = ()
        if supported:
            start = supported.start("others")
            others = tuple(
                (start + m.start, start + m.end, m.target)
                for m in self._countries.find(folded[start:verb])
            )
            lead = lead[: supported.start()].rstrip(" ,")
            verb_end = verb
            verb = len(lead)
        else:
            verb_end = verb
        lead = re.sub(r"[ ,]+(?:\w+ment|également|aussi|also|también|n'|s'|l')$", "", lead)
        clause = max(lead.rfind(";"), lead.rfind(". "), lead.rfind(":")) + 1
        countries = [m for m in self._countries.find(folded[clause:verb])]
        bodies = [m for m in self._bodies.find(folded[clause:verb])]
        for matches, kind in ((countries, "delegations"), (bodies, "organisation")):
            if not matches:
                continue
            last = matches[-1]
            if len(lead) - (clause + last.end) > 2 and not re.fullmatch(
                r"\s*(?:\([^)]*\))?", lead[clause + last.end :]
            ):
                continue
            first = last
            chain = [last]
            for match in reversed(matches[:-1]):
                between = folded[clause + match.end : clause + first.start]
                if re.fullmatch(
                    r"(?:,| et| and| y| e|,? ainsi que|\s)*\s*(?:de |du |des |de la |de l'|d'|la |le |les |l'|el |los |the )*",
                    between,
                ):
                    chain.insert(0, match)
                    first = match
                else:
                    break
            start = clause + first.start
            before = sentence.key[:start]
            phrase = re.search(
                r"(?:(?:(?:les?|la|l'|un|une|the|el|los|las|ainsi que|des?) ?)?(?:representante?s?|delegations?|delegue\w*|gouvernements?|ambassad\w+|delegat\w+|governments?|delegaciones?|delegacion|gobiernos?|representatives?) (?:permanente?s? )?(?:de l'|de la |du |des |de |d'|of |del |de los )?(?:la |le |les |l'|the )?|(?:les?|la|l'|the|el|los|las) ?)$",
                before,
            )
            if phrase:
                start = phrase.start()
                while start < len(folded) and folded[start] == " ":
                    start += 1
            lead_text = sentence.key[clause:start].strip()
            if lead_text and not re.search(
                r"(?:,|\bque|\bqu'|\bet|:|;|\bthat|\band|^|\bpuis)$", lead_text
            ):
                continue
            words = sentence.text[start : clause + last.end]
            spans = tuple((clause + m.start, clause + m.end, m.target) for m in chain)
            if kind == "delegations":
                joined = tuple(
                    (clause + m.start, clause + m.end, m.target)
                    for m in bodies
                    if re.fullmatch(
                        r" ?(?:et|and|y|,) (?:la |le |les |l'|the )?",
                        folded[clause + m.end : clause + chain[0].start],
                    )
                )
                return start, Source(
                    kind,
                    words,
                    form,
                    "attribution.state",
                    (),
                    (*spans, *others),
                    joined,
                    (start, clause + last.end),
                    verb_end,
                )
            return start, Source(
                kind,
                words,
                form,
                "attribution.organisation",
                (),
                (),
                spans,
                (start, clause + last.end),
                verb_end,
            )
        return self._unlisted_body(sentence, clause, len(lead), form, verb_end)

    def _unlisted_body(
        self, sentence: Sentence, clause: int, end: int, form: str, verb: int
    ) -> tuple[int, Source] | None:
        """A body that no table lists, as subject: a body word with a capital, up to the verb."""
        for start in reversed(
            [
                clause,
                *(
                    clause + m.end()
                    for m in re.finditer(
                        r", |\b(?:que|et|that|and|y) ", sentence.folded[clause:end]
                    )
                ),
            ]
        ):
            while start < end and sentence.folded[start] == " ":
                start += 1
            article = re.match(
                r"(?:les? |la |l'|the |el |los |las )(?:organisation |association |collectif |ong |organization |organización )?",
                sentence.lowered[start:end],
            )
            name_start = start + (article.end() if article else 0)
            name = sentence.folded[name_start:end]
            words = name.split()
            capital = bool(words) and words[0][:1].isupper()
            is_body = capital and (
                (self.pack.body.match(sentence.key[name_start:]) and article is not None)
                or (
                    article is not None
                    and len(article[0].split()) > 1
                    and not article[0].strip().endswith("'")
                )
            )
            if (
                is_body
                and 1 < len(words) <= 14
                and not re.search(r"[,;()]", name)
                and not self.pack.reporting.search(name.lower())
            ):
                text = sentence.text[name_start:end]
                return start, Source(
                    "organisation",
                    sentence.text[start:end],
                    form,
                    "attribution.unlisted_organisation",
                    (),
                    (),
                    ((name_start, end, slug(text)),),
                    (start, end),
                    verb,
                )
        return None

    def _office_before(self, sentence: Sentence, verb: int) -> tuple[Participant, int, int] | None:
        """An office right before the verb that means a person of the document."""
        lead = sentence.key[:verb].rstrip(" ,")
        for start in reversed(
            [0, *(m.end() for m in re.finditer(r"[,;:] |\bque |\bqu'|\bet |\bthat |\band ", lead))]
        ):
            phrase = lead[start:]
            if len(phrase) > 160:
                break
            if self.pack.function.match(phrase):
                person = self.office(phrase)
                if person:
                    return person, start, start + len(phrase)
        return None

    def office(self, phrase: str) -> Participant | None:
        """The one person whose function holds all words of an office."""
        words = words_of(re.sub(_ARTICLE, "", phrase)) - words_of(
            "des les aux sur par pour dans chargee charge the and for los las del"
        )
        if not words:
            return None
        feminine = bool(self.pack.feminine_function.search(phrase))
        matches = []
        for person in self._attendance.persons():
            if not person.position_words:
                continue
            if all(any(_same_word(w, h) for h in person.position_words) for w in words) and (
                person.feminine is None or person.feminine == feminine or not feminine
            ):
                matches.append(person)
        if len(matches) > 1:
            exact = [p for p in matches if p.feminine == feminine and p.takes_part]
            matches = exact or matches
        if len(matches) > 1:
            recent = [
                s.participants[0]
                for s in self._last.values()
                if s.participants and s.participants[0] in matches
            ]
            return recent[-1] if recent else min(matches, key=lambda p: len(p.position_words))
        return matches[0] if matches else None

    def _person_source(
        self, naming: Naming, sentence: Sentence, form: str | None, verb: int | None, rule: str
    ) -> Source:
        introduction = naming.introduction
        honorific = introduction.honorific
        start = introduction.start
        if honorific:
            found = sentence.text.rfind(honorific, 0, introduction.start)
            start = found if found >= 0 and introduction.start - found < 60 else start
        words = sentence.text[start : introduction.end]
        return Source(
            "person",
            words,
            form,
            rule,
            (naming.participant,),
            span=(start, introduction.end),
            verb_start=verb,
        )

    def _pronoun(self, form_of: str, verb: str | None, verb_start: int | None) -> Source | None:
        antecedent = self._last.get(form_of)
        if (
            antecedent is not None
            and form_of in ("ms", "fs")
            and antecedent.attribution == "person"
        ):
            pass
        if antecedent is None and form_of == "fp":
            antecedent = self._last.get("mp")
        if antecedent is None:
            return None
        return Source(
            antecedent.attribution,
            antecedent.words,
            verb,
            "attribution.pronoun",
            antecedent.participants,
            antecedent.countries if False else (),
            (),
            None,
            verb_start,
        )

    def _resolve(
        self,
        sentence: Sentence,
        start: int,
        end: int,
        verb: str | None,
        rule: str,
        whole: bool = False,
    ) -> Source | None:
        """What a noun phrase outside subject position means, if it is a source at all."""
        text = sentence.lowered[start:end].strip()
        if text in self.pack.pronouns:
            return self._pronoun(self.pack.pronouns[text], verb, None)
        for naming in self._namings.get(sentence.index, []):
            introduction = naming.introduction
            if (
                start <= introduction.outer_start < end + 2
                and introduction.outer_start - start < 100
                and introduction.rule != "person.inside_function"
            ):
                if introduction.outer_start - start <= 4 or (
                    introduction.position and introduction.position[0] - start <= 4
                ):
                    return self._person_source(naming, sentence, verb, None, rule)
        for attribution, noun in self.pack.source_nouns:
            match = re.match(
                rf"(?:(?:{self.pack.determiners}) ?)*(?:(?:autres|nombreux|many|other|otros) )?(?:{noun.pattern})\b",
                text,
            )
            if match:
                words = sentence.text[start:end].strip(" ,")
                countries = tuple(
                    (start + m.start, start + m.end, m.target)
                    for m in self._countries.find(sentence.folded[start:end])
                )
                return Source(
                    "delegations" if countries else attribution,
                    words,
                    verb,
                    rule,
                    (),
                    countries,
                    (),
                    (start, start + len(words)),
                )
        countries = tuple(
            (start + m.start, start + m.end, m.target)
            for m in self._countries.find(sentence.folded[start:end])
        )
        plain = sentence.key[start:end].strip()
        office = self.office(plain) if self.pack.function.match(plain) else None
        if office:
            return Source(
                "person",
                sentence.text[start:end].strip(" ,"),
                verb,
                rule,
                (office,),
                span=(start, end),
            )
        if (
            countries
            and re.match(
                r"(?:le |la |les |l'|the |el |los |las )?(?:representante?s?|delegations?|delegue\w*|gouvernements?|delegat\w+|governments?|delegaci\w+|gobiernos?|representatives?|ambassad\w+)?",
                plain,
            )
            and countries[0][0] - start < 60
        ):
            return Source(
                "delegations",
                sentence.text[start:end].strip(" ,"),
                verb,
                rule,
                (),
                countries,
                (),
                (start, end),
            )
        bodies = self._bodies.find(sentence.folded[start:end])
        if bodies and bodies[0].start <= 6 and verb:
            spans = tuple((start + m.start, start + m.end, m.target) for m in bodies[:1])
            return Source(
                "organisation",
                sentence.text[start:end].strip(" ,"),
                verb,
                rule,
                (),
                (),
                spans,
                (start, end),
            )
        return None

    def _passive(self, sentence: Sentence) -> Source | None:
        for match in self.pack.reporting_passive.finditer(sentence.lowered):
            form = match["form"]
            if not self.pack.passive_participle.match(form):
                continue
            if not self._reports(form, sentence.lowered[match.end() :]):
                continue
            agent = self.pack.agent.match(sentence.lowered, match.end() + 1)
            if agent:
                source = self._resolve(sentence, *agent.span("source"), form, "attribution.agent")
                if source:
                    return source
                return None
            return Source("other", None, form, "attribution.passive", verb_start=match.start())
        match = self.pack.passive_demand.search(sentence.lowered)
        if match:
            return Source(
                "other", None, match["form"], "attribution.passive", verb_start=match.start()
            )
        return None

    # ------------------------------------------------------------ memory

    def _remember(self, sentence: Sentence, source: Source) -> None:
        """Keeps who a later pronoun can mean, by number and gender."""
        named = self._namings.get(sentence.index, [])
        acting = [n for n in named if n.acts]
        present = [
            n
            for n in named
            if not n.participant.absent and n.introduction.rule != "person.inside_function"
        ]
        for naming in acting or present:
            self._remember_person(
                naming.participant,
                self._person_source(naming, sentence, None, None, "attribution.person"),
            )
        if source.attribution == "person" and source.participants:
            self._remember_person(source.participants[0], source)
        elif source.words and source.attribution not in ("document",):
            if source.attribution == "delegations" and len(source.countries) == 1:
                gender = self.pack.grammatical_gender.match(source.words.lower())
                for form in (
                    ("ms", "fs")
                    if gender is None or gender.lastgroup is None
                    else (gender.lastgroup,)
                ):
                    self._last[form] = source
            feminine = bool(
                re.search(
                    r"\b(?:delegations|organisations|participantes|oratrices|déléguées)\b",
                    key(source.words),
                )
            )
            for form in ("fp", "mp") if feminine else ("mp",):
                self._last[form] = source
        if not acting and source.attribution == "document":
            office = self._leading_office(sentence)
            if office:
                person, start, end = office
                self._remember_person(
                    person,
                    Source(
                        "person", sentence.text[start:end], None, "attribution.office", (person,)
                    ),
                )

    def _remember_person(self, person: Participant, source: Source) -> None:
        """A pronoun of the person's gender means this person from now on; of either if it is unknown."""
        forms = ("ms", "fs") if person.feminine is None else ("fs",) if person.feminine else ("ms",)
        for form in forms:
            self._last[form] = source
        self._last["last"] = source

    def _leading_office(self, sentence: Sentence) -> tuple[Participant, int, int] | None:
        """An office as subject of any verb: the next pronoun may mean its holder."""
        for verb in self.pack.reporting.finditer(sentence.lowered):
            return self._office_before(sentence, verb.start())
        return None


def _same_word(one: str, two: str) -> bool:
    """Whether two words of an office differ in gender or number at most."""
    return one == two or (
        min(len(one), len(two)) >= 5 and one[: max(5, len(one) - 4)] == two[: max(5, len(one) - 4)]
    )


__all__ = ["DOCUMENT", "Attributor", "Source"]
