# SPDX-License-Identifier: EUPL-1.2
"""Electronic invoices (UBL): read into the lines of a claim, to the cent.

Source: NEN-EN 16931-1, NLCIUS 1.0 and Peppol BIS Billing 3.0: the terms (BT-…) and rules (BR-…) named below.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wijkbudget.kit.errors import BadInput
from wijkbudget.kit.fields import YEAR_MAX, YEAR_MIN
from wijkbudget.kit.text import Text, _
from wijkbudget.kit.tree import Node, Unreadable, read
from wijkbudget.kit.units import share_out

_SPACE = "urn:oasis:names:specification:ubl:schema:xsd:{}-2"
_PARTS = tuple(_SPACE.format(f"Common{kind}Components") for kind in ("Aggregate", "Basic"))
_NORM = "urn:cen.eu:en16931:2017"
_INVOICE, _CREDIT_NOTE = "380", "381"
_AMOUNT = re.compile(r"(-?)(\d{1,9})(?:\.(\d{1,2})0*)?", re.ASCII)
_RATES = {"S": {"9": "9", "21": "21"}, "Z": {"0": "0"}, "E": {"0": "exempt"}, "O": {"0": "exempt"}}
"""The VAT of a line, by its category and percentage (BT-151, BT-152); goods from abroad and the like are left out."""
_LINES_MAX, _TEXT_MAX = 200, 120


class InvoiceUnreadable(BadInput):
    """The file is no electronic invoice that can be paid."""

    def __init__(self, text: Text) -> None:
        """Say it at the field too."""
        super().__init__(text, fields={"receipt": text})


@dataclass(frozen=True, kw_only=True)
class InvoiceLine:
    """One line, with its part of the VAT in it."""

    about: str
    amount_cents: int
    vat: str


@dataclass(frozen=True, kw_only=True)
class Invoice:
    """What an invoice asks."""

    supplier: str
    number: str
    issued_on: date
    iban: str
    amount_cents: int
    lines: tuple[InvoiceLine, ...]


class _Ubl:
    key = "ubl"
    media_type = "application/xml"
    begins = b"<?xml"

    def clean(self, content: bytes) -> bytes | None:
        """Return the file as it is, if it is an invoice that can be read."""
        try:
            invoice(content)
        except InvoiceUnreadable:
            return None
        return content


def invoice(content: bytes) -> Invoice:
    """Return what an electronic invoice asks. Raises InvoiceUnreadable."""
    try:
        return _invoice(*read(content, _PARTS))
    except (Unreadable, ValueError):
        sentence = _("This is no electronic invoice that we can read (UBL after NLCIUS or Peppol). Send a PDF instead.")
        raise InvoiceUnreadable(sentence) from None


def _invoice(space: str, document: Node) -> Invoice:
    kind, code = document.name, document.says("InvoiceTypeCode")
    if space != _SPACE.format(kind) or not _must(document, "CustomizationID").startswith(_NORM):
        raise Unreadable
    if kind == "CreditNote" or code == _CREDIT_NOTE:
        raise InvoiceUnreadable(_("This is a credit note. Only an invoice can be paid."))
    if kind != "Invoice" or code != _INVOICE or _must(document, "DocumentCurrencyCode") != "EUR":
        raise Unreadable
    lines, amount_cents = _lines(document)
    seller = "AccountingSupplierParty/Party"
    return Invoice(
        supplier=_must(document, f"{seller}/PartyLegalEntity/RegistrationName", f"{seller}/PartyName/Name"),
        number=_must(document, "ID"),
        issued_on=_day(_must(document, "IssueDate")),
        iban=_must(document, "PaymentMeans/PayeeFinancialAccount/ID"),
        amount_cents=amount_cents,
        lines=lines,
    )


def _lines(document: Node) -> tuple[tuple[InvoiceLine, ...], int]:
    """Return the lines with their VAT, and what they are together, which is what must be paid."""
    totals = document.first("LegalMonetaryTotal")
    nodes = list(document.all("InvoiceLine"))
    if totals is None or not 0 < len(nodes) <= _LINES_MAX:
        raise Unreadable
    if _cents(totals, "PrepaidAmount", 0) or _cents(totals, "PayableRoundingAmount", 0):
        sentence = _("A part of this invoice was paid before, or it was rounded. Send it as a PDF instead.")
        raise InvoiceUnreadable(sentence)
    nets = [_cents(node, "LineExtensionAmount") for node in nodes]
    groups = [_vat(node, "Item/ClassifiedTaxCategory") for node in nodes]
    gross = _gross(document, totals, nets, groups)
    shares = {group: iter(_shares(gross[group], _of(nets, groups, group))) for group in gross}
    lines = tuple(
        InvoiceLine(about=_must(node, "Item/Name"), amount_cents=next(shares[group]), vat=group)
        for node, group in zip(nodes, groups, strict=True)
    )
    if any(line.amount_cents <= 0 for line in lines):
        raise Unreadable
    return lines, sum(gross.values())


def _gross(document: Node, totals: Node, nets: Sequence[int], groups: Sequence[str]) -> dict[str, int]:
    """Return what each kind of VAT comes to with the VAT in it. Raises InvoiceUnreadable if anything does not add up.

    Source: BR-CO-10 (lines), BR-CO-13 and BR-CO-14 (VAT), BR-CO-15 and BR-CO-16 (what must be paid).
    """
    taxed, tax = defaultdict[str, int](int), defaultdict[str, int](int)
    for part in document.all("TaxTotal/TaxSubtotal"):
        group = _vat(part, "TaxCategory")
        taxed[group] += _cents(part, "TaxableAmount")
        tax[group] += _cents(part, "TaxAmount")
    total = document.first("TaxTotal")
    without = _cents(totals, "TaxExclusiveAmount")
    apart = _cents(totals, "ChargeTotalAmount", 0) - _cents(totals, "AllowanceTotalAmount", 0)
    is_right = (
        total is not None
        and _cents(totals, "LineExtensionAmount") == sum(nets)
        and without == sum(nets) + apart == sum(taxed.values())
        and _cents(total, "TaxAmount") == sum(tax.values())
        and _cents(totals, "TaxInclusiveAmount") == without + sum(tax.values())
        and _cents(totals, "PayableAmount") == without + sum(tax.values())
        and set(taxed) == set(groups)
        and all(_is_tax(tax[group], taxed[group], group, groups.count(group)) for group in taxed)
    )
    if not is_right:
        raise InvoiceUnreadable(
            _("The amounts in this invoice do not add up. Ask the supplier for a right one, or send a PDF.")
        )
    return {group: taxed[group] + tax[group] for group in taxed}


def _is_tax(tax_cents: int, taxed_cents: int, group: str, line_count: int) -> bool:
    """Return whether VAT is its part of an amount; whoever rounds it line by line is off by a cent a line at most."""
    percent = 0 if group == "exempt" else int(group)
    return abs(100 * tax_cents - taxed_cents * percent) <= 100 * line_count


def _of(nets: Sequence[int], groups: Sequence[str], group: str) -> list[int]:
    return [net for net, its_group in zip(nets, groups, strict=True) if its_group == group]


def _shares(total_cents: int, nets: Sequence[int]) -> list[int]:
    """Return a total shared out over its lines. Raises Unreadable if one is less than nothing, or all are nothing."""
    if sum(nets) <= 0 or min(nets) < 0:
        raise Unreadable
    return share_out(total_cents, nets)


def _vat(node: Node, path: str) -> str:
    """Return the kind of VAT of a line or a total. Raises InvoiceUnreadable."""
    category = _must(node, f"{path}/ID")
    whole, _point, part = (node.says(f"{path}/Percent") or "0").partition(".")
    rate = None if part.strip("0") else _RATES.get(category, {}).get(whole)
    if rate is None:
        raise InvoiceUnreadable(_("This invoice has a kind of VAT that we cannot read. Send it as a PDF instead."))
    return rate


def _cents(node: Node, path: str, default: int | None = None) -> int:
    """Return an amount in cents. Raises Unreadable if it is no whole cents, or not in euros."""
    amount = node.first(path)
    if amount is None and default is not None:
        return default
    found = _AMOUNT.fullmatch(amount.text) if amount else None
    if amount is None or found is None or amount.attributes.get("currencyID") != "EUR":
        raise Unreadable
    cents = int(found[2]) * 100 + int((found[3] or "").ljust(2, "0"))
    return -cents if found[1] else cents


def _day(said: str) -> date:
    found = date.fromisoformat(said)
    if not YEAR_MIN <= found.year <= YEAR_MAX:
        raise Unreadable
    return found


def _must(node: Node, *paths: str) -> str:
    """Return a text that must be there, on one line. Raises Unreadable."""
    said = node.says(*paths)
    if not said:
        raise Unreadable
    return " ".join(said.split())[:_TEXT_MAX]


UBL = _Ubl()
