# SPDX-License-Identifier: EUPL-1.2
"""The bank of the demo: the bills of one plan go out in a batch, and the statement comes back."""

from uuid import UUID

from wijkbudget.app.demo.stage import Stage
from wijkbudget.identity import queries as identity
from wijkbudget.identity import service
from wijkbudget.identity.schemas import AddPerson
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.payments.seed import pay_by_bank


def pay(stage: Stage) -> None:
    """Pay what waits through the bank, by two people of the whole municipality who had no hand in it."""
    cashier = _appoint(stage, "Hendrik Postma", Role.CASHIER)
    releaser = _appoint(stage, "Samira el Idrissi", Role.OFFICIAL)
    pay_by_bank(stage.desk, cashier, releaser)


def _appoint(stage: Stage, name: str, role: Role) -> Actor:
    made = stage.desk.act(service.appoint, AddPerson(name=name, role=role))
    return stage.desk.ask(identity.actor, UUID(made.person.id))
