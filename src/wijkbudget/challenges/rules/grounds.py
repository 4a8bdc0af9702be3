# SPDX-License-Identifier: EUPL-1.2
"""The fourteen grounds on which a bid can be refused: what each is called, what to look at, and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from wijkbudget.kit.text import Text, _


class Ground(StrEnum):
    """A ground on which a municipality can refuse a bid; the code that letters and exports name it by."""

    W01 = "W01"
    """It is no task of the municipality, or there is no money for it."""
    W02 = "W02"
    """Only the government may do it."""
    W03 = "W03"
    """The group has no bond with the neighbourhood."""
    W04 = "W04"
    """It adds nothing for people."""
    W05 = "W05"
    """Support was not shown."""
    W06 = "W06"
    """It is dearer than now."""
    W07 = "W07"
    """Quality, continuity or safety is not plausible."""
    W08 = "W08"
    """It harms others."""
    W09 = "W09"
    """A contract that runs stands in the way."""
    W10 = "W10"
    """It comes from a regular market party."""
    W11 = "W11"
    """The rules on procurement or state aid stand in the way."""
    W12 = "W12"
    """It is against law or policy."""
    W13 = "W13"
    """Something is missing, after the chance to complete it."""
    W14 = "W14"
    """It was refused before, and nothing is new."""


@dataclass(frozen=True, kw_only=True)
class Described:
    """A ground in words: its name, what an official looks at, and its source."""

    name: Text
    look_at: Text
    source: str


GROUNDS: Mapping[Ground, Described] = {
    Ground.W01: Described(
        name=_("No task of the municipality, or no money for it"),
        look_at=_("Does the municipality do this task now, and is there money for it?"),
        source="Gouda, Zoetermeer, Meierijstad",
    ),
    Ground.W02: Described(
        name=_("Only the government may do this"),
        look_at=_("Does it ask for a power of the government, such as passports, permits or fines?"),
        source="Gouda, Zoetermeer",
    ),
    Ground.W03: Described(
        name=_("No bond with the neighbourhood"),
        look_at=_("Does the group live or work here, and does it know the neighbourhood?"),
        source="Opsterland (CVDR651770), Gouda",
    ),
    Ground.W04: Described(
        name=_("It adds nothing for people"),
        look_at=_("What do people gain by it that they do not have now?"),
        source="Opsterland (CVDR651770), Gouda, Meierijstad",
    ),
    Ground.W05: Described(
        name=_("Support was not shown"),
        look_at=_("Can everybody see and check that neighbours support this?"),
        source="Opsterland (CVDR651770), Gouda, Zoetermeer, Meierijstad",
    ),
    Ground.W06: Described(
        name=_("Dearer than now"),
        look_at=_("Is it dearer than now, and if so, is it worth that?"),
        source="Opsterland (CVDR651770), Gouda, Zoetermeer",
    ),
    Ground.W07: Described(
        name=_("Quality, continuity or safety is in doubt"),
        look_at=_("Will it be good, will it go on, and will it be safe?"),
        source="Middelburg, Meierijstad",
    ),
    Ground.W08: Described(
        name=_("It harms others"),
        look_at=_("Who is worse off by it, and can that be solved?"),
        source="Gouda, Meierijstad",
    ),
    Ground.W09: Described(
        name=_("A contract stands in the way"),
        look_at=_("Does a contract for this task run, and when can it end?"),
        source="Meierijstad",
    ),
    Ground.W10: Described(
        name=_("A regular market party"),
        look_at=_("Are these residents, and not a firm that sells this?"),
        source="Gouda",
    ),
    Ground.W11: Described(
        name=_("Procurement or state aid stands in the way"),
        look_at=_("What does the test of procurement and state aid say?"),
        source="Aanbestedingswet 2012; VWEU art. 107; Verordening (EU) 2023/2831",
    ),
    Ground.W12: Described(
        name=_("Against law or policy"),
        look_at=_("Is it allowed by the law and by what the municipality decided?"),
        source="Meierijstad",
    ),
    Ground.W13: Described(
        name=_("Something is still missing"),
        look_at=_("Did the group have the chance to complete its bid, and is enough there to decide?"),
        source="Algemene wet bestuursrecht, art. 4:5",
    ),
    Ground.W14: Described(
        name=_("Refused before, and nothing is new"),
        look_at=_("Was the same bid refused before, without new facts now?"),
        source="Algemene wet bestuursrecht, art. 4:6",
    ),
}
"""What each ground asks.

Source: what Middelburg, Opsterland (CVDR651770), Gouda, Zoetermeer and Meierijstad write that they look at, together.
Choice: one list for every municipality, so that bids can be compared; which of them weighs is for who decides.
"""
