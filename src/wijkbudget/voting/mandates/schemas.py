# SPDX-License-Identifier: EUPL-1.2
"""What mandates are asked and what they answer."""

from uuid import UUID

from wijkbudget.kit.fields import Command, Id, View


class GiveMandate(Command):
    """Record that somebody asked another voter to vote for them."""

    giver_id: Id
    proxy_id: Id


class TakeBackMandate(Command):
    """Record that somebody votes themselves after all."""

    giver_id: Id


class OwnMandatesView(View):
    """Who votes for somebody, and for whom they vote, by name; for that person alone."""

    proxy: str | None
    givers: list[str]


class MandatesView(View):
    """How many people vote by mandate in a round; whom, nobody reads here."""

    round_id: UUID
    given_count: int
    per_proxy_max: int | None
    """None: the rules know no votes by mandate."""
