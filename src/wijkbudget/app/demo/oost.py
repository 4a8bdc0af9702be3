# SPDX-License-Identifier: EUPL-1.2
"""A finished year in Meerwijk-Oost: from the grant to the receipt, every euro accounted for."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from wijkbudget.app.demo import (
    attendance,
    bank,
    challenges,
    cheques,
    contracts,
    helping,
    oversight,
    paper,
    projects,
    rewards,
)
from wijkbudget.app.demo.plans import GOALS, OOST, Plan
from wijkbudget.app.demo.scenes import adopt, marked, proposal, put_on_ballot, support
from wijkbudget.app.demo.stage import Stage, addressed, addressee, below
from wijkbudget.identity import seed as people
from wijkbudget.initiatives import service
from wijkbudget.initiatives.rules import Verdict
from wijkbudget.initiatives.schemas import AssessInitiative, GiveUpInitiative
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods import service as municipality
from wijkbudget.neighbourhoods.schemas import CarryOver, GrantBudget, HandBack
from wijkbudget.payments import seed as payments
from wijkbudget.reciprocity import seed as time
from wijkbudget.reciprocity.fees.rules import Form
from wijkbudget.reciprocity.fees.schemas import TellFee
from wijkbudget.shares import service as shares
from wijkbudget.shares.schemas import HandBackShares
from wijkbudget.voting import queries as voting
from wijkbudget.voting.schemas import PrepareRound
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers import seed as money
from wijkbudget.vouchers.schemas import AccountFor, VoucherView

PLACE = "oost"
CARRIED_OVER_CENTS = 250_000
GRANT_CENTS = 7_500_000
ROUND_CENTS = 5_400_000
RESIDENT_COUNT = 1_560
PROVED_COUNT = 150
GIVER_COUNT = 84
"""Enough for a voice class of their own; twenty of them gave so much time that they would have a third class."""
MUCH_COUNT = 20
BALLOT_COUNT = 450
PAPER_COUNT = 4
HOLDER_COUNT = 60
"""How many residents give their resident voucher to plans."""
CHOOSER_COUNT = 5
"""How many residents have a part in rewards: the last one gives them."""
PARTNERS = slice(144, 146)
"""Which residents act for an organisation in the neighbourhood contract."""
HELPERS = slice(122, 125)
"""Which residents pledge time to a project, and to what waits for pledges today."""
CONFIRMING_EACH_OTHER = slice(144, 148, 3)
"""Which two residents, who live apart, confirm each other's time."""
NEIGHBOURS = slice(132, 140, 2)
"""Which residents ask for help, or offer it."""
FEE_CENTS = 6_000
"""With what they told the volunteer comes near the most that somebody can receive in a month."""
WITH_ADVANCE, WITH_BILL, WITH_HELP = 2, 3, 4
"""Which of the groups that won asks for money first, sends an electronic bill, or gets help of the municipality."""
STOPPED = "Taalmaatjes"
"""Won, and could not go on."""


def play(stage: Stage, year: int) -> list[Actor]:
    """Play the whole year, and return the residents who came to the desk."""
    proved = _begin(stage, year)
    members = _council(stage, proved)
    plans = _propose(stage, year, proved)
    _give_time(stage, year, proved[:GIVER_COUNT])
    rewards.play(stage, PLACE, year, proved[MUCH_COUNT : MUCH_COUNT + CHOOSER_COUNT])
    round_id = _vote(stage, year, proved)
    stage.on(date(year, 5, 20))
    adopt(stage, PLACE, round_id, members, date(year, 5, 19))
    _stop_one(stage, year, plans)
    cheques.play(stage, PLACE, year, proved[:HOLDER_COUNT])
    contracts.play(stage, PLACE, year, proved[PARTNERS])
    projects.play(stage, PLACE, year, plans[projects.PLAN], proved[HELPERS])
    _spend(stage, year, plans)
    challenges.play_autumn(stage, year, proved)
    _hand_back_a_share(stage, year, proved[0])
    _close_the_year(stage, year)
    helping.play(stage, PLACE, year, proved[NEIGHBOURS])
    attendance.play(stage, PLACE, year, proved[:2])
    oversight.play(stage, PLACE, year, proved[CONFIRMING_EACH_OTHER])
    return proved


def _begin(stage: Stage, year: int) -> list[Actor]:
    """Grant the budget and let residents come to the desk."""
    stage.on(date(year, 1, 12))
    official = stage.staff[PLACE][Role.OFFICIAL]
    grant = GrantBudget(year=year, amount_cents=GRANT_CENTS, decision=f"Begroting {year}, programma Wijken")
    stage.desk.by(official).once(f"seed grant {year}").act(municipality.grant, PLACE, grant)
    return people.settle(stage.desk, PLACE, PROVED_COUNT)


def _council(stage: Stage, proved: Sequence[Actor]) -> list[Actor]:
    """Return the council: the chair, a member from outside, and three residents, of whom the first has a plan."""
    residents = [people.grant(stage.desk, PLACE, person, Role.COUNCIL) for person in (proved[101], *proved[130:132])]
    staff = stage.staff[PLACE]
    return [*residents, staff[Role.COUNCIL], staff[Role.CHAIR]]


def _propose(stage: Stage, year: int, proved: Sequence[Actor]) -> dict[str, Actor]:
    """Let residents propose and support plans and an official assess them; return who proposed each."""
    stage.on(date(year, 1, 20))
    quarters = [quarter.code for quarter in stage.desk.ask(neighbourhoods.neighbourhood, PLACE).quarters]
    proposers = dict(zip((plan.title for plan in OOST), proved[100:], strict=False))
    group = people.start_organisation(stage.desk, PLACE, "Moestuingroep Oost", [proved[101], proved[120]])
    official = stage.desk.by(stage.staff[PLACE][Role.OFFICIAL])
    made = []
    for number, plan in enumerate(OOST):
        command = proposal(plan, quarters[number % len(quarters)], group if number == 1 else None)
        made.append(stage.desk.by(proposers[plan.title]).act(service.propose, PLACE, command))
    stage.on(date(year, 2, 3))
    for number, view in enumerate(made):
        support(stage, PLACE, view, proved[number * 5 :])
    stage.on(date(year, 2, 20))
    for view in made:
        found = AssessInitiative(
            verdict=Verdict.FEASIBLE, reason="De gemeente heeft hier geen bezwaar tegen. Een vergunning is niet nodig."
        )
        official.act(service.assess, PLACE, view.id, found)
    return proposers


def _give_time(stage: Stage, year: int, givers: Sequence[Actor]) -> None:
    """Let residents give time on two or four days, and let the guide confirm it."""
    guide = stage.staff[PLACE][Role.GUIDE]
    stage.on(date(year, 1, 25))
    tasks = time.open_tasks(stage.desk, PLACE, guide, [guide])
    for number, day in enumerate((date(year, 2, 7), date(year, 2, 14), date(year, 2, 21), date(year, 2, 28))):
        stage.on(day)
        gifts = [
            time.Gift(giver=giver, given_on=day, minutes=180)
            for giver in (givers if number < MUCH_COUNT // 10 else givers[:MUCH_COUNT])
        ]
        time.give(stage.desk, PLACE, tasks[number % len(tasks)].id, guide, gifts)
    stage.on(date(year, 3, 20))
    stage.pass_time(PLACE)


def _vote(stage: Stage, year: int, proved: Sequence[Actor]) -> UUID:
    """Hold the vote: 450 ballots, four of them on paper, counted with the voices that were earned."""
    stage.on(date(year, 4, 1))
    command = PrepareRound(
        year=year,
        title=f"Wijkbudget Oost {year}",
        opens_on=date(year, 5, 1),
        closes_on=date(year, 5, 15),
        reference_on=date(year, 4, 15),
        budget_cents=ROUND_CENTS,
        with_paper=True,
        hand_in_at="de balie van het gemeentehuis, op werkdagen van 9 tot 17 uur",
    )
    round_id = put_on_ballot(stage, PLACE, command)
    stage.on(date(year, 5, 1))
    stage.pass_time(PLACE)
    codes = {addressee(letter): letter["code"] for letter in stage.clear_letters()}
    addresses = stage.desk.ask(addressed, PLACE, [giver.id for giver in proved[:GIVER_COUNT]])
    of_givers = [codes.pop(address) for address in addresses]
    # One envelope more than there are ballots: what is in it is blank.
    others = [codes[address] for address in sorted(codes)][: BALLOT_COUNT + 1 - len(of_givers)]
    keys = {option.title: option.key for option in stage.desk.ask(voting.round_, PLACE, round_id).options}
    ballots = [
        (code, [keys[title] for title in marked(OOST, number, is_giver=number < len(of_givers))])
        for number, code in enumerate([*of_givers, *others])
    ]
    stage.on(date(year, 5, 9))
    stage.cast((code, dict.fromkeys(ticked, 1)) for code, ticked in ballots[: BALLOT_COUNT - PAPER_COUNT])
    table = paper.sit_down(stage, PLACE, round_id, proved[140:142])
    stage.on(date(year, 5, 16))
    table.enter_all(ballots[BALLOT_COUNT - PAPER_COUNT :], twice=ballots[0][0])
    stage.pass_time(PLACE)
    return round_id


def _stop_one(stage: Stage, year: int, proposers: dict[str, Actor]) -> None:
    """Let a group stop before it bought anything; a plan of the reserve list moves up."""
    stage.on(date(year, 6, 10))
    stopping = next(each for each in stage.desk.ask(vouchers.vouchers, PLACE) if each.title == STOPPED)
    desk = stage.desk.by(proposers[STOPPED]).once(f"seed stop {year}")
    told = GiveUpInitiative(reason="Onze lerares is verhuisd, en niemand neemt het over.")
    desk.act(service.give_up, PLACE, UUID(stopping.about), told)


def _spend(stage: Stage, year: int, proposers: dict[str, Actor]) -> None:
    """Let each group buy what it planned, account for it, and give back what it did not need."""
    staff = stage.staff[PLACE]
    approvers = [staff[Role.CHAIR], staff[Role.OFFICIAL], staff[Role.COUNCIL]]
    plans = {plan.title: plan for plan in OOST}
    going_on = [each for each in stage.desk.ask(vouchers.vouchers, PLACE) if each.stopped_on is None]
    for number, voucher in enumerate(going_on):
        plan, holder = plans[voucher.title], proposers[voucher.title]
        hands = money.Hands(claimant=holder, approvers=approvers, cashier=staff[Role.CASHIER])
        stage.on(date(year, 7, 1 + number))
        bought = _bought(plan, number, year)
        if number == 0:
            # The first group is paid through the bank, as in a house that uses its files.
            money.ask_for(stage.desk, PLACE, voucher.id, bought, hands)
            bank.pay(stage)
        else:
            _buy(stage, number, voucher, bought, hands)
        if number == 1:
            _thank_a_volunteer(stage, voucher.id, hands)
        stage.on(date(year, 10, 1 + number))
        done = GOALS.get(plan.title, "Het is gelukt. Dank aan alle buren.")
        told = AccountFor(done=done, finished_on=date(year, 9, 20))
        money.account_for(stage.desk, PLACE, voucher.id, holder, told)
        money.settle(stage.desk, PLACE, voucher.id, staff[Role.OFFICIAL])
    stage.pass_time(PLACE)


def _buy(stage: Stage, number: int, voucher: VoucherView, bought: list[money.Bought], hands: money.Hands) -> None:
    """Let a group spend its money: most by receipts, one with an advance, one with help, one by an electronic bill."""
    if number == WITH_ADVANCE:
        money.advance(stage.desk, PLACE, voucher.id, hands, voucher.value_cents // 2)
    if number == WITH_BILL:
        money.pay_electronic_bill(stage.desk, PLACE, voucher.id, bought.pop(), hands)
    money.spend(stage.desk, PLACE, voucher.id, bought, hands)
    if number == WITH_HELP:
        left_cents = voucher.value_cents - sum(one.amount_cents for one in bought)
        money.give_in_kind(stage.desk, PLACE, voucher.id, hands, left_cents // 2)


def _thank_a_volunteer(stage: Stage, voucher_id: UUID, hands: money.Hands) -> None:
    """Let a member of a group get a fee for their time, after they told what another organisation gave."""
    told = TellFee(
        amount_cents=12_000, received_on=day_of(stage.desk.clock()), given_as=Form.MONEY, giver="Voedselbank Oost"
    )
    time.tell_fee(stage.desk, PLACE, hands.claimant, told)
    money.pay_fee(stage.desk, PLACE, voucher_id, hands, FEE_CENTS)


def _bought(plan: Plan, number: int, year: int) -> list[money.Bought]:
    """Return the bills of a plan: a little less than was planned."""
    return [
        money.Bought(
            supplier=_SUPPLIERS[(number + line) % len(_SUPPLIERS)],
            number=f"{year}-{number + 1:02}{line + 1}",
            bought_on=date(year, 6, 22),
            amount_cents=euros * 100 - below(euros * 6, plan.title, what),
            payee=_SUPPLIERS[(number + line) % len(_SUPPLIERS)],
        )
        for line, (what, euros) in enumerate(plan.costs)
    ]


def _hand_back_a_share(stage: Stage, year: int, holder: Actor) -> None:
    """Let a resident hand a share back for the price in the by-law, and pay it."""
    stage.on(date(year, 11, 24))
    command = HandBackShares(share_count=1, payee="Bewoner van Oost", iban=money.DEMO_IBAN)
    stage.desk.by(holder).once(f"seed hand back share {year}").act(shares.hand_back, PLACE, command)
    payments.pay_all(stage.desk, PLACE, stage.staff[PLACE][Role.CASHIER])


def _close_the_year(stage: Stage, year: int) -> None:
    """Take a part of what is left along to the next year, and give the rest back to the municipality."""
    stage.on(date(year, 12, 20))
    left = next(view for view in stage.desk.ask(neighbourhoods.years, PLACE) if view.year == year).free_cents
    along = CarryOver(
        year=year,
        amount_cents=CARRIED_OVER_CENTS,
        decision=f"Besluit van de wijkraad, 18 december {year}: voor de buurtmoestuin van volgend jaar",
    )
    chair = stage.desk.by(stage.staff[PLACE][Role.CHAIR])
    chair.once(f"seed carry over {year}").act(municipality.carry_over, PLACE, along)
    back = HandBack(year=year, amount_cents=left - CARRIED_OVER_CENTS, reason="Het jaar is af; wat over is gaat terug.")
    cashier = stage.desk.by(stage.staff[PLACE][Role.CASHIER])
    cashier.once(f"seed hand back {year}").act(municipality.hand_back, PLACE, back)
    stage.pass_time(PLACE)


_SUPPLIERS = (
    "Houthandel De Zaag",
    "Kwekerij Groenrijk Meer",
    "Bouwmarkt Meerwijk",
    "Drukkerij Letter & Zo",
    "Verhuur Van Dalen",
    "Technisch Bureau Licht",
)
