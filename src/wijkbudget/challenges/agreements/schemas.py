# SPDX-License-Identifier: EUPL-1.2
"""What agreements are asked and answer."""

from datetime import date
from typing import Annotated
from uuid import UUID

from wijkbudget.challenges.advice.rules.procurement import Form
from wijkbudget.challenges.agreements.rules import (
    DAYS_MAX,
    INSTALMENTS_MAX,
    NOTICE_DAYS_MAX,
    RESULTS_MAX,
    AgreementChapter,
    Clause,
    Party,
)
from wijkbudget.challenges.rules.states import State
from wijkbudget.identity.rules.organisations import LegalForm
from wijkbudget.identity.schemas import RegistrationNumber
from wijkbudget.kit.fields import Command, Day, Field, Line, Prose, View, symbol
from wijkbudget.kit.units import PositiveCents
from wijkbudget.vouchers.schemas import VoucherInstalmentView

Days = Annotated[list[Day], Field(max_length=DAYS_MAX, default_factory=list)]


class WriteParties(Command):
    """Write down who agrees with whom about what."""

    form: Annotated[Form, symbol(Form)] | None = None
    group_name: Line | None = None
    legal_form: Annotated[LegalForm, symbol(LegalForm)] | None = None
    registration_number: RegistrationNumber | None = None
    """In the trade register."""
    task: Prose = ""


class AgreementResultDraft(Command):
    """Something that the group brings about, and how one sees that it did."""

    what: Line
    indicator: Line
    """What is counted or looked at."""
    target: Line
    """How much of it there must be."""


class WriteResults(Command):
    """Write down what the group brings about."""

    results: Annotated[list[AgreementResultDraft], Field(max_length=RESULTS_MAX, default_factory=list)]


class AgreementInstalmentDraft(Command):
    """A part of the money, and from when the group can ask for it."""

    what: Line
    """What must be there by then."""
    amount_cents: PositiveCents
    due_on: Day


class WriteMoney(Command):
    """Write down how much money there is, and when."""

    instalments: Annotated[list[AgreementInstalmentDraft], Field(max_length=INSTALMENTS_MAX, default_factory=list)]
    theme: Line | None = None
    """Of whose pot the money is, where a theme has one of its own."""


class WriteTerm(Command):
    """Write down how long it lasts, and when both sides talk, report and look back."""

    starts_on: Day | None = None
    ends_on: Day | None = None
    """The last day."""
    trial_until: Day | None = None
    """The last day on which either side can stop at once."""
    consultation: Prose = ""
    report_on: Days
    review_on: Days


class WriteConditions(Command):
    """Write down how good and safe it is, who pays for damage, and how it changes and ends."""

    quality: Prose = ""
    safety: Prose = ""
    insurance: Prose = ""
    liability: Prose = ""
    changing: Prose = ""
    ending: Prose = ""
    """When either side can stop, and how the task goes back."""
    notice_days: Annotated[int, Field(ge=1, le=NOTICE_DAYS_MAX)] | None = None
    """How many days before it a side says that it stops."""


class SignAgreement(Command):
    """Sign the text that was read."""

    text_hash: Line
    """Of the text that was read, so that nobody signs another one."""
    has_read: bool = False


class AgreementResultView(View):
    """Something that the group brings about, and how one sees that it did."""

    what: str
    indicator: str
    target: str


class AgreementInstalmentView(View):
    """A part of the money, and from when the group can ask for it."""

    what: str
    amount_cents: int
    due_on: date


class AgreementTerms(View):
    """Everything that an agreement says."""

    municipality: str
    form: Form | None = None
    group_name: str | None = None
    legal_form: LegalForm | None = None
    registration_number: str | None = None
    task: str = ""
    results: list[AgreementResultView] = []  # noqa: RUF012 - pydantic copies it
    instalments: list[AgreementInstalmentView] = []  # noqa: RUF012 - pydantic copies it
    theme: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    trial_until: date | None = None
    consultation: str = ""
    report_on: list[date] = []  # noqa: RUF012 - pydantic copies it
    review_on: list[date] = []  # noqa: RUF012 - pydantic copies it
    quality: str = ""
    safety: str = ""
    insurance: str = ""
    liability: str = ""
    changing: str = ""
    ending: str = ""
    notice_days: int | None = None

    @property
    def budget_cents(self) -> int:
        """Return all the money that it gives."""
        return sum(part.amount_cents for part in self.instalments)

    @property
    def committed_cents(self) -> int:
        """Return what comes from the pot of the neighbourhood: what is a subsidy.

        Source: Awb art. 4:21 lid 1. Choice: payment for a service is no subsidy, so no grant is written for it: the
        municipality pays the invoices of a public contract as it pays all others, outside this house.
        """
        return self.budget_cents if self.form is Form.SUBSIDY else 0


class AgreedTerms(AgreementTerms):
    """The same of a text that was offered: what every agreement says is there."""

    form: Form
    group_name: str
    starts_on: date
    ends_on: date
    notice_days: int


class SignatureView(View):
    """Who signed for one side."""

    party: Party
    name: str | None
    """For whoever belongs to the neighbourhood; its residents and its staff."""
    signed_on: date


class AgreementTextView(View):
    """A text that was offered to be signed; it never changes."""

    number: int
    """How many texts were offered until this one."""
    terms: AgreedTerms
    budget_cents: int
    committed_cents: int
    """What of it comes from the pot of the neighbourhood."""
    text_hash: str
    offered_on: date
    signatures: list[SignatureView]


class AgreementView(View):
    """The agreement on a bid, as far as it is."""

    challenge_id: UUID
    title: str
    state: State
    draft: AgreementTerms | None
    """What is written now, for both sides, until the agreement holds."""
    missing: list[Clause]
    next_chapter: AgreementChapter
    """The first page on which something is missing, or the first page."""
    text: AgreementTextView | None
    """What was offered to be signed last."""
    is_changed: bool
    """Whether what is written now differs from the text that was offered."""
    holds: bool
    """Both sides signed."""
    voucher_id: UUID | None
    instalments: list[VoucherInstalmentView]
    """What of the money can be asked from when, and how far each part is."""
    themes: list[str]
    """The themes with a pot of their own."""
    months_max: int
    may_write: bool
    may_offer: bool
    may_sign: bool
    may_enter_into: bool
