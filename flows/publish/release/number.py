"""The number of a version."""


def number(version: str) -> tuple[int, int, int]:
    """A version as numbers, which sort as versions do. Raises ValueError when it is none."""
    major, minor, patch = map(int, version.split("."))
    return major, minor, patch
