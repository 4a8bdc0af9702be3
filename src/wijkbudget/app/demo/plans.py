# SPDX-License-Identifier: EUPL-1.2
"""The plans of the demo's residents, and what became of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """A plan as its residents wrote it."""

    title: str
    summary: str
    theme: str
    spot: str
    costs: tuple[tuple[str, int], ...]
    """What it needs, each with its euros."""
    loved: int
    """How many of a hundred voters like it."""
    loved_by_givers: int
    """How many of a hundred of those who gave much time like it."""

    @property
    def cost_cents(self) -> int:
        """Return what the plan needs, in cents."""
        return sum(euros for _what, euros in self.costs) * 100


OOST: tuple[Plan, ...] = (
    Plan(
        "Speelplek aan de Kastanjelaan",
        "De speelplek is kaal. Wij willen een klimboom, een zandbak met schaduw en een bank voor ouders.",
        "jeugd",
        "Kastanjelaan, naast nummer 12",
        (("Klimboom van hout", 9_800), ("Zandbak en zand", 2_700), ("Bank", 1_100)),
        44,
        41,
    ),
    Plan(
        "Moestuin achter de kerk",
        "Samen groente telen op het lege veld. Iedereen mag meedoen en mee-oogsten.",
        "groen",
        "Veldje achter de Oosterkerk",
        (("Grond en compost", 2_400), ("Gereedschap", 1_350), ("Waterton en kraan", 1_650)),
        39,
        58,
    ),
    Plan(
        "Koffie-ochtend voor iedereen",
        "Elke dinsdag koffie in het wijkhuis. Vooral voor buren die weinig mensen zien.",
        "ontmoeten",
        "Wijkhuis De Linde",
        (("Koffie, thee en koek, 46 keer", 1_840), ("Folders in vijf talen", 360)),
        42,
        47,
    ),
    Plan(
        "Licht op het fietspad",
        "Het fietspad naar het station is donker. Zes lampen op zonlicht maken het veilig.",
        "veiligheid",
        "Fietspad Stationsweg",
        (("Zes lampen op zonne-energie", 11_400), ("Plaatsen", 3_100)),
        37,
        30,
    ),
    Plan(
        "Repaircafé",
        "Eén zaterdag per maand repareren we fietsen, lampen en kleren. Gratis, met vrijwilligers.",
        "ontmoeten",
        "Wijkhuis De Linde",
        (("Gereedschap", 1_900), ("Onderdelen", 800), ("Zaalhuur", 600)),
        33,
        55,
    ),
    Plan(
        "Geveltuinen in de Bloemstraat",
        "Tegels eruit, planten erin. Twintig huizen doen mee.",
        "groen",
        "Bloemstraat",
        (("Planten", 1_700), ("Randen en grond", 1_250), ("Afvoer van tegels", 450)),
        31,
        44,
    ),
    Plan(
        "Voetbaldoelen op het plein",
        "Twee vaste doelen en een net, zodat de bal niet meer op de weg komt.",
        "jeugd",
        "Populierenplein",
        (("Twee doelen", 2_900), ("Ballenvanger", 3_300)),
        29,
        16,
    ),
    Plan(
        "Taalmaatjes",
        "Buren leren samen Nederlands aan de keukentafel. Met boeken en een cursus voor de maatjes.",
        "ontmoeten",
        "Bij mensen thuis",
        (("Boeken", 950), ("Cursus voor twaalf maatjes", 1_450)),
        26,
        46,
    ),
    Plan(
        "AED bij de buurtsuper",
        "Een AED die dag en nacht bereikbaar is, en een cursus voor twintig buren.",
        "zorg",
        "Buurtsuper, Lindeplein",
        (("AED met kast", 2_150), ("Cursus", 900)),
        38,
        36,
    ),
    Plan(
        "Zomerfeest op het plein",
        "Een dag met muziek, eten uit alle keukens van de wijk en spelletjes voor kinderen.",
        "cultuur",
        "Lindeplein",
        (("Podium en geluid", 3_600), ("Kramen", 1_400), ("Spelletjes", 900), ("Verzekering", 350)),
        34,
        20,
    ),
    Plan(
        "Muurschildering in de tunnel",
        "Jongeren maken met een kunstenaar een schildering in de fietstunnel.",
        "cultuur",
        "Fietstunnel Oosterspoor",
        (("Kunstenaar", 4_200), ("Verf en materiaal", 1_800), ("Hoogwerker", 1_200)),
        22,
        18,
    ),
    Plan(
        "Drempels in de Schoolstraat",
        "Er wordt te hard gereden langs de school. Twee drempels en een zebrapad.",
        "verkeer",
        "Schoolstraat",
        (("Twee drempels", 13_500), ("Zebrapad", 6_200)),
        30,
        24,
    ),
    Plan(
        "Deelbakfietsen",
        "Twee bakfietsen die iedereen in de wijk gratis kan lenen.",
        "verkeer",
        "Wijkhuis De Linde",
        (("Twee bakfietsen", 7_600), ("Onderhoud en slot", 1_300)),
        17,
        27,
    ),
    Plan(
        "Hondenveld met hek",
        "Een veld waar honden los mogen, met een hek en een poort.",
        "groen",
        "Oosterpark, noordkant",
        (("Hek en poort", 8_700), ("Bank en prullenbak", 1_300)),
        14,
        8,
    ),
)
"""Fourteen plans of the finished year in Oost."""

GOALS: dict[str, str] = {
    "Speelplek aan de Kastanjelaan": "De klimboom en de zandbak staan er. Elke middag spelen er kinderen.",
    "Moestuin achter de kerk": "Achttien buren telen samen groente. De eerste oogst ging naar de voedselbank.",
    "Repaircafé": "Op acht zaterdagen zijn 143 dingen gemaakt. Er komt een tweede groep bij.",
}
"""What groups say afterwards."""

WEST: tuple[Plan, ...] = (
    Plan(
        "Beweegtuin voor ouderen",
        "Zes toestellen waarop je rustig kunt bewegen, bij de flat waar veel ouderen wonen.",
        "sport",
        "Grasveld bij de Zuiderflat",
        (("Zes toestellen", 7_200), ("Plaatsen", 1_600)),
        41,
        44,
    ),
    Plan(
        "Bomen in de Havenstraat",
        "Vijf bomen tegen de hitte, met een bank in de schaduw.",
        "groen",
        "Havenstraat",
        (("Vijf bomen", 3_500), ("Bank", 1_100)),
        47,
        52,
    ),
    Plan(
        "Samen koken op vrijdag",
        "Elke vrijdag kookt iemand anders uit de wijk. Je betaalt wat je kunt missen.",
        "ontmoeten",
        "Buurthuis West",
        (("Pannen en servies", 950), ("Eten, 40 keer", 4_000)),
        36,
        48,
    ),
    Plan(
        "Skatebaan",
        "Een kleine baan van beton, gekozen door de jongeren zelf.",
        "jeugd",
        "Westerpark",
        (("Baan van beton", 9_400),),
        33,
        20,
    ),
    Plan(
        "Buurtpreventie met hesjes",
        "Twintig buren lopen elke avond een rondje. Met hesjes, lampen en een cursus.",
        "veiligheid",
        "Heel West",
        (("Hesjes en lampen", 1_150), ("Cursus", 850)),
        28,
        30,
    ),
    Plan(
        "Bibliotheekkastjes",
        "Vier kastjes met boeken die je mag meenemen en terugbrengen.",
        "ontmoeten",
        "Vier straathoeken",
        (("Vier kastjes", 1_600),),
        39,
        37,
    ),
)
"""Six plans on which West votes now."""

WEST_NOT_FEASIBLE = Plan(
    "Zwembad in het park",
    "Een klein openluchtbad, want het zwembad is ver weg.",
    "sport",
    "Westerpark",
    (("Bad van kunststof", 9_900),),
    0,
    0,
)
WEST_NEW = Plan(
    "Ruilkast voor speelgoed",
    "Een kast waarin je speelgoed ruilt. Zo hoeft niemand nieuw te kopen.",
    "jeugd",
    "Buurthuis West",
    (("Kast", 450), ("Stickers en folders", 120)),
    0,
    0,
)
"""Still looks for support."""
