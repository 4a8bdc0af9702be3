# SPDX-License-Identifier: EUPL-1.2
"""Demo claims with receipts, and vouchers that come to their end, through the verbs."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from uuid import UUID

from wijkbudget.kit.actor import Actor
from wijkbudget.kit.period import day_of
from wijkbudget.payments.seed import pay_all
from wijkbudget.trail.desk import Desk
from wijkbudget.vouchers import queries, service
from wijkbudget.vouchers.claims import queries as claims
from wijkbudget.vouchers.claims import service as claiming
from wijkbudget.vouchers.claims.rules import ClaimState, CostKind
from wijkbudget.vouchers.claims.schemas import ApproveClaim, ClaimLine, ClaimView, FileClaim, FileInvoice
from wijkbudget.vouchers.grants import service as grants
from wijkbudget.vouchers.schemas import AccountFor, VoucherView

DEMO_IBAN = "NL91ABNA0417164300"
"""The account number that Dutch banks print in their examples."""

REASON = "De bon klopt met de offerte, en het werk is gezien."
"""Why people of the demo approve so much money."""


@dataclass(frozen=True, kw_only=True)
class Bought:
    """Something that a group of the demo bought."""

    supplier: str
    number: str
    bought_on: date
    amount_cents: int
    payee: str
    """Who paid the bill, or who still must be paid."""
    category: CostKind = CostKind.MATERIALS


@dataclass(frozen=True, kw_only=True)
class Hands:
    """The people through whose hands a claim goes."""

    claimant: Actor
    approvers: Sequence[Actor]
    cashier: Actor


def receipt_pdf(bought: Bought) -> bytes:
    """Return a receipt of the demo as a PDF of one page."""
    euros, cents = divmod(bought.amount_cents, 100)
    return paper_pdf(
        [bought.supplier, f"Bon {bought.number}", bought.bought_on.isoformat(), f"Totaal EUR {euros},{cents:02}"]
    )


def paper_pdf(lines: Sequence[str]) -> bytes:
    """Return a paper of the demo as a PDF of one page."""
    shown = " ".join(f"({line.translate(_ESCAPED)}) ' " for line in lines)
    drawn = f"BT /F1 14 Tf 40 260 Td 22 TL {shown}ET".encode("cp1252", "replace")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(content))
    return content + head + end


def claim(desk: Desk, place: str, voucher_id: UUID, claimant: Actor, bought: Bought) -> ClaimView:
    """File a claim of a member of the group with a receipt made for it; who did not take the decision yet does so."""
    at = _at_home(desk, place, voucher_id, claimant)
    command = FileClaim(
        kind="receipt",
        amount_cents=bought.amount_cents,
        lines=[ClaimLine(category=bought.category)],
        supplier=bought.supplier,
        number=bought.number,
        bought_on=bought.bought_on,
        payee=bought.payee,
        iban=DEMO_IBAN,
        receipt=base64.b64encode(receipt_pdf(bought)).decode(),
    )
    key = f"seed claim {voucher_id} {bought.number}"
    return at.once(key).act(claiming.claim, place, voucher_id, command)


def pay_fee(desk: Desk, place: str, voucher_id: UUID, hands: Hands, amount_cents: int) -> None:
    """Claim, approve and pay a fee for the one of the group who asks for it."""
    command = FileClaim(
        kind="volunteer_fee",
        amount_cents=amount_cents,
        lines=[],
        purpose="Zes avonden begeleid en opgeruimd",
        volunteer=UUID(hands.claimant.id),
        iban=DEMO_IBAN,
    )
    _ask(desk, place, voucher_id, hands, command)
    pay_all(desk, place, hands.cashier)


def advance(desk: Desk, place: str, voucher_id: UUID, hands: Hands, amount_cents: int) -> None:
    """Let a group ask for money before it buys anything, and pay it; its receipts account for that later."""
    command = FileClaim(
        kind="advance",
        amount_cents=amount_cents,
        lines=[],
        purpose="De eerste aankopen",
        payee="Penningmeester van de groep",
        iban=DEMO_IBAN,
    )
    _ask(desk, place, voucher_id, hands, command)
    pay_all(desk, place, hands.cashier)


def give_in_kind(desk: Desk, place: str, voucher_id: UUID, hands: Hands, amount_cents: int) -> None:
    """Let the municipality bring material and help, at their value; nothing is paid."""
    command = FileClaim(
        kind="in_kind",
        amount_cents=amount_cents,
        lines=[ClaimLine(category=CostKind.MATERIALS)],
        supplier="Gemeente Meerwijk, wijkbeheer",
        bought_on=day_of(desk.clock()),
        purpose="Zand en een middag hulp",
    )
    _ask(desk, place, voucher_id, hands, command)


def pay_electronic_bill(desk: Desk, place: str, voucher_id: UUID, bought: Bought, hands: Hands) -> None:
    """Claim, approve and pay a bill that the supplier sent as UBL."""
    receipt = base64.b64encode(bill_xml(bought)).decode()
    command = FileInvoice(category=bought.category, receipt=receipt)
    at = _at_home(desk, place, voucher_id, hands.claimant).once(f"seed bill {voucher_id} {bought.number}")
    approve(desk, place, at.act(claiming.claim_invoice, place, voucher_id, command).id, hands.approvers)
    pay_all(desk, place, hands.cashier)


def bill_xml(bought: Bought) -> bytes:
    """Return a bill of the demo as an electronic invoice of one line, without VAT. Source: NLCIUS 1.0.3."""
    euros, cents = divmod(bought.amount_cents, 100)
    told = {"supplier": escape(bought.supplier), "number": bought.number, "day": bought.bought_on, "iban": DEMO_IBAN}
    return _BILL.format(**told, amount=f"{euros}.{cents:02}").encode()


def _at_home(desk: Desk, place: str, voucher_id: UUID, claimant: Actor) -> Desk:
    """Return the desk with a member of the group at it, who took the decision about the money if nobody did yet."""
    at = desk.by(claimant)
    voucher = at.ask(queries.voucher, place, voucher_id)
    if voucher.may_collect and voucher.grant_id:
        at.act(grants.collect, place, voucher.grant_id)
    return at


def _ask(desk: Desk, place: str, voucher_id: UUID, hands: Hands, command: FileClaim) -> None:
    """Let a group ask for money, and others approve it."""
    at = _at_home(desk, place, voucher_id, hands.claimant).once(f"seed {command.kind} {voucher_id}")
    approve(desk, place, at.act(claiming.claim, place, voucher_id, command).id, hands.approvers)


def approve(desk: Desk, place: str, claim_id: UUID, approvers: Sequence[Actor]) -> None:
    """Let people approve a claim one after the other, as many as it takes."""
    for approver in approvers:
        seen = desk.ask(claims.claim_view, place, claim_id)
        if seen.state is ClaimState.FILED:
            command = ApproveClaim(reason=REASON if seen.is_reason_asked else "")
            desk.by(approver).once(f"seed approval {claim_id}").act(claiming.approve, place, claim_id, command)


def account_for(desk: Desk, place: str, voucher_id: UUID, holder: Actor, told: AccountFor) -> VoucherView:
    """Let a member of the group say what was done."""
    return desk.by(holder).act(service.account_for, place, voucher_id, told)


def settle(desk: Desk, place: str, voucher_id: UUID, settler: Actor) -> VoucherView:
    """Settle a voucher that was accounted for."""
    return desk.by(settler).once(f"seed settlement {voucher_id}").act(service.settle, place, voucher_id)


def ask_for(desk: Desk, place: str, voucher_id: UUID, bought: Sequence[Bought], hands: Hands) -> None:
    """Claim and approve everything that a group bought."""
    for one in bought:
        approve(desk, place, claim(desk, place, voucher_id, hands.claimant, one).id, hands.approvers)


def spend(desk: Desk, place: str, voucher_id: UUID, bought: Sequence[Bought], hands: Hands) -> None:
    """Claim, approve and pay everything that a group bought."""
    ask_for(desk, place, voucher_id, bought, hands)
    pay_all(desk, place, hands.cashier)


_BILL = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0</cbc:CustomizationID>
<cbc:ID>{number}</cbc:ID><cbc:IssueDate>{day}</cbc:IssueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty><cac:Party><cac:PartyLegalEntity>
<cbc:RegistrationName>{supplier}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>
</cac:AccountingSupplierParty>
<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cac:PayeeFinancialAccount>
<cbc:ID>{iban}</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">0.00</cbc:TaxAmount>
<cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">{amount}</cbc:TaxableAmount>
<cbc:TaxAmount currencyID="EUR">0.00</cbc:TaxAmount><cac:TaxCategory><cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent>
</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">{amount}</cbc:LineExtensionAmount>
<cbc:TaxExclusiveAmount currencyID="EUR">{amount}</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount currencyID="EUR">{amount}</cbc:TaxInclusiveAmount>
<cbc:PayableAmount currencyID="EUR">{amount}</cbc:PayableAmount></cac:LegalMonetaryTotal>
<cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:LineExtensionAmount currencyID="EUR">{amount}</cbc:LineExtensionAmount>
<cac:Item><cbc:Name>Levering</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent>
</cac:ClassifiedTaxCategory></cac:Item></cac:InvoiceLine></Invoice>"""

_ESCAPED = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})
