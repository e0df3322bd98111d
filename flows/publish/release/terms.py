"""What a person decides about a release."""

from dataclasses import dataclass

from schemas.texts import Texts


@dataclass(frozen=True)
class Terms:
    """What a user allows and wants of the next release; None where nothing is said.

    `date` (ISO 8601) is the release's, else it follows from what the release was made from.
    `allow_major` is the reason why it may break what users rely on, `accept` the reason why it may
    be worse than the latest. `texts` says how much of the documents it carries, else as much as the
    latest.
    """

    date: str | None = None
    allow_major: str | None = None
    accept: str | None = None
    texts: Texts | None = None
