# SPDX-License-Identifier: EUPL-1.2
"""Files claims: what each kind asks, with its lines, its receipt, and the advance that covers it."""

import codecs
from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, or_, select, update

from wijkbudget.identity import queries as identity
from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import _
from wijkbudget.kit.uploads.sent import read_base64
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules.policy import Policy
from wijkbudget.payments.rules import read_iban
from wijkbudget.reciprocity.fees import queries as fees
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers import access, holders, receipts
from wijkbudget.vouchers import rules as vouchers
from wijkbudget.vouchers.claims import advances, queries, rules, volunteers
from wijkbudget.vouchers.claims.events import ClaimFiled
from wijkbudget.vouchers.claims.kinds import KINDS
from wijkbudget.vouchers.claims.kinds.invoice import INVOICE
from wijkbudget.vouchers.claims.models import Claim
from wijkbudget.vouchers.claims.models import ClaimLine as ClaimLineRow
from wijkbudget.vouchers.claims.queries import rows
from wijkbudget.vouchers.claims.rules import ClaimState, Cost, CostKind, MoreThanLeft, ReceiptUsed, VatRate
from wijkbudget.vouchers.claims.schemas import ClaimLine, ClaimView, FileClaim, FileInvoice
from wijkbudget.vouchers.grants import queries as grants
from wijkbudget.vouchers.grants.rules import demand_known
from wijkbudget.vouchers.models import Voucher
from wijkbudget.vouchers.receipts import ubl
from wijkbudget.vouchers.rules import VoucherState

_FILLED_IN = ("lines", "purpose", "volunteer", "supplier", "number", "bought_on", "payee", "iban", "receipt")
"""What a kind of claim can ask, besides the amount."""


@verb(access.CLAIM, once=True)
def claim(work: Work, place: str, voucher_id: UUID, command: FileClaim) -> ClaimView:
    """Ask for money, in one of five ways.

    Raises VoucherNotFound, NotYours, WrongState, VoucherOver, Incomplete, LinesDoNotAddUp, CostExcluded,
    AskedOtherwise, NotOfTheGroup, NoFeeLimits, FeeTooHigh, DayToCome, BoughtTooEarly, NoAdvances, AdvanceTooHigh,
    AdvanceOpen, AdvanceOverdue, AdvanceChanged, IbanUnreadable, FileUnreadable, ReceiptUsed, InstalmentToCome or
    MoreThanLeft.
    """
    voucher = holders.voucher_row(work, place, voucher_id)
    work.demand_own(holders.holders_of(work, voucher_id))
    demand_known(grants.known_on(work, voucher_id))
    vouchers.demand_showable(VoucherState(voucher.state))
    rules.demand_asked(
        [name for name in _FILLED_IN if getattr(command, name)], KINDS[command.kind].needs, KINDS[command.kind].allows
    )
    costs, policy = costs_in(command), neighbourhoods.policy(work, place, voucher.issued_on).rules
    return file(work, voucher, command, costs, policy)


@verb(access.CLAIM, once=True)
def claim_invoice(work: Work, place: str, voucher_id: UUID, command: FileInvoice) -> ClaimView:
    """Ask for the money of an electronic invoice, to the supplier and to the cent that it says.

    Raises InvoiceUnreadable, or what `claim` does.
    """
    voucher = holders.voucher_row(work, place, voucher_id)
    work.demand_own(holders.holders_of(work, voucher_id))
    demand_known(grants.known_on(work, voucher_id))
    vouchers.demand_showable(VoucherState(voucher.state))
    found = ubl.invoice(read_base64(command.receipt, receipts.FIELD).removeprefix(codecs.BOM_UTF8))
    asked = FileClaim(
        kind=INVOICE.key,
        amount_cents=found.amount_cents,
        lines=[ClaimLine(category=command.category)],
        supplier=found.supplier,
        number=found.number,
        bought_on=found.issued_on,
        iban=found.iban,
        receipt=command.receipt,
    )
    costs = [
        Cost(category=command.category, amount_cents=line.amount_cents, vat=VatRate(line.vat), about=line.about)
        for line in found.lines
    ]
    return file(work, voucher, asked, costs, neighbourhoods.policy(work, place, voucher.issued_on).rules)


def file(work: Work, voucher: Voucher, command: FileClaim, costs: Sequence[Cost], policy: Policy) -> ClaimView:
    """Write a claim that says what its kind asks, for the verbs that read one. Raises what they raise."""
    _demand_allowed(work, voucher, command, costs, policy)
    advance = rows.open_advance(work, voucher) if KINDS[command.kind].covers_advance else None
    open_cents = rows.advanced_cents(advance) if advance else 0
    covered_cents = advances.covered_cents(command.amount_cents, open_cents)
    if not _is_in_use(work, voucher) and open_cents:
        vouchers.demand_showable(VoucherState(voucher.state))
        advances.demand_within_advance(command.amount_cents, open_cents, policy.vouchers.article)
    else:
        vouchers.demand_claimable(VoucherState(voucher.state), voucher.valid_until, work.today, policy.vouchers.article)
    row = _filed(work, voucher, command, covered_cents, policy)
    row.category = max(costs, key=lambda cost: cost.amount_cents).category if costs else None
    row.advance_id = advance.id if advance else None
    content = _with_receipt(work, row, command)
    _demand_unused(work, row)
    if advance:
        _cover(work, advance, covered_cents)
    _take(work, voucher, command.amount_cents - covered_cents, policy.vouchers.article)
    work.session.add(row)
    work.session.flush()
    work.session.add_all(_line(row, ordinal, cost) for ordinal, cost in enumerate(costs, 1))
    work.session.flush()
    if content is not None:
        work.files.put(content)
    work.record(
        ClaimFiled(
            place=row.place,
            subject=str(row.id),
            voucher_id=str(voucher.id),
            kind_key=row.kind,
            amount_cents=row.amount_cents,
            covered_cents=covered_cents,
            receipt_sha256=row.receipt_sha256,
        )
    )
    return queries.claim_view(work, row.place, row.id)


def costs_in(command: FileClaim) -> list[Cost]:
    """Return the lines of a claim; one line without an amount is the whole. Raises LinesDoNotAddUp."""
    if category := KINDS[command.kind].category:
        return [Cost(category=CostKind(category), amount_cents=command.amount_cents, vat=None)]
    whole_cents = command.amount_cents if len(command.lines) == 1 else 0
    costs = [
        Cost(category=line.category, amount_cents=line.amount_cents or whole_cents, vat=line.vat)
        for line in command.lines
    ]
    rules.demand_adding_up(costs, command.amount_cents)
    return costs


def _demand_allowed(work: Work, voucher: Voucher, command: FileClaim, costs: Sequence[Cost], policy: Policy) -> None:
    """Do nothing if the policy pays this. Raises what `claim` does."""
    section, kind = policy.vouchers, KINDS[command.kind]
    for cost in costs:
        rules.demand_payable_cost(cost.category, section.excluded_costs, section.article)
        volunteers.demand_asked_so(cost.category, kind.category)
    if command.volunteer:
        volunteers.demand_of_the_group(str(command.volunteer), holders.holders_of(work, voucher.id))
        fee = volunteers.fee_of(command.volunteer, command.amount_cents, work.today, about="")
        fees.demand_fits(work, voucher.place, fee)
    if command.bought_on:
        rules.demand_bought_in_time(command.bought_on, voucher.issued_on, work.today, section.article)
    if kind.is_advance:
        if policy.advances is None:
            raise advances.NoAdvances(_("Your neighbourhood pays nothing in advance."), article=section.article)
        article = policy.advances.article
        advances.demand_advance(command.amount_cents, voucher.value_cents, policy.advances.share_percent_max, article)
        advances.demand_no_advance(rows.has_advance(work, voucher), article)
    if not kind.covers_advance:
        rows.demand_in_time(work, voucher.place, holders.holders_of(work, voucher.id))


def _is_in_use(work: Work, voucher: Voucher) -> bool:
    """Return whether money can be asked of a voucher today."""
    return voucher.state == VoucherState.ACTIVE and work.today < voucher.valid_until


def _filed(work: Work, voucher: Voucher, command: FileClaim, covered_cents: int, policy: Policy) -> Claim:
    """Return the row of a new claim. Raises Incomplete or IbanUnreadable."""
    kind = KINDS[command.kind]
    payee, iban = command.supplier if kind.pays_supplier else command.payee, command.iban
    if command.volunteer:
        payee = identity.names(work, [str(command.volunteer)]).get(str(command.volunteer))
    if kind.is_paid and covered_cents < command.amount_cents:
        payee, iban = rules.demand_account(payee, iban)
        iban = read_iban(iban)
    else:
        payee = iban = None
    return Claim(
        id=work.new_id(),
        place=voucher.place,
        voucher_id=voucher.id,
        claimant=work.actor.id,
        filed_at=work.now,
        kind=kind.key,
        amount_cents=command.amount_cents,
        purpose=command.purpose,
        volunteer_id=command.volunteer,
        supplier=command.supplier,
        number=command.number,
        bought_on=command.bought_on,
        payee=payee,
        iban=iban,
        covered_cents=covered_cents,
        approvals_needed=rules.approvals_needed(command.amount_cents, policy.vouchers.approvals),
        state=ClaimState.FILED,
    )


def _with_receipt(work: Work, row: Claim, command: FileClaim) -> bytes | None:
    """Name the receipt of a claim, and return the file as it is kept. Raises FileUnreadable."""
    if command.receipt is None:
        return None
    found = receipts.read(read_base64(command.receipt, receipts.FIELD))
    row.receipt_kind, row.receipt_sha256 = found.kind, found.sha256
    row.receipt_key = rows.receipt_key(work, row)
    return found.content


def _line(row: Claim, ordinal: int, cost: Cost) -> ClaimLineRow:
    return ClaimLineRow(
        claim_id=row.id,
        ordinal=ordinal,
        category=cost.category,
        amount_cents=cost.amount_cents,
        vat=cost.vat,
        about=cost.about,
    )


def _cover(work: Work, advance: Claim, covered_cents: int) -> None:
    """Count a receipt against an advance, in one step that the database decides. Raises AdvanceChanged."""
    accounted = col(Claim.accounted_cents) + covered_cents
    fits = col(Claim.id) == advance.id, accounted + col(Claim.paid_back_cents) <= col(Claim.amount_cents)
    if work.session.exec(update(Claim).where(*fits).values(accounted_cents=accounted)).rowcount != 1:
        raise advances.AdvanceChanged(_("Something else was counted against this advance just now. Send it once more."))
    work.session.refresh(advance)


def _demand_unused(work: Work, row: Claim) -> None:
    """Raise ReceiptUsed if the same file or the same receipt was claimed anywhere in the municipality.

    Source: invariant VC7; the database keeps both unique. Choice: the receipt of a refused claim can be used again, so
    that a mistake can be mended; which claim it was, only a group hears that filed it itself.
    """
    told = {Claim.receipt_sha256: row.receipt_sha256, Claim.receipt_key: row.receipt_key}
    same = [col(column) == value for column, value in told.items() if value is not None]
    if not same:
        return
    found = work.session.exec(select(Claim).where(or_(*same), col(Claim.state) != ClaimState.REFUSED)).first()
    if found is None:
        return
    if work.actor.id not in holders.holders_of(work, found.voucher_id):
        raise ReceiptUsed(_("This receipt was used before. Each receipt counts once."))
    sentence = _(
        "Your group used this receipt before: on %(filed_on)s, for %(amount_cents)s. Each receipt counts once.",
        filed_on=day_of(found.filed_at),
        amount_cents=found.amount_cents,
    )
    raise ReceiptUsed(sentence)


def _take(work: Work, voucher: Voucher, amount_cents: int, article: str) -> None:
    """Set an amount apart for a claim, in one step that the database decides. Source: VC3.

    Raises MoreNotKnown, InstalmentToCome or MoreThanLeft.
    """
    claimed = col(Voucher.claimed_cents) + amount_cents
    if not amount_cents:
        return
    left_cents = voucher.value_cents - voucher.claimed_cents - voucher.returned_cents
    vouchers.demand_known_to_fit(amount_cents, left_cents, grants.unknown_cents(work, voucher.id))
    to_come = [part for part in rows.instalments_of(work, [voucher.id])[voucher.id] if work.today < part.due_on]
    due_cents = voucher.value_cents - sum(part.amount_cents for part in to_come)
    rules.demand_due(amount_cents, voucher.claimed_cents, due_cents, to_come[0].due_on if to_come else None)
    fits = (
        col(Voucher.id) == voucher.id,
        col(Voucher.state) == VoucherState.ACTIVE,
        claimed + col(Voucher.returned_cents) <= col(Voucher.value_cents),
        claimed <= due_cents,
    )
    if work.session.exec(update(Voucher).where(*fits).values(claimed_cents=claimed)).rowcount != 1:
        sentence = _("There is %(left_cents)s left on this voucher. Ask for that much or less.", left_cents=left_cents)
        raise MoreThanLeft(sentence, article=article)
