"""Arguments that several commands take, and what their values must be."""

import argparse
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.publish import Terms
    from flows.settings import Settings

PROJECT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = PROJECT / "seeds" / "documents"
LABELS = PROJECT / "seeds" / "gold"
WAREHOUSE = PROJECT / "warehouse"


def settings() -> "Settings":
    """The settings in force, before any option. Raises Refused when they cannot be read."""
    from flows.settings import read_settings  # not for `idm --help`

    return read_settings(os.environ, Path.cwd())


def add_documents(parser: argparse.ArgumentParser) -> None:
    """`--documents DIR`, where the summaries are."""
    parser.add_argument(
        "--documents",
        type=Path,
        default=settings().documents,
        metavar="DIR",
        help="folder of documents, with or without a register documents.csv (default: %(default)s)",
    )


def add_strict(parser: argparse.ArgumentParser) -> None:
    """`--strict`, which makes anything that was not understood a failure."""
    parser.add_argument(
        "--strict",
        action="store_true",
        help="fail when anything in a document was not understood, and list it",
    )


def add_warehouse(parser: argparse.ArgumentParser) -> None:
    """`--warehouse DIR`, where everything that is built is."""
    parser.add_argument(
        "--warehouse",
        type=Path,
        default=settings().warehouse,
        metavar="DIR",
        help="folder of the built files (default: %(default)s)",
    )


def add_terms(parser: argparse.ArgumentParser) -> None:
    """What a person decides about a release; `terms_of` reads it."""
    parser.add_argument(
        "--date",
        type=iso_date,
        metavar="DATE",
        help="date of the release (default: that of the newest document's entry in the register, "
        "else of the commit)",
    )
    parser.add_argument(
        "--texts",
        choices=["full", "quotes", "standoff"],
        help="what of the documents' words the release carries: all, what is quoted (titles, "
        "names, recommendations), none (default: as the latest release, else full)",
    )
    parser.add_argument(
        "--allow-major", type=reason, metavar="WHY", help="publish what breaks users' work"
    )
    parser.add_argument(
        "--accept", type=reason, metavar="WHY", help="publish less rows or lower scores than last"
    )


def terms_of(options: argparse.Namespace) -> "Terms":
    """The terms of a release that `add_terms` has asked for."""
    from flows.publish.release.terms import Terms

    return Terms(options.date, options.allow_major, options.accept, options.texts)


def iso_date(text: str) -> str:
    """A date like 2030-09-01."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2030-09-01") from None


def reason(text: str) -> str:
    """A reason, on one line and not empty."""
    line = " ".join(text.split())
    if not line:
        raise argparse.ArgumentTypeError("say why")
    return line
