# SPDX-License-Identifier: EUPL-1.2
"""Electronic invoices: read to the cent, or refused with a sentence."""

import base64
from datetime import date

import pytest

from tests.vouchers.conftest import IBAN, faults, pay_first, refused
from wijkbudget.vouchers.claims import service as claiming
from wijkbudget.vouchers.claims.rules import CostExcluded, ReceiptUsed
from wijkbudget.vouchers.claims.schemas import FileInvoice
from wijkbudget.vouchers.receipts import ubl
from wijkbudget.vouchers.receipts.ubl import InvoiceLine, InvoiceUnreadable

LINE = """<cac:InvoiceLine><cbc:ID>{0}</cbc:ID><cbc:LineExtensionAmount currencyID="EUR">{1}</cbc:LineExtensionAmount>
<cac:Item><cbc:Name>{2}</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>{3}</cbc:Percent>
</cac:ClassifiedTaxCategory></cac:Item></cac:InvoiceLine>"""
TAX = """<cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">{0}</cbc:TaxableAmount>
<cbc:TaxAmount currencyID="EUR">{1}</cbc:TaxAmount><cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>{2}</cbc:Percent>
</cac:TaxCategory></cac:TaxSubtotal>"""
INVOICE = (
    """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0</cbc:CustomizationID>
<cbc:ID>F-2026-17</cbc:ID><cbc:IssueDate>2026-03-02</cbc:IssueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty><cac:Party><cac:PartyLegalEntity>
<cbc:RegistrationName>Tuincentrum De Linde</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>
</cac:AccountingSupplierParty>
<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cac:PayeeFinancialAccount>
<cbc:ID>NL91ABNA0417164300</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">19.80</cbc:TaxAmount>"""
    + TAX.format("20.00", "1.80", "9")
    + TAX.format("85.71", "18.00", "21.00")
    + """</cac:TaxTotal><cac:LegalMonetaryTotal>
<cbc:LineExtensionAmount currencyID="EUR">105.71</cbc:LineExtensionAmount>
<cbc:TaxExclusiveAmount currencyID="EUR">105.71</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount currencyID="EUR">125.51</cbc:TaxInclusiveAmount>
<cbc:PayableAmount currencyID="EUR">125.51</cbc:PayableAmount></cac:LegalMonetaryTotal>"""
    + LINE.format(1, "20.00", "Kruiden", "9")
    + LINE.format(2, "28.57", "Aarde", "21")
    + LINE.format(3, "57.14", "Planken", "21")
    + "</Invoice>"
).encode()


def sent(content=INVOICE, category="materials"):
    return FileInvoice(category=category, receipt=base64.b64encode(content).decode())


class TestInvoice:
    def test_says_who_asks_what_and_each_line_with_its_vat(self):
        found = ubl.invoice(INVOICE)
        assert (found.supplier, found.number, found.issued_on) == (
            "Tuincentrum De Linde",
            "F-2026-17",
            date(2026, 3, 2),
        )
        assert (found.iban, found.amount_cents) == (IBAN, 12_551)
        assert found.lines == (
            InvoiceLine(about="Kruiden", amount_cents=2_180, vat="9"),
            InvoiceLine(about="Aarde", amount_cents=3_457, vat="21"),
            InvoiceLine(about="Planken", amount_cents=6_914, vat="21"),
        )

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            (b">380<", b">381<", "credit note"),
            (b"Invoice-2", b"CreditNote-2", "cannot read|can read"),
            (b"125.51</cbc:PayableAmount", b"125.50</cbc:PayableAmount", "do not add up"),
            (b">28.57<", b">28.58<", "do not add up"),
            (b">1.80<", b">1.90<", "do not add up"),
            (
                b"<cbc:PayableAmount",
                b'<cbc:PrepaidAmount currencyID="EUR">5</cbc:PrepaidAmount><cbc:PayableAmount',
                "paid before",
            ),
            (b">S</cbc:ID><cbc:Percent>9<", b">AE</cbc:ID><cbc:Percent>0<", "kind of VAT"),
            (b'"EUR">19.80', b'"USD">19.80', "can read"),
            (b">19.80<", b">1980e-2<", "can read"),
            (b">19.80<", b">19.805<", "can read"),
            (b"2026-03-02", b"1026-03-02", "can read"),
            (b"NL91ABNA0417164300", b"", "can read"),
            (b"urn:cen.eu:en16931:2017", b"urn:www.cenbii.eu", "can read"),
            (b'encoding="UTF-8"?>', b'encoding="UTF-8"?><!DOCTYPE x [<!ENTITY a "b">]>', "can read"),
            (b"</Invoice>", b"", "can read"),
        ],
    )
    def test_is_refused_with_a_sentence(self, old, new, says):
        assert old in INVOICE
        with pytest.raises(InvoiceUnreadable, match=says) as refusal:
            ubl.invoice(INVOICE.replace(old, new))
        assert set(refusal.value.fields) == {"receipt"}


class TestClaimInvoice:
    def test_asks_for_what_the_file_says_and_pays_the_supplier(self, group):
        claim = group.as_(group.anna).act(
            claiming.claim_invoice, "oost", group.voucher_id, sent(b"\xef\xbb\xbf" + INVOICE)
        )
        assert (claim.kind, claim.amount_cents, claim.details.number) == ("invoice", 12_551, "F-2026-17")
        assert [(line.about, line.amount_cents, line.vat_cents) for line in claim.lines] == [
            ("Kruiden", 2_180, 180),
            ("Aarde", 3_457, 600),
            ("Planken", 6_914, 1_200),
        ]
        group.approve(claim.id)
        paid = pay_first(group)
        assert (paid.payee, paid.iban, paid.amount_cents) == ("Tuincentrum De Linde", IBAN, 12_551)
        assert group.desk.ask(faults) == []

    def test_counts_once_and_only_for_what_is_paid(self, group):
        beer = sent(category="alcohol")
        refused(group, CostExcluded, claiming.claim_invoice, group.voucher_id, beer, by=group.anna)
        group.as_(group.anna).act(claiming.claim_invoice, "oost", group.voucher_id, sent())
        again = sent(INVOICE.replace(b"Kruiden", b"Munt"))
        refused(group, ReceiptUsed, claiming.claim_invoice, group.voucher_id, again, by=group.bart)

    def test_can_be_sent_on_the_page(self, client, group):
        client.log_in(group.anna)
        page = f"/wijken/oost/wijkvouchers/{group.voucher_id}/declaraties/e-factuur"
        wrong = client.post(page, {"category": "materials"}, files={"receipt": ("a.xml", b"<a/>", "text/xml")})
        assert (wrong.status_code, "e-factuur" in wrong.text) == (400, True)
        done = client.post(page, {"category": "materials"}, files={"receipt": ("a.xml", INVOICE, "text/xml")})
        assert (done.status_code, "/declaraties/" in done.headers["location"]) == (303, True)
        assert "Planken" in client.get(done.headers["location"]).text
