"""Who pronouns and positions mean, from what was said before in the document.

`attribution` remembers here who speaks and asks whom later words mean; `attendance` asks who holds
the positions that a list names.
"""

from flows.ground.folding import key
from flows.normalise.language.pack import Pack
from flows.normalise.people.participants import Attendance, Participant
from flows.normalise.people.positions import words_of
from flows.normalise.speech.sayings import Saying

_SPEAKING = ("participants", "speakers", "delegates")


class Antecedents:
    """Remembers who was last named, by number and gender: `ms`, `fs`, `mp`, `fp`, or `last`.

    `first` is the first of several named together.
    """

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._last: dict[str, Saying] = {}

    def pronoun(self, form_of: str, verb: str | None, verb_start: int | None) -> Saying | None:
        """What a pronoun of this number and gender means; None if nobody was named."""
        antecedent = self._last.get(form_of)
        if antecedent is None and form_of == "fp":
            antecedent = self._last.get("mp")
        if antecedent is None:
            return None
        return Saying(
            antecedent.attribution,
            antecedent.words,
            verb,
            "attribution.pronoun",
            antecedent.participants,
            verb_start=verb_start,
        )

    def holder(self, phrase: str, attendance: Attendance) -> Participant | None:
        """The person of the attendance whose position has all words of a phrase (key); None without
        any. Of several, who has no lower rank, the same gender, was named last."""
        small = self._pack.office_word
        words = {
            word
            for word in words_of(self._pack.determiner.sub("", phrase))
            if not small.fullmatch(word)
        }
        feminine = bool(self._pack.feminine_function.search(phrase))
        matches = [
            person
            for person in attendance.persons()
            if words
            and person.position_words
            and all(any(_same_word(w, held) for held in person.position_words) for w in words)
            and (person.feminine is None or person.feminine == feminine or not feminine)
        ]
        lower_rank = self._pack.lower_rank
        if len(matches) > 1 and not lower_rank.search(phrase):
            same_rank = [p for p in matches if not lower_rank.search(key(p.position or ""))]
            matches = same_rank or matches
        if len(matches) > 1:
            exact = [p for p in matches if p.feminine == feminine and attendance.takes_part(p)]
            matches = exact or matches
        if len(matches) > 1:
            named = [s.participants[0] for s in self._last.values() if s.participants]
            recent = [person for person in named if person in matches]
            return recent[-1] if recent else min(matches, key=lambda p: len(p.position_words))
        return matches[0] if matches else None

    def remember_person(self, person: Participant, saying: Saying) -> None:
        """A pronoun of the person's gender means this person now; of either if it is unknown."""
        if person.feminine is not True:
            self._last["ms"] = saying
        if person.feminine is not False:
            self._last["fs"] = saying
        self._last["last"] = saying

    def remember_first(self, saying: Saying) -> None:
        """The first of several persons named together."""
        self._last["first"] = saying

    def remember_group(self, saying: Saying) -> None:
        """They, from now on, are these people; a single country can be he or she as well."""
        words = saying.words or ""
        gender = self._pack.grammatical_gender.match(words.lower())
        known = gender.lastgroup if gender else None
        if saying.attribution == "delegations" and len(saying.countries) == 1:
            for form in (known,) if known else ("ms", "fs"):
                self._last[form] = saying
            self._last["last"] = saying
        elif saying.attribution == "organisation" or (known and saying.attribution in _SPEAKING):
            self._last["last"] = saying
        if self._pack.feminine_noun.search(key(words)):
            self._last["fp"] = saying
        self._last["mp"] = saying


def _same_word(one: str, two: str) -> bool:
    """Whether two words of a position differ in gender or number at most."""
    stem = max(5, len(one) - 4)
    return one == two or (min(len(one), len(two)) >= 5 and one[:stem] == two[:stem])
