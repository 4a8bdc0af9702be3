# SPDX-License-Identifier: EUPL-1.2
"""Neighbours of Oost who are for a bid or against it, a list with signatures, and tasks that residents propose."""

import base64
from collections.abc import Sequence
from uuid import UUID

from wijkbudget.app.demo.stage import Stage
from wijkbudget.challenges import service
from wijkbudget.challenges.schemas import DeclineProposal, ProposeTask
from wijkbudget.challenges.support import service as support
from wijkbudget.challenges.support.rules import Evidence, Stance
from wijkbudget.challenges.support.schemas import AttachPaper, CountSheet, SignBid
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.vouchers.seed import paper_pdf

FOR_COUNT, AGAINST_COUNT = 11, 2


def show_papers(stage: Stage, place: str, challenge_id: UUID, writer: Actor) -> list[UUID]:
    """Let a group add a list with signatures and what was said on an evening; return the papers."""
    at = stage.desk.by(writer)
    papers = [
        (Evidence.SIGNATURES, "Handtekeningen van de Kastanjelaan", ["Wij zijn voor", "16 handtekeningen"]),
        (Evidence.MINUTES, "Avond in het buurthuis", ["Verslag", "23 mensen waren er"]),
    ]
    for what, title, lines in papers:
        sent = base64.b64encode(paper_pdf(lines)).decode()
        shown = at.act(support.attach, place, challenge_id, AttachPaper(what=what, title=title, paper=sent))
    return [each.id for each in shown.attachments]


def sign(stage: Stage, place: str, challenge_id: UUID, neighbours: Sequence[Actor]) -> None:
    """Let neighbours say what they think of a bid."""
    for number, neighbour in enumerate(neighbours[: FOR_COUNT + AGAINST_COUNT]):
        stance = Stance.FOR if number < FOR_COUNT else Stance.AGAINST
        stage.desk.by(neighbour).act(support.sign_bid, place, challenge_id, SignBid(stance=stance))


def count(stage: Stage, place: str, challenge_id: UUID, sheet_id: UUID) -> None:
    """Let two people count a list with signatures alike."""
    for role in (Role.OFFICIAL, Role.GUIDE):
        at = stage.desk.by(stage.staff[place][role])
        at.act(support.count_sheet, place, challenge_id, sheet_id, CountSheet(valid_count=16))


def propose_bins(stage: Stage, place: str, neighbour: Actor) -> None:
    """Let a resident propose a task that an official does not put on the list."""
    bins = ProposeTask(
        title="Afval ophalen in de Beukstraat",
        what="Elke week de containers legen.",
        why="Wij kunnen het op een rustiger uur doen.",
        where_seen="Elke dinsdag komt de vuilniswagen.",
    )
    proposal = stage.desk.by(neighbour).act(service.propose_task, place, bins)
    why = DeclineProposal(
        reason="Dit doet een bedrijf met een contract voor de hele stad, tot 2031. Daarna kijken wij opnieuw."
    )
    stage.desk.by(stage.staff[place][Role.OFFICIAL]).act(service.decline_proposal, place, proposal.id, why)


def propose_trees(stage: Stage, place: str, neighbour: Actor) -> None:
    """Let a resident propose a task that waits for an answer."""
    trees = ProposeTask(
        title="Jonge bomen water geven",
        what="In droge weken de jonge bomen langs de straat water geven.",
        why="Wij wonen ernaast en zien meteen welke boom dorst heeft.",
        where_seen="In de zomer rijdt er een tankwagen rond.",
    )
    stage.desk.by(neighbour).act(service.propose_task, place, trees)
