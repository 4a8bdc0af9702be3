# SPDX-License-Identifier: EUPL-1.2
"""What an agreement must say, which days it can name, and when each side can sign it.

Source: what Middelburg, Geertruidenberg and Gouda write down after an award: parties, results, money, term, quality,
insurance, reports, looking back, change and ending.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from wijkbudget.challenges.advice.rules.procurement import Form
from wijkbudget.identity.rules.organisations import LegalForm
from wijkbudget.kit.errors import BadInput, Conflict, NotFound, RuleBroken
from wijkbudget.kit.period import months_after
from wijkbudget.kit.text import Text, _
from wijkbudget.ledger.flows import Flow
from wijkbudget.neighbourhoods.rules import Body, ChallengesPolicy

RESULTS_MAX = 5
"""Source: Opsterland (CVDR651770) and Gouda ask for results that are measured. Choice: five, so that each is."""
INSTALMENTS_MAX = 12
DAYS_MAX = 12
NOTICE_DAYS_MAX = 366
LOOK_BACK_MONTHS = 3
"""Choice: the last time to look back is three months before the end, in time to decide what comes next."""

ERRAND = "signed agreement"
"""The kind of errand in which an agreement waits to be set as PDF; it names the bid only."""

RESERVE = Flow(
    happens="the municipality signs an agreement: its money is set apart, and waits for its voucher",
    by=("challenges.enter_into",),
    source="pot",
    target="reserved",
    reference="agreement:<id>:reserve",
)


class Party(StrEnum):
    """Who signs."""

    GROUP = "group"
    MUNICIPALITY = "municipality"


class Clause(StrEnum):
    """Something that every agreement says."""

    FORM = "form"
    GROUP_NAME = "group_name"
    LEGAL_FORM = "legal_form"
    TASK = "task"
    RESULTS = "results"
    INSTALMENTS = "instalments"
    STARTS_ON = "starts_on"
    ENDS_ON = "ends_on"
    CONSULTATION = "consultation"
    REPORT_ON = "report_on"
    REVIEW_ON = "review_on"
    QUALITY = "quality"
    SAFETY = "safety"
    INSURANCE = "insurance"
    LIABILITY = "liability"
    CHANGING = "changing"
    ENDING = "ending"
    NOTICE_DAYS = "notice_days"


class AgreementChapter(StrEnum):
    """A page of the agreement, which is saved by itself."""

    PARTIES = "parties"
    RESULTS = "results"
    MONEY = "money"
    TERM = "term"
    CONDITIONS = "conditions"


CLAUSES: Mapping[AgreementChapter, tuple[Clause, ...]] = {
    AgreementChapter.PARTIES: (Clause.FORM, Clause.GROUP_NAME, Clause.LEGAL_FORM, Clause.TASK),
    AgreementChapter.RESULTS: (Clause.RESULTS,),
    AgreementChapter.MONEY: (Clause.INSTALMENTS,),
    AgreementChapter.TERM: (Clause.STARTS_ON, Clause.ENDS_ON, Clause.CONSULTATION, Clause.REPORT_ON, Clause.REVIEW_ON),
    AgreementChapter.CONDITIONS: (
        Clause.QUALITY,
        Clause.SAFETY,
        Clause.INSURANCE,
        Clause.LIABILITY,
        Clause.CHANGING,
        Clause.ENDING,
        Clause.NOTICE_DAYS,
    ),
}
"""Which page says what."""


CLAUSE_NAMES: Mapping[Clause, Text] = {
    Clause.FORM: _("What kind of agreement it is"),
    Clause.GROUP_NAME: _("Name of the group"),
    Clause.LEGAL_FORM: _("What the group is in law"),
    Clause.TASK: _("What the group does"),
    Clause.RESULTS: _("The results"),
    Clause.INSTALMENTS: _("The money"),
    Clause.STARTS_ON: _("First day"),
    Clause.ENDS_ON: _("Last day"),
    Clause.CONSULTATION: _("How often you talk"),
    Clause.REPORT_ON: _("Days to report"),
    Clause.REVIEW_ON: _("Days to look back"),
    Clause.QUALITY: _("How good it must be"),
    Clause.SAFETY: _("How it stays safe"),
    Clause.INSURANCE: _("Who insures what"),
    Clause.LIABILITY: _("Who pays for damage"),
    Clause.CHANGING: _("How the agreement changes"),
    Clause.ENDING: _("How the agreement ends, and the task goes back"),
    Clause.NOTICE_DAYS: _("Days of notice"),
}
FORM_NAMES: Mapping[Form, Text] = {
    Form.SUBSIDY: _("Subsidy, with an agreement on what is done for it"),
    Form.PUBLIC_CONTRACT: _("Public contract: the municipality pays for a service"),
    Form.USE: _("Looking after a place or using it, without money"),
}
PARTY_NAMES: Mapping[Party, Text] = {Party.GROUP: _("The group"), Party.MUNICIPALITY: _("The municipality")}


class AgreementNotFound(NotFound):
    """There is no agreement on this bid, or it is not for you to see yet."""


class AgreementIncomplete(RuleBroken):
    """Something is not written down yet."""


class DaysWrong(BadInput):
    """A day that does not fit in the term of the agreement."""


class TermTooLong(RuleBroken):
    """The policy lets no agreement last so long."""


class NoMoneyForUse(RuleBroken):
    """Whoever looks after a place or uses it is not paid for that."""


class MoreThanAwarded(RuleBroken):
    """The agreement gives more than the decision awarded."""


class OtherText(Conflict):
    """The text changed since it was read."""


class NotRead(BadInput):
    """Whoever signs says that they read it."""


class SignedBefore(Conflict):
    """The group signed this text already."""


class GroupSignsFirst(RuleBroken):
    """The municipality signs what the group signed."""


def missing(
    says: Mapping[Clause, object], policy: ChallengesPolicy, form: Form | None, registration: str | None
) -> list[Clause]:
    """Return what an agreement does not say yet, in the order of its pages.

    Source: Zoetermeer: a legal form is needed at the take-over, not before; the policy says whether it is.
    Choice: an agreement on looking after or using a place is without money.
    """
    found = [clause for clauses in CLAUSES.values() for clause in clauses if not says[clause]]
    has_legal_person = says[Clause.LEGAL_FORM] not in {None, LegalForm.GROUP} and registration is not None
    if policy.legal_person and not has_legal_person and Clause.LEGAL_FORM not in found:
        found.append(Clause.LEGAL_FORM)
    return [clause for clause in found if clause is not Clause.INSTALMENTS or form is not Form.USE]


def demand_complete(gaps: Sequence[Clause]) -> None:
    """Do nothing if nothing is missing. Raises AgreementIncomplete."""
    if gaps:
        raise AgreementIncomplete(
            _("Something is not written down yet. The page of the agreement says what: %(count)s.", count=len(gaps))
        )


def chapter_of(clause: Clause) -> AgreementChapter:
    """Return the page that says something."""
    return next(chapter for chapter, clauses in CLAUSES.items() if clause in clauses)


def look_back_days(starts_on: date, ends_on: date) -> list[date]:
    """Return the days to look back that are proposed: at half time, and three months before the end if that is later.

    Choice: section 1.7 of the rules: both, where the agreement is long enough to have both.
    """
    half = starts_on + timedelta(days=(ends_on - starts_on).days // 2)
    late = months_after(ends_on, -LOOK_BACK_MONTHS)
    return [half, late] if late > half else [half]


def demand_term(starts_on: date | None, ends_on: date | None, policy: ChallengesPolicy) -> None:
    """Do nothing if an agreement can last from one day to another. Raises DaysWrong or TermTooLong.

    Source: Geertruidenberg: the first time lasts a year at most; after that it can be extended.
    """
    if starts_on is None or ends_on is None:
        return
    if ends_on <= starts_on:
        raise days_wrong(_("This day comes before the first day."), "ends_on")
    if ends_on >= months_after(starts_on, policy.agreement_months_max):
        raise TermTooLong(
            _("The first time lasts at most %(months)s months.", months=policy.agreement_months_max),
            article=policy.article,
        )


def demand_within(name: str, days: Sequence[date | None], starts_on: date | None, ends_on: date | None) -> None:
    """Do nothing if days fall in the term of the agreement. Raises DaysWrong."""
    if starts_on is None or ends_on is None:
        return
    if any(day is not None and not starts_on <= day <= ends_on for day in days):
        sentence = _("Choose days from %(first)s until and including %(last)s.", first=starts_on, last=ends_on)
        raise days_wrong(sentence, name)


def demand_to_come(ends_on: date, today: date) -> None:
    """Do nothing if the last day of an agreement has not passed. Raises DaysWrong."""
    if ends_on <= today:
        raise days_wrong(_("The last day of this agreement has passed. Choose a later one."), "ends_on")


def demand_money(form: Form, budget_cents: int) -> None:
    """Do nothing if an agreement of this form can give so much. Raises NoMoneyForUse."""
    if form is Form.USE and budget_cents:
        raise NoMoneyForUse(
            _("An agreement on use gives no money. Choose another form, or take the money out."),
            article="Algemene wet bestuursrecht, art. 4:21",
        )


def demand_awarded(budget_cents: int, awarded_cents: int, starts_on: date, ends_on: date) -> None:
    """Do nothing if an agreement gives no more than was awarded: an amount a year, for each year that it begins.

    Raises MoreThanAwarded. Choice: what the decision awards is for a year, as the bid asked it.
    """
    years = next(count for count in range(1, 100) if months_after(starts_on, 12 * count) > ends_on)
    if budget_cents > years * awarded_cents:
        raise MoreThanAwarded(
            _("%(most_cents)s was awarded for this term. The agreement gives more.", most_cents=years * awarded_cents),
            article="Algemene wet bestuursrecht, art. 4:36",
        )


def demand_signable(seen_hash: str, text_hash: str, *, has_read: bool) -> None:
    """Do nothing if somebody signs the text that is there, and read it. Raises OtherText or NotRead."""
    if seen_hash != text_hash:
        raise OtherText(_("The text changed since you read it. Read it again, and sign it then."))
    if not has_read:
        sentence = _("Tick that you read it.")
        raise NotRead(sentence, fields={"has_read": sentence})


def demand_unsigned(signed_by: Sequence[Party]) -> None:
    """Do nothing if the group did not sign this text yet. Raises SignedBefore."""
    if Party.GROUP in signed_by:
        raise SignedBefore(_("Your group signed this text already."))


def demand_signed(signed_by: Sequence[Party]) -> None:
    """Do nothing if the group signed this text. Raises GroupSignsFirst.

    Choice: the municipality signs last, because its signature commits the money.
    """
    if Party.GROUP not in signed_by:
        raise GroupSignsFirst(_("The group did not sign this text yet. The municipality signs last."))


def pays(decider: str) -> Body:
    """Return which body gives the money of a task that it decides about.

    Source: Gemeentewet art. 160: the executive enters into agreements; so it does for a task of the mayor too.
    """
    return Body.MUNICIPAL_COUNCIL if decider == Body.MUNICIPAL_COUNCIL else Body.EXECUTIVE


def days_wrong(sentence: Text, name: str) -> DaysWrong:
    """Return the refusal of days, at the field in which they were filled in."""
    return DaysWrong(sentence, fields={name: sentence})
