"""Who pronouns and offices mean, from what was said before in the document."""

from flows.ground.folding import key
from flows.normalise.language.pack import Pack
from flows.normalise.people.functions import words_of
from flows.normalise.people.participants import Attendance, Participant
from flows.normalise.speech.sources import Source

_SPEAKING = ("participants", "speakers", "delegates")


class Antecedents:
    """Remembers who was last named, by number and gender: `ms`, `fs`, `mp`, `fp`, or `last`.

    `first` is the first of several named together.
    """

    def __init__(self, pack: Pack, attendance: Attendance) -> None:
        self._pack, self._attendance = pack, attendance
        self._last: dict[str, Source] = {}

    def pronoun(self, form_of: str, verb: str | None, verb_start: int | None) -> Source | None:
        """What a pronoun of this number and gender means; None if nobody was named."""
        antecedent = self._last.get(form_of)
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
            verb_start=verb_start,
        )

    def office(self, phrase: str) -> Participant | None:
        """The one person whose function holds all words of an office (key)."""
        small = self._pack.shapes["office_word"]
        words = {
            word
            for word in words_of(self._pack.shapes["determiner"].sub("", phrase))
            if not small.fullmatch(word)
        }
        feminine = bool(self._pack.feminine_function.search(phrase))
        matches = [
            person
            for person in self._attendance.persons()
            if words
            and person.position_words
            and all(any(_same_word(w, held) for held in person.position_words) for w in words)
            and (person.feminine is None or person.feminine == feminine or not feminine)
        ]
        lower_rank = self._pack.shapes["lower_rank"]
        if len(matches) > 1 and not lower_rank.search(phrase):
            same_rank = [p for p in matches if not lower_rank.search(key(p.position or ""))]
            matches = same_rank or matches
        if len(matches) > 1:
            exact = [p for p in matches if p.feminine == feminine and p.takes_part]
            matches = exact or matches
        if len(matches) > 1:
            named = [s.participants[0] for s in self._last.values() if s.participants]
            recent = [person for person in named if person in matches]
            return recent[-1] if recent else min(matches, key=lambda p: len(p.position_words))
        return matches[0] if matches else None

    def remember_person(self, person: Participant, source: Source) -> None:
        """A pronoun of the person's gender means this person now; of either if it is unknown."""
        if person.feminine is not True:
            self._last["ms"] = source
        if person.feminine is not False:
            self._last["fs"] = source
        self._last["last"] = source

    def remember_first(self, source: Source) -> None:
        """The first of several persons named together."""
        self._last["first"] = source

    def remember_group(self, source: Source) -> None:
        """They, from now on, are these people; a single state can be he or she as well."""
        words = source.words or ""
        gender = self._pack.grammatical_gender.match(words.lower())
        known = gender.lastgroup if gender else None
        if source.attribution == "delegations" and len(source.countries) == 1:
            for form in (known,) if known else ("ms", "fs"):
                self._last[form] = source
            self._last["last"] = source
        elif source.attribution == "organisation" or (known and source.attribution in _SPEAKING):
            self._last["last"] = source
        if self._pack.shapes["feminine_noun"].search(key(words)):
            self._last["fp"] = source
        self._last["mp"] = source


def _same_word(one: str, two: str) -> bool:
    """Whether two words of an office differ in gender or number at most."""
    stem = max(5, len(one) - 4)
    return one == two or (min(len(one), len(two)) >= 5 and one[:stem] == two[:stem])
