"""What a person decides about a release."""

from dataclasses import dataclass

from schemas.texts import Texts


@dataclass(frozen=True)
class Terms:
    """`date` (ISO 8601) is that of the release, where it is not to follow from what it was made
    from. `allow_major` and `accept` are reasons: why it may break what its users rely on, why it
    may be worse than the last. `texts` says how much of the documents it carries: as much as the
    last one, unless it is given."""

    date: str | None = None
    allow_major: str | None = None
    accept: str | None = None
    texts: Texts | None = None
