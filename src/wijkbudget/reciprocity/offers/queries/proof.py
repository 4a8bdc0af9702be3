# SPDX-License-Identifier: EUPL-1.2
"""Proves that nobody helps with a task they answer for, and that only the two sides write to each other."""

from collections.abc import Iterator

from sqlalchemy import exists, or_
from sqlmodel import col, select

from wijkbudget.kit.faults import Fault
from wijkbudget.reciprocity.models import Task, TaskConfirmer
from wijkbudget.reciprocity.offers.models import Pairing, PairingMessage
from wijkbudget.trail.work import Look


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for each helper who answers for the task, and each message of somebody else."""
    of_task = col(Task.id) == col(Pairing.task_id)
    answers = exists().where(
        col(TaskConfirmer.task_id) == col(Pairing.task_id), col(TaskConfirmer.person_id) == col(Pairing.person_id)
    )
    own = select(Pairing.id).join(Task, of_task).where(or_(answers, col(Task.opened_by) == col(Pairing.person_id)))
    for pairing_id in look.session.exec(own).all():
        yield Fault("reciprocity", f"pairing {pairing_id}", "brings a task together with somebody who answers for it")
    confirms = exists().where(
        col(TaskConfirmer.task_id) == col(Pairing.task_id),
        col(TaskConfirmer.person_id) == col(PairingMessage.sender_id),
    )
    sender = col(PairingMessage.sender_id)
    strange = (
        select(PairingMessage.id)
        .join(Pairing, col(Pairing.id) == col(PairingMessage.pairing_id))
        .join(Task, of_task)
        .where(sender != col(Pairing.person_id), sender != col(Task.opened_by), ~confirms)
    )
    for message_id in look.session.exec(strange).all():
        yield Fault("reciprocity", f"message {message_id}", "was written by somebody on neither side")
