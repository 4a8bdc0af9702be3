# SPDX-License-Identifier: EUPL-1.2
"""What a case is called in the standard of Dutch municipalities, whatever the language of the reader.

Source: VNG Realisatie, API's voor Zaakgericht werken, Zaken API and Besluiten API.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.challenges.rules.tasks import Decider

CASE_TYPE = "Uitdaagrecht"

TITLE_MAX, TEXT_MAX = 80, 1_000
"""Source: Zaken API: the most letters of `omschrijving` and of `toelichting`."""


class RoleType(StrEnum):
    """Who somebody is in a case. Source: Zaken API, `omschrijvingGeneriek` of a rol."""

    INITIATOR = "initiator"
    CASE_WORKER = "behandelaar"
    DECIDER = "beslisser"


class PartyType(StrEnum):
    """What kind of party somebody is. Source: Zaken API, `betrokkeneType`."""

    PERSON = "natuurlijk_persoon"
    ORGANISATION = "niet_natuurlijk_persoon"
    OFFICIAL = "medewerker"


STATUS_TYPES: Mapping[State, str] = {
    State.CONCEPT: "Concept",
    State.EXPIRED: "Verlopen",
    State.SUBMITTED: "Ontvangen",
    State.INCOMPLETE: "Onvolledig",
    State.BEING_HANDLED: "In behandeling",
    State.INTRODUCTION: "Kennismaking",
    State.ELABORATION: "Uitwerking",
    State.ADVICE: "Advies",
    State.INTENDED_REFUSAL: "Voornemen tot afwijzing",
    State.READY: "Besluitrijp",
    State.NOT_HANDLED: "Niet behandeld",
    State.AWARDED: "Toegewezen",
    State.PARTLY_AWARDED: "Deels toegewezen",
    State.REFUSED: "Afgewezen",
    State.OBJECTION: "Bezwaar",
    State.UPHELD: "Gehandhaafd",
    State.REVISED: "Herzien",
    State.CONTRACTING: "Overeenkomst in de maak",
    State.IN_PROGRESS: "In uitvoering",
    State.SUSPENDED: "Opgeschort",
    State.REVIEW: "Evaluatie",
    State.COMPLETED: "Afgerond",
    State.ENDED: "Beëindigd",
    State.CLOSED: "Afgesloten",
    State.WITHDRAWN: "Ingetrokken",
}

RESULTS: Mapping[Move, str] = {
    Move.WITHDRAW: "Ingetrokken",
    Move.PUT_ASIDE: "Niet behandeld",
    Move.AWARD: "Toegewezen",
    Move.AWARD_PARTLY: "Deels toegewezen",
    Move.REFUSE: "Afgewezen",
}
"""What becomes of a case by a move."""

STOPS = frozenset({Move.ASK_TO_COMPLETE, Move.ELABORATE, Move.PAUSE})
"""By these moves the time to decide stands still."""

ENDS = frozenset({State.EXPIRED, State.CLOSED, State.WITHDRAWN})
"""Nothing follows."""

BODIES: Mapping[Decider, str] = {
    Decider.MUNICIPAL_COUNCIL: "Gemeenteraad",
    Decider.EXECUTIVE: "College van burgemeester en wethouders",
    Decider.MAYOR: "Burgemeester",
}


def shortened(words: str, most: int) -> str:
    """Return a text that is no longer than the standard allows; where it is cut off, an ellipsis says so."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def last_result(moves: Sequence[Move]) -> tuple[int, str] | None:
    """Return which of the moves settled what becomes of a case, and what that is; None while that is open.

    An objection that is followed opens it again.
    """
    for index in range(len(moves) - 1, -1, -1):
        if moves[index] is Move.REVISE:
            return None
        if moves[index] in RESULTS:
            return index, RESULTS[moves[index]]
    return None
