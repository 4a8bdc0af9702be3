# SPDX-License-Identifier: EUPL-1.2
"""What belongs to somebody in the house after the demo's year: each thing with its owner, and with strangers."""

from dataclasses import dataclass
from uuid import UUID

from tests.app.house import PLACES, House
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import Actor, Role, may
from wijkbudget.trail.work import Look, question
from wijkbudget.vouchers.kinds import REWARD
from wijkbudget.vouchers.queries import codes

HERE, ELSEWHERE = PLACES


@dataclass(frozen=True)
class Thing:
    """Something that belongs to somebody, with who else holds a role that may reach such things of their own."""

    ids: dict[str, str]
    owner: Actor
    strangers: list[Actor]


_OF_A_GROUP = (
    "write_idea", "write_neighbourhood", "write_costs", "write_quality", "invite", "cancel_invitation", "leave",
    "submit", "complete", "withdraw",
)  # fmt: skip


@question(may(Role.SYSTEM))
def _code_of(look: Look, _place: str, reward_id: UUID) -> str:
    """Return the code that whoever chose a reward shows."""
    return codes.code_of(look, REWARD, reward_id)


def things(house: House) -> dict[str, Thing]:
    """Return, for every verb and question that asks whose a thing is, a thing with its owner and strangers."""

    def thing(owner: str, *roles: Role, **ids: str) -> Thing:
        actor = house.desk.ask(identity.actor, UUID(owner))
        return Thing(ids, actor, [house.actors[role, HERE] for role in roles or (Role.RESIDENT,)])

    voucher, claim, holder = house.rows(
        "SELECT voucher.id, claim.id, person FROM voucher JOIN claim ON claim.voucher_id = voucher.id"
        " JOIN voucher_holder ON voucher_holder.voucher_id = voucher.id WHERE voucher.place = :place",
        place=HERE,
    )[0]
    plan, proposer = house.rows(
        "SELECT id, proposer FROM initiative WHERE place = :place AND organisation_id IS NULL", place=HERE
    )[0]
    entry, giver, confirmer = house.rows(
        "SELECT time_entry.id, time_entry.person_id, task_confirmer.person_id FROM time_entry"
        " JOIN task_confirmer ON task_confirmer.task_id = time_entry.task_id WHERE time_entry.place = :place",
        place=HERE,
    )[0]
    # A bid that was put aside can be seen by everybody and moved by nobody.
    bid, challenger = house.rows(
        "SELECT challenge.id, person FROM challenge JOIN group_member ON group_member.challenge_id = challenge.id"
        " WHERE challenge.place = :place AND challenge.state = 'not_handled' AND person IS NOT NULL",
        place=HERE,
    )[0]
    letter, receiver = house.rows(
        "SELECT grant_decision.id, person FROM grant_decision"
        " JOIN grant_receiver ON grant_receiver.grant_decision_id = grant_decision.id WHERE place = :place",
        place=HERE,
    )[0]
    fee, receiver_of_fee = house.rows(
        "SELECT id, person_id FROM fee WHERE place = :place AND source = 'elsewhere' AND takes_off IS NULL", place=HERE
    )[0]
    teller = str(UUID(receiver_of_fee))
    reward, member = house.rows(
        "SELECT reward.id, person_id FROM reward JOIN reward_offer ON reward_offer.id = reward.offer_id"
        " JOIN organisation_member ON organisation_member.organisation_id = reward_offer.organisation_id"
        " WHERE reward.place = :place",
        place=HERE,
    )[0]
    code = house.desk.ask(_code_of, HERE, UUID(reward))
    round_id = house.ids(HERE)["round_id"]
    voucher_id, claim_id, initiative_id, entry_id = (str(UUID(each)) for each in (voucher, claim, plan, entry))
    person_id = str(UUID(giver))
    return {
        "vouchers.claim": thing(holder, voucher_id=voucher_id),
        "vouchers.claim_invoice": thing(holder, voucher_id=voucher_id),
        "vouchers.account_for": thing(holder, voucher_id=voucher_id),
        "vouchers.card": thing(holder, voucher_id=voucher_id),
        "vouchers.replace_code": thing(holder, voucher_id=voucher_id),
        "vouchers.collect": thing(receiver, grant_decision_id=str(UUID(letter))),
        "vouchers.grant_decision": thing(receiver, grant_decision_id=str(UUID(letter))),
        "vouchers.receipt": thing(holder, claim_id=claim_id),
        "vouchers.change_account": thing(holder, claim_id=claim_id),
        "vouchers.reward_by_code": thing(member, code=code),
        "vouchers.redeem_reward": thing(member, code=code),
        **{
            f"initiatives.{verb}": thing(proposer, initiative_id=initiative_id)
            for verb in ("withdraw", "collect", "give_up", "giving_up")
        },
        "reciprocity.confirm": thing(
            confirmer, Role.RESIDENT, Role.GUIDE, Role.COUNCIL, Role.CHAIR, Role.OFFICIAL, entry_id=entry_id
        ),
        "reciprocity.withdraw": thing(giver, entry_id=entry_id),
        "reciprocity.entries_of": thing(giver, person_id=person_id),
        "reciprocity.voice_of": thing(giver, person_id=person_id),
        "reciprocity.fees_of": thing(teller, person_id=teller),
        "reciprocity.tell_fee": thing(teller, person_id=teller),
        "reciprocity.withdraw_fee": thing(teller, person_id=teller, fee_id=str(UUID(fee))),
        "voting.was_cast": thing(giver, round_id=round_id, person_id=person_id),
        "voting.own_mandates": thing(giver, round_id=round_id, person_id=person_id),
        "voting.replace_code": thing(giver, round_id=round_id, person_id=person_id),
        "voting.report_stolen": thing(giver, round_id=round_id, person_id=person_id),
        **{f"challenges.{verb}": thing(challenger, challenge_id=str(UUID(bid))) for verb in _OF_A_GROUP},
    }
