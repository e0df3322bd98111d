"""Building blocks of documents in each language, with what a reader finds in them.

A language is one entry of `LANGUAGES`: nothing else in the tests of variants knows a language.
"""

from dataclasses import dataclass

from documents import CLOSING, CONCLUSIONS, HEADER, INTRODUCTION, OPENING, PANELS, SYNTHESIS, parts


@dataclass(frozen=True)
class Blocks:
    """Parts of a document: where there are several, one is taken, or some of the conclusions.

    `titles` are those of the first list of panels, `people` who takes part, with the role.
    """

    header: str
    introduction: str
    panels: tuple[str, ...]
    opening: str
    synthesis: str
    conclusions: tuple[str, ...]
    closing: tuple[str, ...]
    titles: tuple[str, ...]
    people: dict[str, str]

    def document(self, panels: str, conclusions: str, closing: str) -> str:
        """A document of these parts."""
        body = (self.introduction, panels, self.opening, self.synthesis, conclusions, closing)
        return f"{self.header}\n\n{parts(*body)}\n"


FRENCH = Blocks(
    header=HEADER,
    introduction=INTRODUCTION,
    panels=(
        PANELS,
        PANELS.replace("- Panel", "- **Panel").replace(" : ", "** : "),
        "Première journée :\n\n- Panel 1 : Loger\n\nDeuxième journée\n\n- Panel 1 : Former",
    ),
    opening=OPENING,
    synthesis=SYNTHESIS,
    conclusions=(
        CONCLUSIONS,
        "**1. Un toit à terre pour tous les équipages, quelle que soit l'escale**\n\n"
        "- Il faut ouvrir des foyers : les marins n'ont nulle part où aller !\n"
        "- Selon Mme Odile Marchetti, 70 % des escales durent moins d'un jour ; c'est trop"
        " peu. Comme l'a rappelé le représentant du Ghana, l'objectif 15 du Pacte mondial"
        " doit guider les ports, de l'accueil jusqu'au départ, sans exception aucune.",
        "Deuxième journée – L'accueil « à quai »\n\n"
        "Besoin d'un guichet unique dans les ports.\n\n"
        "- Les délégués ont appelé les États à soutenir les villes-relais.\n\n"
        "- Les débats ont porté sur l'épargne des gens de mer et sur ses détours.",
        "## Recommandations\n\nLes participants ont cité les mesures suivantes :\n\n"
        "- Ouvrir les foyers ;\n- Former les agents d'accueil.",
    ),
    closing=(CLOSING, "## **Clôture**\n\n" + CLOSING),
    titles=("Accueillir dans les ports", "Former les équipages", "Relier les deux rives"),
    people={"Odile Marchetti": "opening"},
)

ENGLISH = Blocks(
    header="""\
International Dialogue on Migration 2027 – first session

Harbours and gangways: mobility as coastal cities see it

7-9 June 2027

Palais des Nations, Geneva

--

Summary of conclusions

--""",
    introduction=(
        "The first session of the International Dialogue on Migration (IDM) 2027 was held in"
        " Geneva from 7 to 9 June. It brought together mayors, shipowners and associations."
    ),
    panels=(
        "The panels addressed the following themes:\n\n- Panel 1: Welcoming in the harbours\n"
        "- Panel 2: Training the crews\n- Panel 3: Linking the two shores",
        "The panels addressed the following themes:\n\n- **Panel 1**: Welcoming in the harbours\n"
        "- **Panel 2**: Training the crews",
        "Day 1\n\n- Panel 1: Housing\n\nDay 2\n\n- Panel 1: Training",
    ),
    opening=(
        "Ms. Odile Marchetti, Director of the Port Authority of Sète, opened the session. She"
        " recalled that the sea divides less than it links, and that coastal cities have for"
        " centuries received people from far away."
    ),
    synthesis="A summary of the main conclusions is presented below.",
    conclusions=(
        "Access to harbour services\n\n"
        "- Participants stressed the need to train the staff of the harbours.\n"
        "- Registers must be kept up to date by the harbour masters.",
        "**1. A roof ashore for every crew, whatever the port of call**\n\n"
        "- Hostels should be opened: seafarers have nowhere to go!\n"
        "- According to Ms. Odile Marchetti, 70 per cent of calls last less than a day; that is"
        " too little. As the representative of Ghana recalled, objective 15 of the Global Compact"
        " must guide the harbours, from the welcome to the departure, without any exception.",
        "Day 2 – Welcome “on the quay”\n\n"
        "Need for a single desk in the harbours.\n\n"
        "- Delegates called on States to support the relay towns.\n\n"
        "- The debates dealt with the savings of seafarers and with their detours.",
        "## Recommendations\n\nParticipants mentioned the following measures:\n\n"
        "- Open the hostels;\n- Train the staff who receive the crews.",
    ),
    closing=(
        "At the end of the session, delegations thanked the host city. The next meeting will be"
        " announced in due course.",
        "## **Closing**\n\nIn closing, delegations thanked the host city and its pilots.",
    ),
    titles=("Welcoming in the harbours", "Training the crews", "Linking the two shores"),
    people={"Odile Marchetti": "opening"},
)

SPANISH = Blocks(
    header="""\
Primera sesión del Diálogo Internacional sobre la Migración 2027

Puertos y pasarelas: la movilidad vista por las ciudades costeras

7 a 9 de junio de 2027

Palacio de las Naciones, Ginebra

--

Síntesis de conclusiones

--""",
    introduction=(
        "La primera sesión del Diálogo Internacional sobre la Migración (IDM) 2027 se celebró en"
        " Ginebra del 7 al 9 de junio. Reunió a alcaldes, armadores y asociaciones."
    ),
    panels=(
        "Los paneles abordaron los temas siguientes:\n\n- Panel 1: Acoger en los puertos\n"
        "- Panel 2: Formar a las tripulaciones\n- Panel 3: Unir las dos orillas",
        "Los paneles abordaron los temas siguientes:\n\n- **Panel 1**: Acoger en los puertos\n"
        "- **Panel 2**: Formar a las tripulaciones",
        "Primer día\n\n- Panel 1: Alojar\n\nSegundo día\n\n- Panel 1: Formar",
    ),
    opening=(
        "La Sra. Odile Marchetti, Directora de la Autoridad Portuaria de Sète, inauguró la sesión."
        " Recordó que el mar separa menos de lo que une, y que las ciudades costeras reciben desde"
        " hace siglos a personas venidas de lejos."
    ),
    synthesis="A continuación se presenta una síntesis de las principales conclusiones.",
    conclusions=(
        "Acceso a los servicios portuarios\n\n"
        "- Los participantes subrayaron la necesidad de formar al personal de los puertos.\n"
        "- Los registros deben ser actualizados por las capitanías.",
        "**1. Un techo en tierra para todas las tripulaciones, sea cual sea la escala**\n\n"
        "- Es necesario abrir albergues: los marinos no tienen adónde ir.\n"
        "- Según la Sra. Odile Marchetti, el 70 % de las escalas dura menos de un día; es muy"
        " poco. Como recordó el representante de Ghana, el objetivo 15 del Pacto Mundial debe"
        " guiar a los puertos, desde la acogida hasta la partida, sin excepción alguna.",
        "Segundo día – La acogida «en el muelle»\n\n"
        "Necesidad de una ventanilla única en los puertos.\n\n"
        "- Los delegados instaron a los Estados a apoyar a las ciudades de enlace.\n\n"
        "- Los debates trataron del ahorro de la gente de mar y de sus rodeos.",
        "## Recomendaciones\n\nLos participantes mencionaron las medidas siguientes:\n\n"
        "- Abrir los albergues;\n- Formar al personal de acogida.",
    ),
    closing=(
        "Al término de la sesión, las delegaciones dieron las gracias a la ciudad anfitriona. La"
        " próxima cita se anunciará en su momento.",
        "## **Clausura**\n\nAl término de la sesión, las delegaciones dieron las gracias.",
    ),
    titles=("Acoger en los puertos", "Formar a las tripulaciones", "Unir las dos orillas"),
    people={"Odile Marchetti": "opening"},
)

LANGUAGES = {"fr": FRENCH, "en": ENGLISH, "es": SPANISH}
