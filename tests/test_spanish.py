"""What is read in Spanish documents: headers, figures, people, who says what, recommendations."""

import datetime
from functools import partial

import pytest

from passages import SPANISH, bullets, rows_of
from schemas import Row

document = SPANISH.document
groups = SPANISH.groups
people = partial(SPANISH.persons, section="opening")
recommendation = SPANISH.recommendation
roles = partial(SPANISH.roles, section="opening")
rows = SPANISH.rows
said_by = SPANISH.said_in_item

SERIES = "Diálogo Internacional sobre la Migración 2031"
THEME = "Puertos y pasarelas: la movilidad vista desde las ciudades costeras"

DATES = {
    "26 y 27 de marzo de 2031": ("2031-03-26", "2031-03-27"),
    "Los días 26 y 27 de marzo de 2031": ("2031-03-26", "2031-03-27"),
    "Del 28 de febrero al 2 de marzo de 2031": ("2031-02-28", "2031-03-02"),
    "10 a 11 de octubre de 2031": ("2031-10-10", "2031-10-11"),
    "2 al 5 de diciembre de 2031": ("2031-12-02", "2031-12-05"),
    "12 – 13 de septiembre de 2031": ("2031-09-12", "2031-09-13"),
    "28 de noviembre al 1º de diciembre de 2031": ("2031-11-28", "2031-12-01"),
    "Martes 28 de octubre a jueves 30 de octubre de 2031": ("2031-10-28", "2031-10-30"),
    "20 y 21 de Octubre de 2031": ("2031-10-20", "2031-10-21"),
    "1.º de marzo de 2031": ("2031-03-01", "2031-03-01"),
    "14, 15 y 16 de mayo de 2031": ("2031-05-14", "2031-05-16"),
    "6 de abril del 2031": ("2031-04-06", "2031-04-06"),
}

HOURS = {
    "de 9:00 a 12:00 (hora local de Nueva York)": ("09:00", "12:00", "hora local de Nueva York"),
    "de 9.30 a 17.30": ("09:30", "17:30", None),
    "9:00-12:00 EST": ("09:00", "12:00", "EST"),
    "de 10 a 13 horas": ("10:00", "13:00", None),
    "de 9 h a 12 h (GMT)": ("09:00", "12:00", "GMT"),
    "de 3:00 p. m. a 5:30 p. m.": ("15:00", "17:30", None),
}


def session(header: str) -> Row:
    """The session that a document with this header reports."""
    body = f"- {SPANISH.before}\n- Los participantes señalaron que los cursos eran pocos.\n"
    (found,) = rows_of(f"{header}\n\n{SPANISH.theme}\n\n{body}")["sessions"]
    return found


@pytest.mark.parametrize("printed", DATES)
def test_dates_of_a_header(printed: str) -> None:
    found = session(f"{SERIES}\n\n{THEME}\n\n{printed}\n\nSíntesis de conclusiones")
    days = (found["start_date"], found["end_date"])
    assert tuple(str(day) for day in days) == DATES[printed]
    assert found["title"] == THEME


@pytest.mark.parametrize("printed", HOURS)
def test_hours_of_a_header(printed: str) -> None:
    header = (
        f"{SERIES}\n\n{THEME}\n\n10 y 11 de junio de 2031, {printed}\n\nSíntesis de conclusiones"
    )
    found = session(header)
    start, end, zone = HOURS[printed]
    assert (found["start_time"], found["end_time"]) == (
        datetime.time.fromisoformat(start),
        datetime.time.fromisoformat(end),
    )
    assert found["timezone"] == zone
    assert found["title"] == THEME


def test_a_header_that_is_one_clause() -> None:
    found = session(
        f"{SERIES}\n{THEME}\nque tendrá lugar en línea del 28 de febrero al 2 de marzo de 2031, de"
        " 9:00 a 12:00 (hora local de Nueva York)\n-- Síntesis de conclusiones --"
    )
    assert (str(found["start_date"]), str(found["end_date"])) == ("2031-02-28", "2031-03-02")
    assert (found["modality"], found["timezone"]) == ("online", "hora local de Nueva York")
    assert (found["title"], found["venue"], found["city"]) == (THEME, None, None)


def test_date_and_venue_on_one_line() -> None:
    found = session(
        f"{SERIES}\n\n{THEME}\n\n26 y 27 de marzo de 2031, Sede de las Naciones Unidas, Nueva York"
        "\n\nSíntesis de conclusiones"
    )
    assert (found["venue"], found["city"], found["country_code"]) == (
        "Sede de las Naciones Unidas",
        "Nueva York",
        "USA",
    )


@pytest.mark.parametrize(
    ("line", "ordinal"),
    [
        ("Primera sesión del Diálogo Internacional sobre la Migración 2031", 1),
        ("2.ª sesión del Diálogo Internacional sobre la Migración 2031", 2),
        ("Segundo Diálogo Internacional sobre la Migración 2031", 2),
        ("Diálogo Internacional sobre las Migraciones 2031 – Segunda sesión", 2),
        ("Diálogo Internacional sobre Migración 2031", 1),
    ],
)
def test_the_series_and_its_ordinal(line: str, ordinal: int) -> None:
    found = session(f"{line}\n\n{THEME}\n\n10 y 11 de junio de 2031\n\nSíntesis de conclusiones")
    assert (found["ordinal"], found["year"], found["title"]) == (ordinal, 2031, THEME)


@pytest.mark.parametrize(
    ("words", "modality"),
    [
        ("Palacio de las Naciones, Ginebra (híbrida)", "hybrid"),
        ("Palacio de las Naciones, Ginebra, en formato híbrido", "hybrid"),
        ("En línea", "online"),
        ("Por videoconferencia", "online"),
        ("Palacio de las Naciones, Ginebra, de forma presencial", "in_person"),
        ("Palacio de las Naciones, Ginebra", None),
    ],
)
def test_the_modality(words: str, modality: str | None) -> None:
    found = session(
        f"{SERIES}\n\n{THEME}\n\n10 y 11 de junio de 2031\n\n{words}\n\nSíntesis de conclusiones"
    )
    assert found["modality"] == modality
    assert found["venue"] == (None if modality == "online" else "Palacio de las Naciones")


# ---------------------------------------------------------------- figures


@pytest.mark.parametrize(
    ("sentence", "value", "qualifier"),
    [
        ("Las becas llegaron a mil 500 estudiantes.", 1500, "exact"),
        ("Más de dos mil familias recibieron libros.", 2000, "over"),
        ("Cerca de 1.200 barcos atracan cada año.", 1200, "nearly"),
        ("Unos 258 millones de personas viven lejos de su puerto natal.", 258_000_000, "about"),
        ("Treinta y cuatro escuelas cerraron sus puertas.", 34, "exact"),
        ("El 62,5 por ciento de los alumnos trabaja de noche.", 62.5, "exact"),
        ("Un centenar de pescadores asiste a las clases.", 100, "about"),
    ],
)
def test_numbers(sentence: str, value: float, qualifier: str) -> None:
    figures = rows(bullets(sentence))["figures"]
    assert [(row["value"], row["qualifier"]) for row in figures] == [(value, qualifier)]


@pytest.mark.parametrize(
    "sentence",
    [
        "La resolución 73/195 no habla de faros.",
        "El programa dura del 3 al 5 de mayo.",
        "El objetivo 19 del Pacto Mundial trata de otra cosa.",
    ],
)
def test_numbers_that_are_no_figures(sentence: str) -> None:
    assert rows(bullets(sentence))["figures"] == []


def test_totals_of_the_session() -> None:
    (found,) = rows(
        "Asistieron a la sesión alrededor de 620 participantes de 88 países, de los cuales el 55 %"
        " representaba a los gobiernos. Se organizaron seis paneles, a cargo de 31 oradores y"
        " moderadores.",
        section="introduction",
    )["sessions"]
    assert found["stated_participants"] == 620
    assert found["stated_countries"] == 88
    assert found["stated_government_share"] == 0.55
    assert found["stated_panels"] == 6
    assert found["stated_speakers"] == 31


# ---------------------------------------------------------------- panels and days


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["Mesa redonda 1: Faros y farolas", "Mesa redonda 2: Redes, anzuelos y permisos"],
            [("1", "Faros y farolas"), ("2", "Redes, anzuelos y permisos")],
        ),
        (
            ["Panel I – ¿Quién paga el viaje?", "Panel II – Volver, quedarse"],
            [("I", "¿Quién paga el viaje?"), ("II", "Volver, quedarse")],
        ),
        (
            ["Sesión 1. Puertas abiertas", "Sesión 2. Puertas cerradas"],
            [("1", "Puertas abiertas"), ("2", "Puertas cerradas")],
        ),
        (
            ["Mesa temática A: Aulas flotantes", "Mesa temática B: Aulas a distancia"],
            [("A", "Aulas flotantes"), ("B", "Aulas a distancia")],
        ),
        (
            ["Conversatorio 1: Contar el mar", "Conversatorio 2: Medir la sal"],
            [("1", "Contar el mar"), ("2", "Medir la sal")],
        ),
    ],
)
def test_labels_of_panels(lines: list[str], expected: list[tuple[str, str]]) -> None:
    tables = rows(
        "Los paneles abordaron los temas siguientes:", bullets(*lines), section="introduction"
    )
    assert [(row["number"], row["title"]) for row in tables["panels"]] == expected


def test_panels_told_by_ordinals_alone() -> None:
    tables = rows(
        "La sesión se articuló en tres paneles: el primero versó sobre los muelles viejos; el"
        " segundo, sobre los faros apagados; y el tercero, sobre las barcas del delta.",
        section="introduction",
    )
    titles = [str(panel["title"]) for panel in tables["panels"]]
    assert len(titles) == 3
    expected = ("muelles viejos", "faros apagados", "barcas del delta")
    for title, words in zip(titles, expected, strict=True):
        assert title.endswith(words)
        assert title.split()[0] in (words.split()[0], "los", "las")


def test_days_above_panels() -> None:
    tables = rows(
        "Los temas fueron los siguientes:",
        "Primer día",
        bullets("Panel 1: Faros y farolas", "Panel 2: Redes y anzuelos"),
        "Segundo día",
        bullets("Panel 1: Volver a casa"),
        section="introduction",
    )
    assert [(row["day"], row["number"]) for row in tables["panels"]] == [
        (1, "1"),
        (1, "2"),
        (2, "1"),
    ]


# ---------------------------------------------------------------- people


def test_a_person_with_honorific_function_and_country() -> None:
    found = people(
        "Inauguró la sesión la Excma. Sra. María Fernanda Ocampo Duarte, Ministra de Educación del"
        " Perú."
    )
    person = found["María Fernanda Ocampo Duarte"]
    assert person["honorific"] == "Excma. Sra."
    assert person["position"] == "Ministra de Educación del Perú"
    assert (person["country_code"], person["sector"]) == ("PER", "government")


def test_a_person_without_honorific() -> None:
    found = people(
        "Ilse Brandt, Directora General Adjunta de la OIM, dio la bienvenida a los participantes."
    )
    person = found["Ilse Brandt"]
    assert (person["honorific"], person["organisation"]) == (None, "OIM")
    assert person["position"] == "Directora General Adjunta de la OIM"


def test_a_function_before_the_name() -> None:
    found = people(
        "El Representante Permanente de Costa Rica ante las Naciones Unidas, Sr. Elías Bonilla"
        " Quirós, subrayó que los muelles eran seguros.",
        section="closing",
    )
    person = found["Elías Bonilla Quirós"]
    assert person["position"] == "Representante Permanente de Costa Rica ante las Naciones Unidas"
    assert (person["country_code"], person["organisation"]) == ("CRI", None)


def test_surname_with_one_of_two_surnames_is_the_same_person() -> None:
    found = people(
        "La Sra. Ana Lucía Prieto Vidal, alcaldesa de Mar Azul, abrió la sesión. La Sra. Prieto"
        " recordó que los barcos eran viejos. Ana Prieto añadió que faltaban redes."
    )
    assert set(found) == {"Ana Lucía Prieto Vidal"}


ROLES = {
    "La sesión fue inaugurada por el Sr. Iván Soler, alcalde de Puerto Sol.": {"opening"},
    "Inauguró la reunión el Sr. Iván Soler, alcalde de Puerto Sol.": {"opening"},
    "El Sr. Iván Soler pronunció las palabras de bienvenida.": {"opening"},
    "El Sr. Iván Soler, geógrafo, dictó la conferencia magistral.": {"keynote"},
    "La ponencia magistral corrió a cargo del Sr. Iván Soler, geógrafo.": {"keynote"},
    "En un mensaje de vídeo, el Sr. Iván Soler describió su escuela.": {"video_message"},
}


@pytest.mark.parametrize("sentence", ROLES)
def test_roles_of_the_opening(sentence: str) -> None:
    assert roles(sentence) == {"Iván Soler": ROLES[sentence]}


@pytest.mark.parametrize(
    "sentence",
    [
        "El panel fue moderado por el Sr. Iván Soler, periodista.",
        "Moderó el panel el Sr. Iván Soler, periodista.",
        "El Sr. Iván Soler, periodista, moderó la mesa redonda.",
        "El Sr. Iván Soler actuó como moderador del debate.",
    ],
)
def test_moderators(sentence: str) -> None:
    assert roles(bullets(sentence), section="synthesis") == {"Iván Soler": {"moderator"}}


@pytest.mark.parametrize(
    "sentence",
    [
        "Clausuró la sesión el Sr. Iván Soler, Director General de la OIM.",
        "La sesión fue clausurada por el Sr. Iván Soler, Director General de la OIM.",
        "En sus palabras de clausura, el Sr. Iván Soler agradeció la paciencia de todos.",
    ],
)
def test_who_closes(sentence: str) -> None:
    assert roles(sentence, section="closing") == {"Iván Soler": {"closing"}}


def test_several_persons_behind_their_verb() -> None:
    found = roles(
        bullets(
            "Participaron en el panel Amina Sow (Senegal), Piet de Boer (Países Bajos) y Rosa"
            " Quispe Mamani (Perú)."
        ),
        section="synthesis",
    )
    assert set(found) == {"Amina Sow", "Piet de Boer", "Rosa Quispe Mamani"}


@pytest.mark.parametrize(
    "sentence",
    [
        "El Sr. Iván Soler habló en sustitución de la Sra. Rosa Paz, que no pudo asistir.",
        "El Sr. Iván Soler leyó el informe elaborado por la Sra. Rosa Paz.",
        "No pudo asistir a la reunión la Sra. Rosa Paz; habló el Sr. Iván Soler.",
        "El Sr. Iván Soler, que sustituyó al Sr. Hugo Lima, capitán del puerto, habló de faros.",
        "Habló el Sr. Iván Soler, jefe de cubierta, en nombre de la Directora General, Rosa Paz.",
        "En representación de la Alcaldesa de Lota, Sra. Rosa Paz, habló el Sr. Iván Soler.",
        "El Sr. Iván Soler citó al escritor Hugo Lima. Agradeció al poeta Omar Sosa sus versos.",
        "No llegó la Sra. Rosa Paz, que debía intervenir; leyó su texto el Sr. Iván Soler.",
    ],
)
def test_who_is_absent_or_only_named(sentence: str) -> None:
    assert set(roles(bullets(sentence), section="synthesis")) <= {"Iván Soler"}


def test_whom_somebody_speaks_for_is_no_body_of_his() -> None:
    (found,) = people(
        "En representación de la Ministra de Pesca del Perú, el Sr. Iván Soler, Director de"
        " Puertos, describió los muelles."
    ).values()
    assert found["name"] == "Iván Soler"
    assert found["position"] == "Director de Puertos"
    assert found["organisation"] is None


def test_a_function_belongs_to_the_nearest_name_only() -> None:
    found = people(
        "Dieron la bienvenida el Director Adjunto de Operaciones de la OIM, Dr. Iván Soler, y la"
        " Sra. Rosa Paz, Jefa de Gabinete de la OIM, en nombre del Director General, Hugo Lima."
    )
    assert {(p["name"], p["position"]) for p in found.values()} == {
        ("Rosa Paz", "Jefa de Gabinete de la OIM"),
        ("Iván Soler", "Director Adjunto de Operaciones de la OIM"),
    }
    assert found["Iván Soler"]["honorific"] == "Dr."


def test_persons_joined_by_a_contracted_article() -> None:
    found = roles(
        bullets(
            "El panel contó con las intervenciones de la Sra. Ana Páez (Chile), del Sr. Omar Diop"
            " (Senegal) y de la Sra. Lin Wei (Singapur)."
        ),
        section="synthesis",
    )
    assert found == {"Ana Páez": {"speaker"}, "Omar Diop": {"speaker"}, "Lin Wei": {"speaker"}}


def test_the_body_spoken_for_ends_before_the_speaker() -> None:
    (found,) = people("En nombre de la Unión Africana, el Sr. Musa Keita pidió más becas.").values()
    assert (found["name"], found["organisation"]) == ("Musa Keita", "Unión Africana")


def test_words_of_a_rank_are_no_name() -> None:
    (found,) = people(
        "La Coordinadora Residente de las Naciones Unidas en Honduras, Alice Brook, habló de faros."
    ).values()
    assert found["name"] == "Alice Brook"
    assert found["position"] == "Coordinadora Residente de las Naciones Unidas en Honduras"


def test_a_list_behind_the_verb_to_be() -> None:
    found = people(
        "Los panelistas fueron: Sra. Olga Lind (Finlandia), Sr. Ben Carr (Banco Mundial) y Sra."
        " Rosa Paz (Unión Africana)."
    )
    assert {(p["name"], p["country_code"], p["organisation"]) for p in found.values()} == {
        ("Olga Lind", "FIN", None),
        ("Ben Carr", None, "Banco Mundial"),
        ("Rosa Paz", None, "Unión Africana"),
    }


def test_a_subject_behind_a_chair_in_brackets_is_no_function() -> None:
    (found,) = people(
        "Bajo la presidencia del Embajador Omar Ndiaye (Senegal), los delegados hablaron de faros."
    ).values()
    assert (found["position"], found["country_code"]) == (None, "SEN")


def test_a_state_that_speaks_for_others_as_well() -> None:
    tables = rows(
        bullets(
            "La representante de Nigeria, que habló también en nombre de Benin y del Níger, pidió"
            " más faros."
        )
    )
    states = [p["country_code"] for p in tables["participants"] if p["kind"] == "state"]
    assert states == ["NGA"]


def test_states_and_bodies_that_speak() -> None:
    tables = rows(
        bullets(
            "La delegación de Mozambique, apoyada por las de Madagascar y Malawi, pidió más faros.",
            "El Ecuador señaló que los mapas eran antiguos.",
            "El representante de la Santa Sede recordó la historia del puerto.",
            "El ACNUR advirtió de que las barcas eran pocas.",
        )
    )
    states = {p["country_code"] for p in tables["participants"] if p["kind"] == "state"}
    bodies = {p["entity_id"] for p in tables["participants"] if p["kind"] == "organisation"}
    assert states == {"MOZ", "MDG", "MWI", "ECU", "VAT"}
    assert bodies == {"unhcr"}


# ---------------------------------------------------------------- who says it

SAID = {
    "Los participantes subrayaron además que los muelles eran cortos.": "participants",
    "Varios de los participantes han señalado que los mapas son viejos.": "participants",
    "Los oradores y las oradoras insistieron en la lentitud de las ventanillas.": "speakers",
    "Señalaron varios ponentes que las grúas eran viejas.": "speakers",
    "La mayoría de los delegados coincidió en que los faros estaban apagados.": "delegates",
    "Los gobiernos indicaron que los permisos eran gratuitos.": "delegates",
    "Como recordaron algunos participantes, los autobuses no circulan de noche.": "participants",
    "Según los panelistas, las barcas son demasiado caras.": "speakers",
    "Los faros, apuntaron los delegados, llevan años apagados.": "delegates",
    "Se señaló que los faros estaban apagados.": "other",
    "Se ha puesto de relieve la soledad de los aprendices.": "other",
    "Fue subrayado por los participantes que los faros estaban apagados.": "participants",
    "Las barcas del delta unen once aldeas.": "document",
    "Hay que pintar los faros.": "document",
    "La demanda de pescado crece cada invierno.": "document",
    "Conviene pintar los faros.": "document",
    "Los participantes en el concurso de vela volvieron ayer.": "document",
    "Hubo amplia coincidencia en que los faros debían repintarse.": "other",
    "Hubo tormenta la noche del concurso de vela.": "document",
    "Quedó claro que los muelles eran cortos.": "other",
    "Quedó varada una barca en el canal.": "document",
    "De los debates se desprendió que los muelles eran cortos.": "other",
    "Quienes tomaron la palabra pidieron que se repintaran los faros.": "speakers",
    "Los allí reunidos reclamaron mapas nuevos.": "participants",
    "Una amplia mayoría de los participantes consideró que los muelles eran cortos.": (
        "participants"
    ),
    "No pocos delegados reclamaron mapas nuevos.": "delegates",
    "Una de las ponentes recordó que los muelles eran cortos.": "speakers",
    "Otro de los oradores recordó que los muelles eran cortos.": "speakers",
    "El observador de la Unión Africana recordó que los muelles eran cortos.": "organisation",
    "De poco servirán las boyas si no se exige a los capitanes que las miren.": "document",
}


@pytest.mark.parametrize("sentence", SAID)
def test_collective_sources(sentence: str) -> None:
    assert said_by(sentence)[0] == SAID[sentence]


ROSA = "La Sra. Rosa Paz, directora de la escuela del puerto, describió sus cursos."
PERSONS = {
    "left out": (ROSA, "Subrayó que los libros faltaban."),
    "left out behind adverbials": (ROSA, "Asimismo, a ese respecto, recordó que faltaban mesas."),
    "left out in a compound tense": (ROSA, "También ha señalado que el techo gotea."),
    "pronoun": (ROSA, "Ella añadió que el patio era pequeño."),
    "according to her": (ROSA, "Según ella, los libros faltan."),
    "office": (ROSA, "La Directora indicó que faltaban tizas."),
    "behind a quotation": (ROSA, "«Aquí nadie se rinde», afirmó."),
    "inserted": (ROSA, "El techo, explicó la Sra. Paz, gotea."),
    "with a relative clause": (ROSA, "La Sra. Paz, que moderó el panel, apuntó que faltan sillas."),
    "emphatic": (ROSA, "La Directora fue más allá: los libros deben prestarse a todos."),
    "behind a quotation, named": (ROSA, "«Aquí nadie se rinde», sentenció la Directora."),
}


@pytest.mark.parametrize("case", PERSONS)
def test_the_last_person_goes_on(case: str) -> None:
    attribution, words = said_by(*PERSONS[case])
    assert attribution == "person"
    assert "Paz" in str(words) or "Directora" in str(words)


def test_several_left_out() -> None:
    assert said_by(
        "Los ponentes describieron sus barcos.", "Añadieron que las redes eran nuevas."
    ) == ("speakers", "Los ponentes")


def test_others_of_those_who_spoke() -> None:
    before = "Varios oradores pidieron más barcas."
    assert said_by(before, "Otros reclamaron que se abrieran los muelles.")[0] == "speakers"
    assert said_by(before, "Todos los muelles cierran de noche.")[0] == "document"


# ---------------------------------------------------------------- recommendations

FORCES = {
    "Los delegados se comprometieron a abrir una línea de barcas.": "commitment",
    "Los participantes acordaron continuar los cursos de vela.": "commitment",
    "Las delegaciones reafirmaron su compromiso de publicar las tarifas.": "commitment",
    "Los oradores exhortaron a los puertos a publicar sus tarifas.": "call",
    "Los participantes instaron a los gobiernos a que abrieran las aulas.": "call",
    "Se hizo un llamamiento a los bancos para que simplifiquen los trámites.": "call",
    "Los delegados hicieron un llamado a simplificar los formularios.": "call",
    "Los ponentes pidieron que se publicaran los mapas.": "call",
    "Los panelistas abogaron por la supresión de las tasas de salida.": "call",
    "Se recomendó ampliar el horario de las bibliotecas.": "call",
    "Se instó a las escuelas a contratar mediadores.": "call",
    "Los participantes propusieron crear un fondo para las barcas.": "call",
    "Las delegaciones se mostraron partidarias de una tarifa común.": "call",
    "Los ayuntamientos fueron invitados a abrir sus bibliotecas.": "call",
    "Los expedientes escolares deben seguir al alumno.": "obligation",
    "Las tasas no deberían superar el costo del servicio.": "obligation",
    "Las ciudades tienen que consultar a los vecinos.": "obligation",
    "Los mapas han de actualizarse cada año.": "obligation",
    "Hay que prolongar las líneas de autobús.": "obligation",
    "Hacen falta más intérpretes en los dispensarios.": "obligation",
    "Es fundamental que los registros estén al día.": "obligation",
    "De ahí que la tarifa deba fijarse a la medida de cada puerto.": "obligation",
    "La reparación del puente no puede demorarse.": "obligation",
    "Los mapas que se dibujaron deben publicarse.": "obligation",
    "El acceso al muelle, reconocido en la Convención, debe garantizarse.": "obligation",
    "Los oradores insistieron en que los mapas debían traducirse.": "obligation",
    "Los oradores insistieron en que los mapas se traduzcan.": "call",
    "De ahí que los vecinos juzgaran ineludible que el puerto pagara el puente.": "obligation",
    "El Perú encomendó a los puertos que levantaran un mapa común.": "call",
    "Resulta imprescindible formar a los capitanes.": "obligation",
    "Urge reparar los puentes.": "obligation",
    "Es hora de retirar los formularios antiguos.": "obligation",
    "Será esencial una financiación estable.": "obligation",
    "Los oradores coincidieron en la necesidad de formar a los capitanes.": "obligation",
    "Los delegados señalaron que era preciso dragar el canal.": "obligation",
    "Los ponentes afirmaron que las escuelas necesitaban más maestros.": "obligation",
    "A los armadores les corresponde formar a sus tripulaciones.": "obligation",
    "La seguridad del canal exige boyas nuevas.": "obligation",
    "El éxito pasa por la participación de los vecinos.": "obligation",
    "Ninguna política podrá prosperar sin contar con los ayuntamientos.": "obligation",
    "No se trata de hablar de los jóvenes, sino de que los jóvenes hablen.": "obligation",
    "Los participantes destacaron la importancia de reforzar las aulas.": "importance",
    "Se subrayó la importancia de que las familias participen.": "importance",
    "Los delegados resaltaron lo importante que era escuchar a los pescadores.": "importance",
    "La mejor manera de retener a los alumnos es darles de comer.": "importance",
}


@pytest.mark.parametrize("sentence", FORCES)
def test_forces(sentence: str) -> None:
    found = recommendation(sentence)
    assert found is not None
    assert found["force"] == FORCES[sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "El segundo foro debe celebrarse en Lima en mayo.",
        "El alcalde debía intervenir en la sesión, pero su barca no llegó.",
        "Los debates se repartieron en cinco mesas.",
        "Las actas deben publicarse en el sitio web.",
        "La Ministra anunció un libro que debía publicarse en el segundo trimestre.",
        "Los moderadores animaron cinco mesas, en las que hablaron marineros de ocho puertos.",
        "En virtud de la Convención, los puertos deben llevar un registro.",
        "La conferencia, que ha de convocarse en Quito, durará dos días.",
        "El retraso se debe a la lentitud de las grúas.",
        "Debido a la tormenta, las barcas no salieron.",
        "El capitán debe de tener más de setenta años.",
        "Cabe señalar que el puente se cerró en marzo.",
        "Es importante recordar que el puente se cerró en marzo.",
        "Conviene tener presente que el puente es antiguo.",
        "La sesión tenía por objeto determinar qué deben hacer los puertos.",
        "Tal como lo pide la resolución 73/195, se fusionaron los registros.",
        "Los oradores presentaron las barcas que habían comprado.",
        "Muchas familias tienen que esperar meses antes de obtener un visado.",
        "Si suben las tarifas, las barcas podrían perder pasajeros.",
        "Las escuelas podrían ser más grandes.",
        "Los migrantes que necesitan ayuda acuden al muelle.",
        "No hace falta visado para subir a bordo.",
        "Los ponentes destacaron la importancia de los debates.",
        "Los faros son esenciales para el bienestar de los marineros.",
        "Las necesidades de los alumnos son conocidas.",
        "Los delegados se mostraron dispuestos a prestar sus barcos.",
        "¿Debe el puerto abrir de noche?",
        "Un informe completo se publicará en julio.",
        "Los delegados debatieron cómo deben financiarse los faros.",
    ],
)
def test_no_recommendations(sentence: str) -> None:
    assert recommendation(sentence) is None


@pytest.mark.parametrize("verb", ["deben", "deberían", "debiéramos"])
def test_the_cue_is_the_whole_verb(verb: str) -> None:
    found = recommendation(f"Las escuelas {verb} abrir de noche.")
    assert found is not None
    assert (found["rule"], found["cue"]) == ("es.obligation.modal", verb)


ADDRESSEES = {
    "Los oradores exhortaron a los puertos a publicar sus tarifas.": "los puertos",
    "Los participantes pidieron a los gobiernos de la región que abrieran las aulas.": (
        "los gobiernos de la región"
    ),
    "La delegada instó al sector privado a contratar aprendices.": "sector privado",
    "Las ciudades tienen que consultar a los vecinos.": "Las ciudades",
    "A los armadores les corresponde formar a sus tripulaciones.": "los armadores",
    "Los oradores instaron a que no se olvidara a los pescadores.": None,
    "La delegada animó a los alcaldes a «pasar una noche a bordo».": "los alcaldes",
    "Se subrayó la necesidad de que los Estados prohíban las tasas.": "los Estados",
    "Los oradores coincidieron en la necesidad de formar a los capitanes.": None,
    "Hay que pintar los faros.": None,
}


@pytest.mark.parametrize("sentence", ADDRESSEES)
def test_addressees(sentence: str) -> None:
    found = recommendation(sentence)
    assert found is not None
    assert found["addressee"] == ADDRESSEES[sentence]


def test_a_list_of_actions() -> None:
    tables = rows_of(
        document(
            "Los participantes acordaron las recomendaciones siguientes:",
            bullets(
                "Reforzar las aulas flotantes;",
                "Que los puertos publiquen sus tarifas;",
                "Creación de un fondo para las barcas.",
            ),
            section="recommendations",
        )
    )
    found = [(row["force"], row["attribution"]) for row in tables["recommendations"]]
    assert found == [("priority", "participants")] * 3


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Hay que escuchar a las mujeres y a las niñas.", {"women", "girls", "children"}),
        ("Hay que atender a las embarazadas.", {"women"}),
        ("Hay que reservar camas para las gestantes.", {"women"}),
        ("Hay que alojar a los trabajadores migrantes.", {"migrant_workers"}),
        ("Hay que atender a los migrantes en situación irregular.", {"irregular_migrants"}),
        ("Hay que buscar a las personas migrantes desaparecidas.", {"missing_migrants"}),
        ("Hay que proteger a las víctimas de la trata.", {"trafficking_victims"}),
        ("Hay que apoyar a las redes de jóvenes migrantes.", {"youth_networks"}),
        ("Hay que consultar a la diáspora.", {"diaspora"}),
        ("Hay que escuchar a los médicos de familia.", set()),
        ("Hay que luchar contra el tráfico ilícito de migrantes.", set()),
    ],
)
def test_groups(sentence: str, expected: set[str]) -> None:
    assert groups(sentence) == expected


def test_objectives_named_by_number() -> None:
    tables = rows(
        bullets(
            "Hay que aplicar los objetivos 19 y 20 del Pacto Mundial y la meta 10.7 de los ODS."
        )
    )
    explicit = [r for r in tables["recommendation_codes"] if r["method"] == "explicit"]
    assert [(row["scheme"], row["code"]) for row in explicit] == [("gcm", "19"), ("gcm", "20")]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("los Estados Unidos", "USA"),
        ("los Países Bajos", "NLD"),
        ("Türkiye", "TUR"),
        ("Turquía", "TUR"),
        ("la República de Moldova", "MDA"),
        ("la Santa Sede", "VAT"),
        ("el Níger", "NER"),
        ("la Argentina", "ARG"),
        ("Bolivia (Estado Plurinacional de)", "BOL"),
        ("la República Bolivariana de Venezuela", "VEN"),
        ("Côte d'Ivoire", "CIV"),
        ("Viet Nam", "VNM"),
        ("la República Democrática del Congo", "COD"),
        ("Corea del Sur", "KOR"),
        ("Arabia Saudita", "SAU"),
        ("Emiratos Árabes Unidos", "ARE"),
        ("la República Dominicana", "DOM"),
    ],
)
def test_names_of_countries(name: str, code: str) -> None:
    mentions = rows(bullets(f"Los faros de {name} se apagaron."))["mentions"]
    assert {row["country_code"] for row in mentions if row["kind"] == "country"} == {code}


def test_panels_that_a_day_names_in_quotes() -> None:
    tables = rows(
        "Hubo tres paneles. El primer día se examinaron dos temas: «Faros y farolas» y «Redes de"
        " pesca». El segundo día se abordó otro: «Volver a casa».",
        section="introduction",
    )
    assert [(row["day"], row["title"]) for row in tables["panels"]] == [
        (1, "Faros y farolas"),
        (1, "Redes de pesca"),
        (2, "Volver a casa"),
    ]


@pytest.mark.parametrize(
    ("introduced", "country_code"),
    [
        ("La Ministra colombiana de Trabajo, Sra. Inés Robledo,", "COL"),
        ("La Sra. Inés Robledo, viceministra de Relaciones Exteriores hondureña,", "HND"),
        ("La Sra. Inés Robledo, ministra congoleña de Trabajo,", None),
        ("La Sra. Inés Robledo, ministra encargada de la frontera mexicana,", None),
        ("La Sra. Inés Robledo, presidenta del Diálogo Chileno,", None),
        ("La Sra. Inés Robledo, socióloga italiana,", None),
    ],
)
def test_the_country_that_an_adjective_tells(introduced: str, country_code: str | None) -> None:
    sentence = f"{introduced} describió las barcas."
    assert people(sentence)["Inés Robledo"]["country_code"] == country_code
    assert not [m for m in rows(sentence)["mentions"] if m["kind"] == "country"]


@pytest.mark.parametrize(
    "body", ["Autoridad Portuaria de Vik", "Casa Marinera de Vik", "Cofradía Vieja de Vik Alto"]
)
def test_the_unknown_body_of_somebody_named_before_it_is_nobody(body: str) -> None:
    sentence = f"La Sra. Iria Lago, Directora de la {body}, inauguró la sesión."
    assert roles(sentence) == {"Iria Lago": {"opening"}}
