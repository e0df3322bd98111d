"""Dates and hours in all the shapes that French documents print, and what only looks like one."""

import datetime

import pytest

from documents import pack
from flows.ground.cleaning import clean
from flows.ground.fragment import Fragment
from flows.normalise.language.dates import find_dates, find_hours
from flows.normalise.language.pack import pack_of

NBSP = "\u00a0"


def ranges(text: str, year: int | None) -> list[tuple[str, str] | None]:
    """First and last day of each date of a source text, `year` where none is printed."""
    lowered = clean(Fragment.of(text), [(0, len(text))], lambda left, right: True).lowered
    found = [date.dates(year) for date in find_dates(lowered, pack())]
    return [days and (days[0].isoformat(), days[1].isoformat()) for days in found]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("30 septembre-2 octobre 2026", "2026-09-30", "2026-10-02"),
        ("30 septembre – 2 octobre 2026", "2026-09-30", "2026-10-02"),
        ("du 30 septembre au 2 octobre 2026", "2026-09-30", "2026-10-02"),
        ("du 31 janvier au 1er février 2024", "2024-01-31", "2024-02-01"),
        ("11 et 12 mai 2024", "2024-05-11", "2024-05-12"),
        ("les 11 et  12 mai 2024", "2024-05-11", "2024-05-12"),
        ("le 11 et le 12 mai 2024", "2024-05-11", "2024-05-12"),
        ("11-12 mai 2024", "2024-05-11", "2024-05-12"),
        ("11–13 mai 2024", "2024-05-11", "2024-05-13"),
        ("11 au 13 mai 2024", "2024-05-11", "2024-05-13"),
        ("du 11 mai au 13 mai 2024", "2024-05-11", "2024-05-13"),
        ("du mardi 3 mars au jeudi 5 mars 2026", "2026-03-03", "2026-03-05"),
        ("mardi 3 et mercredi 4 mars 2026", "2026-03-03", "2026-03-04"),
        ("le mercredi 4 mars 2026", "2026-03-04", "2026-03-04"),
        ("1er juillet 2025", "2025-07-01", "2025-07-01"),
        ("1ᵉʳ-3 août 2023", "2023-08-01", "2023-08-03"),
        ("12, 13 et 15 avril 2027", "2027-04-12", "2027-04-15"),
        ("30 décembre 2026-2 janvier 2027", "2026-12-30", "2027-01-02"),
        ("du 30 décembre 2026 au 2 janvier 2027", "2026-12-30", "2027-01-02"),
        ("du 30 décembre au 2 janvier 2027", "2026-12-30", "2027-01-02"),
        ("14 ET 15 AOÛT 2025", "2025-08-14", "2025-08-15"),
        ("14 ET 15 DECEMBRE 2025", "2025-12-14", "2025-12-15"),
        ("20 et 21 Octobre 2025", "2025-10-20", "2025-10-21"),
        (f"14{NBSP}et{NBSP}15{NBSP}mai 2025", "2025-05-14", "2025-05-15"),
        ("14 et 15\nfe\u0301vrier 2025", "2025-02-14", "2025-02-15"),
        ("29 février 2028", "2028-02-29", "2028-02-29"),
    ],
)
def test_dates_with_a_year(text: str, first: str, last: str) -> None:
    assert ranges(text, None) == [(first, last)]
    assert ranges(f"La session ({text}), au port.", 1999) == [(first, last)]


SHAPES_OF_LANGUAGES = {
    "en": [
        ("28 Apr – 2 May 2031", "2031-04-28", "2031-05-02"),
        ("Apr. 28-May 2, 2031", "2031-04-28", "2031-05-02"),
        ("April 28th – May 2nd, 2031", "2031-04-28", "2031-05-02"),
        ("30 Dec. 2031 – 2 Jan. 2032", "2031-12-30", "2032-01-02"),
        ("6−8 June 2031", "2031-06-06", "2031-06-08"),
        ("6&7 June 2031", "2031-06-06", "2031-06-07"),
        ("6/7 June 2031", "2031-06-06", "2031-06-07"),
        ("June 6 & 7, 2031", "2031-06-06", "2031-06-07"),
        ("6, 7 and 9 June 2031", "2031-06-06", "2031-06-09"),
        ("Friday to Sunday, 6-8 June 2031", "2031-06-06", "2031-06-08"),
        ("the first of June 2031", "2031-06-01", "2031-06-01"),
        ("6-June-2031", "2031-06-06", "2031-06-06"),
        ("06.06.2031 – 08.06.2031", "2031-06-06", "2031-06-08"),
        ("6-8/06/2031", "2031-06-06", "2031-06-08"),
        ("2031-06-06 to 2031-06-08", "2031-06-06", "2031-06-08"),
    ],
    "fr": [
        ("28 avr – 2 mai 2031", "2031-04-28", "2031-05-02"),
        ("27 févr.-1er mars 2031", "2031-02-27", "2031-03-01"),
        ("27 fév. au 1 er mars 2031", "2031-02-27", "2031-03-01"),
        ("1°-3 juin 2031", "2031-06-01", "2031-06-03"),
        ("du premier au 3 juin 2031", "2031-06-01", "2031-06-03"),
        ("6&7 juin 2031", "2031-06-06", "2031-06-07"),
        ("6−8 juin 2031", "2031-06-06", "2031-06-08"),
        ("vendredi-dimanche, 6-8 juin 2031", "2031-06-06", "2031-06-08"),
        ("30 nov./1er déc. 2031", "2031-11-30", "2031-12-01"),
    ],
    "es": [
        ("28 abr – 2 may 2031", "2031-04-28", "2031-05-02"),
        ("28 de abr. al 2 de mayo de 2031", "2031-04-28", "2031-05-02"),
        ("1o. al 3 de junio de 2031", "2031-06-01", "2031-06-03"),
        ("1ro. y 2 de junio de 2031", "2031-06-01", "2031-06-02"),
        ("1° al 3 de junio del 2031", "2031-06-01", "2031-06-03"),
        ("primero al 3 de junio de 2031", "2031-06-01", "2031-06-03"),
        ("del primero al 3 de junio de 2031", "2031-06-01", "2031-06-03"),
        ("6&7 de junio de 2031", "2031-06-06", "2031-06-07"),
        ("6-junio-2031", "2031-06-06", "2031-06-06"),
    ],
}


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [(language, *shape) for language, shapes in SHAPES_OF_LANGUAGES.items() for shape in shapes],
)
def test_dates_without_stops_and_with_other_signs(
    language: str, text: str, first: str, last: str
) -> None:
    lowered = clean(Fragment.of(text), [(0, len(text))], lambda left, right: True).lowered
    dates = find_dates(lowered, pack_of(language))
    assert [date.dates(None) for date in dates] == [
        (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))
    ]
    assert dates[0].span == (0, len(text))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("du 30 septembre au 2 octobre", "2026-09-30", "2026-10-02"),
        ("les 11 et  12 mai", "2026-05-11", "2026-05-12"),
        ("15-16 octobre", "2026-10-15", "2026-10-16"),
        ("le 1er mars", "2026-03-01", "2026-03-01"),
    ],
)
def test_dates_without_a_year_take_the_year_given(text: str, first: str, last: str) -> None:
    assert ranges(text, 2026) == [(first, last)]
    assert ranges(text, None) == [None]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Day 1 – 6 June 2031"),
        ("fr", "Jour 1 – 6 juin 2031"),
        ("es", "Día 1 – 6 de junio de 2031"),
    ],
)
def test_the_number_of_a_day_is_no_date(language: str, text: str) -> None:
    found = find_dates(text.lower(), pack_of(language))
    assert [date.dates(None) for date in found] == [(datetime.date(2031, 6, 6),) * 2]


def test_several_dates_of_a_text_in_their_order() -> None:
    text = "Ouverte le 7 juin 2027, la réunion, prévue du 5 au 6 mai, prit fin le 1er juillet 2027."
    assert ranges(text, 2027) == [
        ("2027-06-07", "2027-06-07"),
        ("2027-05-05", "2027-05-06"),
        ("2027-07-01", "2027-07-01"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "la résolution 73/195 et le document A/76/642",
        "le Programme 2030 et la COP 27",
        "en mars 2026",
        "les objectifs 19 et 20 du Pacte",
        "de 10:15 à 11:15, salle 21",
        "8 marsouins, 12 marchands et 3 maisons",
        "l'article 3 maintenant adopté",
        "en mai, 15 ports ; en juin, 16",
        "le Panel 2 – Mars et l'espace",
        "pages 12-13",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert ranges(text, 2026) == []


@pytest.mark.parametrize("text", ["29 février 2027", "31 avril 2027", "du 9 au 7 juin 2027"])
def test_days_that_do_not_exist_give_no_dates(text: str) -> None:
    assert ranges(text, None) == [None]


def hours(text: str) -> tuple[str, str, str | None] | None:
    fragment = clean(Fragment.of(text), [(0, len(text))], lambda left, right: True)
    found = find_hours(fragment.folded, fragment.lowered, pack())
    return found and (f"{found.start:%H:%M}", f"{found.end:%H:%M}", found.timezone)


@pytest.mark.parametrize(
    ("text", "start", "end", "zone"),
    [
        ("8 heures-11 heures (CET)", "08:00", "11:00", "CET"),
        ("8h30 à 11h45 heure de l'Est", "08:30", "11:45", "heure de l'Est"),
        ("10 h – 10 h 30", "10:00", "10:30", None),
        ("9.45 – 10.00", "09:45", "10:00", None),
        ("10:15 - 10.50", "10:15", "10:50", None),
        ("14 h 00-17 h 00 (heure de Genève)", "14:00", "17:00", "heure de Genève"),
        ("de 15h à 18h, CEST", "15:00", "18:00", "CEST"),
        ("11:00-14:00 ICT", "11:00", "14:00", "ICT"),
        ("entre 9 heures et 12 heures (UTC)", "09:00", "12:00", "UTC"),
        ("9:00 à 12:00 EST/ 15:00 à 18:00 CEST", "09:00", "12:00", "EST"),
        (f"9{NBSP}h{NBSP}30–12{NBSP}h", "09:30", "12:00", None),
        ("3-5 mars 2026, 9 heures-12 heures (GMT), en ligne", "09:00", "12:00", "GMT"),
        ("de 9h00 à 12h00 (pause comprise)", "09:00", "12:00", None),
    ],
)
def test_hours(text: str, start: str, end: str, zone: str | None) -> None:
    assert hours(text) == (start, end, zone)


@pytest.mark.parametrize(
    "text",
    [
        "70-80 pays",
        "9-12 mai 2025",
        "la résolution 73/195",
        "les objectifs 9 à 12",
        "de 25 h à 26 h",
        "10.15 – 10.75",
        "24 heures sur 24",
        "un délai de 48 heures",
    ],
)
def test_what_is_no_range_of_hours(text: str) -> None:
    assert hours(text) is None
