# SPDX-License-Identifier: EUPL-1.2
"""Writes a statement as a bank would, in either version, for the demo and for tests."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Literal
from xml.etree import ElementTree as ET

from wijkbudget.payments.statements.camt.reading import BankLine, Statement

Version = Literal["02", "08"]


def write(statements: Iterable[Statement], made_at: datetime, version: Version = "08") -> bytes:
    """Return a file with these statements; lines of one entry become a batch with its payments in it."""
    document = ET.Element("Document", xmlns=f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}")
    body = _add(document, "BkToCstmrStmt")
    moment = made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    head = _add(body, "GrpHdr")
    _add(head, "MsgId", "STATEMENTS")
    _add(head, "CreDtTm", moment)
    for statement in statements:
        _write_statement(_add(body, "Stmt"), statement, moment, version)
    written: bytes = ET.tostring(document, "utf-8", xml_declaration=True)
    return written


def _write_statement(node: ET.Element, statement: Statement, moment: str, version: Version) -> None:
    _add(node, "Id", statement.id)
    if statement.sequence is not None:
        _add(node, "ElctrncSeqNb", str(statement.sequence))
    _add(node, "CreDtTm", moment)
    _add(_add(_add(node, "Acct"), "Id"), "IBAN", statement.iban)
    for kind, cents, day in (
        ("OPBD", statement.opening_cents, statement.opened_on),
        ("CLBD", statement.closing_cents, statement.closed_on),
    ):
        balance = _add(node, "Bal")
        _add(_add(_add(balance, "Tp"), "CdOrPrtry"), "Cd", kind)
        _write_amount(balance, abs(cents), is_credit=cents >= 0)
        _add(_add(balance, "Dt"), "Dt", day.isoformat())
    for _entry, lines in groupby(statement.lines, key=lambda line: line.entry):
        _write_entry(_add(node, "Ntry"), list(lines), version)


def _write_entry(node: ET.Element, lines: list[BankLine], version: Version) -> None:
    first = lines[0]
    _write_amount(node, sum(line.amount_cents for line in lines), is_credit=first.is_credit)
    status = _add(node, "Sts")
    (status if version == "02" else _add(status, "Cd")).text = "BOOK"
    _add(_add(node, "BookgDt"), "Dt", first.booked_on.isoformat())
    if first.bank_reference:
        _add(node, "AcctSvcrRef", first.bank_reference)
    family = _add(_add(node, "BkTxCd"), "Domn")
    _add(family, "Cd", "PMNT")
    inner = _add(family, "Fmly")
    _add(inner, "Cd", "RCDT" if first.is_credit else "ICDT")
    _add(inner, "SubFmlyCd", "RRTN" if first.return_reason else "ESCT")
    details = _add(node, "NtryDtls")
    if first.batch_reference:
        batch = _add(details, "Btch")
        _add(batch, "PmtInfId", first.batch_reference)
    for line in lines:
        if line.end_to_end_id or line.party or line.remittance:
            _write_details(_add(details, "TxDtls"), line, version)


def _write_details(node: ET.Element, line: BankLine, version: Version) -> None:
    references = _add(node, "Refs")
    if line.batch_reference:
        _add(references, "PmtInfId", line.batch_reference)
    _add(references, "EndToEndId", line.end_to_end_id or "NOTPROVIDED")
    if version == "02":
        _amount(_add(_add(node, "AmtDtls"), "TxAmt"), line.amount_cents)
    else:
        _write_amount(node, line.amount_cents, is_credit=line.is_credit)
    side = "Dbtr" if line.is_credit else "Cdtr"
    if line.party or line.party_iban:
        parties = _add(node, "RltdPties")
        if line.party:
            party = _add(parties, side)
            _add(party if version == "02" else _add(party, "Pty"), "Nm", line.party)
        if line.party_iban:
            _add(_add(_add(parties, f"{side}Acct"), "Id"), "IBAN", line.party_iban)
    if line.remittance:
        _add(_add(node, "RmtInf"), "Ustrd", line.remittance)
    if line.return_reason:
        _add(_add(_add(node, "RtrInf"), "Rsn"), "Cd", line.return_reason)


def _write_amount(node: ET.Element, cents: int, *, is_credit: bool) -> None:
    _amount(node, cents)
    _add(node, "CdtDbtInd", "CRDT" if is_credit else "DBIT")


def _amount(node: ET.Element, cents: int) -> None:
    euros, rest = divmod(cents, 100)
    _add(node, "Amt", f"{euros}.{rest:02}").set("Ccy", "EUR")


def _add(node: ET.Element, name: str, text: str | None = None) -> ET.Element:
    inside = ET.SubElement(node, name)
    inside.text = text
    return inside
