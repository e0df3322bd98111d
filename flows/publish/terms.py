"""What a person decides about a release."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    """`date` (ISO 8601) is that of the release, where it is not to follow from what it was made
    from. `allow_major` and `accept` are reasons: why it may break what its users rely on, why it
    may be worse than the last."""

    date: str | None = None
    allow_major: str | None = None
    accept: str | None = None
