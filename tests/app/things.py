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
    "write_idea", "write_neighbourhood", "write_costs", "write_quality", "write_planning", "invite",
    "cancel_invitation", "leave", "attach", "take_back_paper", "submit", "complete", "withdraw",
    "sign_agreement", "give_notice", "declare_aid", "sheet", "elaborate", "answer_intention",
    "report", "hand_back", "write_finding", "hand_over", "write_lesson",
)  # fmt: skip


_SPEAKING = (Role.RESIDENT, Role.CHAIR, Role.OFFICIAL)
"""Who can act for a party of a neighbourhood contract."""


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
    objection, contested, objector = house.rows(
        "SELECT id, challenge_id, objector FROM objection WHERE place = :place AND objector IS NOT NULL", place=HERE
    )[0]
    paper, shown_with, attacher = house.rows(
        "SELECT id, challenge_id, attacher FROM attachment WHERE place = :place", place=HERE
    )[0]
    proposal, who_proposed = house.rows("SELECT id, proposer FROM task_proposal WHERE place = :place", place=HERE)[0]
    [(decided,)] = house.rows("SELECT number FROM challenge_decision WHERE challenge_id = :bid", bid=bid)
    letter, receiver = house.rows(
        "SELECT grant_decision.id, person FROM grant_decision"
        " JOIN grant_receiver ON grant_receiver.grant_decision_id = grant_decision.id WHERE place = :place",
        place=HERE,
    )[0]
    fee, receiver_of_fee = house.rows(
        "SELECT id, person_id FROM fee WHERE place = :place AND source = 'elsewhere' AND takes_off IS NULL", place=HERE
    )[0]
    teller = str(UUID(receiver_of_fee))
    task, asker = house.rows(
        "SELECT id, opened_by FROM task WHERE place = :place AND asked_by = 'neighbour' AND on_day IS NOT NULL",
        place=HERE,
    )[0]
    offer, offerer = house.rows(
        "SELECT id, person_id FROM time_offer WHERE place = :place AND audience = 'residents'", place=HERE
    )[0]
    pairing, helper = house.rows("SELECT id, person_id FROM pairing WHERE place = :place", place=HERE)[0]
    sides = (Role.RESIDENT, Role.GUIDE, Role.COUNCIL, Role.CHAIR, Role.OFFICIAL)
    kept, listed, keeper = house.rows(
        "SELECT id, task_id, opened_by FROM attendance_list WHERE place = :place", place=HERE
    )[0]
    reward, member = house.rows(
        "SELECT reward.id, person_id FROM reward JOIN reward_offer ON reward_offer.id = reward.offer_id"
        " JOIN organisation_member ON organisation_member.organisation_id = reward_offer.organisation_id"
        " WHERE reward.place = :place",
        place=HERE,
    )[0]
    pledge, pledger = house.rows("SELECT id, person_id FROM time_pledge WHERE place = :place", place=HERE)[0]
    code = house.desk.ask(_code_of, HERE, UUID(reward))
    party, promise, partner = house.rows(
        "SELECT contract_party.id, contract_promise.id, organisation_member.person_id FROM contract_party"
        " JOIN contract ON contract.id = contract_party.contract_id"
        " JOIN contract_promise ON contract_promise.party_id = contract_party.id"
        " JOIN organisation_member ON organisation_member.organisation_id = contract_party.organisation_id"
        " WHERE contract_party.place = :place AND contract.state = 'in_force'",
        place=HERE,
    )[0]
    hours, promise_of_council = house.rows(
        "SELECT promise_time.id, promise_time.promise_id FROM promise_time"
        " JOIN contract_promise ON contract_promise.id = promise_time.promise_id"
        " JOIN contract_party ON contract_party.id = contract_promise.party_id"
        " WHERE promise_time.place = :place AND contract_party.kind = 'council'",
        place=HERE,
    )[0]
    of_somebody = "SELECT id, young_id, guide_id FROM guidance WHERE place = :place"
    guidance, young, guide = house.rows(of_somebody, place=HERE)[0]
    note = house.rows("SELECT id FROM guidance_note WHERE place = :place", place=HERE)[0][0]
    party_id, guidance_id = str(UUID(party)), str(UUID(guidance))
    of_two = {"guidance_id": guidance_id}
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
            for verb in ("withdraw", "collect", "give_up", "giving_up", "ask_for_hands", "open_project_vote")
        },
        "reciprocity.confirm": thing(
            confirmer, Role.RESIDENT, Role.GUIDE, Role.COUNCIL, Role.CHAIR, Role.OFFICIAL, entry_id=entry_id
        ),
        "reciprocity.withdraw": thing(giver, Role.RESIDENT, Role.GUIDE, Role.OFFICIAL, entry_id=entry_id),
        "reciprocity.object_to_correction": thing(giver, entry_id=entry_id),
        **{
            f"reciprocity.{name}": thing(keeper, *sides, list_id=str(UUID(kept)), task_id=str(UUID(listed)))
            for name in ("open_list", "attendance_list", "confirm_list")
        },
        "reciprocity.entries_of": thing(giver, person_id=person_id),
        "reciprocity.rights_of": thing(giver, person_id=person_id),
        "reciprocity.voice_of": thing(giver, person_id=person_id),
        "reciprocity.end_task": thing(asker, task_id=str(UUID(task))),
        "reciprocity.invite_to_help": thing(asker, *sides, task_id=str(UUID(task)), time_offer_id=str(UUID(offer))),
        "reciprocity.withdraw_offer": thing(offerer, time_offer_id=str(UUID(offer))),
        **{
            f"reciprocity.{name}": thing(helper, *sides, pairing_id=str(UUID(pairing)))
            for name in ("pairing", "move_pairing", "write_message")
        },
        "reciprocity.withdraw_pledge": thing(pledger, pledge_id=str(UUID(pledge))),
        "reciprocity.pledges_of": thing(pledger, person_id=str(UUID(pledger))),
        "reciprocity.fees_of": thing(teller, person_id=teller),
        "reciprocity.tell_fee": thing(teller, person_id=teller),
        "reciprocity.withdraw_fee": thing(teller, person_id=teller, fee_id=str(UUID(fee))),
        "voting.was_cast": thing(giver, round_id=round_id, person_id=person_id),
        "voting.own_mandates": thing(giver, round_id=round_id, person_id=person_id),
        "voting.replace_code": thing(giver, round_id=round_id, person_id=person_id),
        "voting.report_stolen": thing(giver, round_id=round_id, person_id=person_id),
        "council.agree": thing(partner, *_SPEAKING, party_id=party_id),
        "council.report_promise": thing(partner, *_SPEAKING, promise_id=str(UUID(promise))),
        "council.log_hours": thing(partner, *_SPEAKING, promise_id=str(UUID(promise))),
        "council.answer_report": thing(
            partner, *_SPEAKING, promise_id=str(UUID(promise_of_council)), party_id=party_id
        ),
        "council.answer_hours": thing(partner, *_SPEAKING, hours_id=str(UUID(hours)), party_id=party_id),
        "reciprocity.guidance": thing(young, Role.RESIDENT, Role.GUIDE, **of_two),
        "reciprocity.sign_guidance": thing(young, **of_two),
        "reciprocity.tell_consent": thing(guide, Role.GUIDE, **of_two),
        "reciprocity.write_note": thing(guide, Role.GUIDE, **of_two),
        "reciprocity.erase_note": thing(young, Role.RESIDENT, Role.GUIDE, note_id=str(UUID(note)), **of_two),
        "reciprocity.end_guidance": thing(guide, Role.RESIDENT, Role.GUIDE, **of_two),
        **{f"challenges.{verb}": thing(challenger, challenge_id=str(UUID(bid))) for verb in _OF_A_GROUP},
        "challenges.letters": thing(challenger, challenge_id=str(UUID(bid))),
        **{
            f"challenges.{name}": thing(challenger, challenge_id=str(UUID(bid)), number=str(decided))
            for name in ("letter", "collect_decision")
        },
        "challenges.withdraw_objection": thing(
            objector, challenge_id=str(UUID(contested)), objection_id=str(UUID(objection))
        ),
        "challenges.paper": thing(attacher, challenge_id=str(UUID(shown_with)), attachment_id=str(UUID(paper))),
        "challenges.withdraw_proposal": thing(who_proposed, proposal_id=str(UUID(proposal))),
    }
