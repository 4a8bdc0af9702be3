# SPDX-License-Identifier: EUPL-1.2
"""Takes a bank statement apart: balances, entries, and the payments within an entry.

Source: ISO 20022, camt.053.001.02 and camt.053.001.08. Only booked entries in euros count.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wijkbudget.kit.tree import Node, Unreadable, read

_SPACES = frozenset(f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}" for version in ("02", "08"))
_AMOUNT = re.compile(r"(\d{1,13})(?:\.(\d{1,2})0{0,3})?", re.ASCII)
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)
_TEXT_MAX = 140


@dataclass(frozen=True, kw_only=True)
class BankLine:
    """One payment in or out of the account; several can stand in one entry."""

    entry: int
    """The how manieth entry of the statement it stands in."""
    part: int
    """The how manieth payment of that entry it is."""
    bank_reference: str | None
    booked_on: date
    is_credit: bool
    amount_cents: int
    end_to_end_id: str | None
    batch_reference: str | None
    """What we called the batch it was paid in."""
    return_reason: str | None
    """Why the bank sends it back, in its own code."""
    party: str | None
    party_iban: str | None
    remittance: str | None


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What the bank says of one account for one or more days."""

    id: str
    iban: str
    sequence: int | None
    opened_on: date
    closed_on: date
    opening_cents: int
    closing_cents: int
    lines: tuple[BankLine, ...]

    @property
    def moved_cents(self) -> int:
        """Return what came in, less what went out."""
        return sum(line.amount_cents if line.is_credit else -line.amount_cents for line in self.lines)


def statements(content: bytes) -> list[Statement]:
    """Return the statements in a file. Raises Unreadable."""
    space, document = read(content)
    if space not in _SPACES or document.name != "Document":
        raise Unreadable
    found = [_statement(node) for node in document.all("BkToCstmrStmt/Stmt")]
    if not found:
        raise Unreadable
    return found


def _statement(node: Node) -> Statement:
    number = node.says("ElctrncSeqNb", "LglSeqNb")
    if number is not None and not _NUMBER.fullmatch(number):
        raise Unreadable
    entries = [entry for entry in node.all("Ntry") if entry.says("Sts/Cd", "Sts") == "BOOK"]
    opening_cents, opened_on = _balance(node, _OPENING)
    closing_cents, closed_on = _balance(node, _CLOSING)
    return Statement(
        id=_must(node.says("Id")),
        iban=_must(node.says("Acct/Id/IBAN")),
        sequence=int(number) if number else None,
        opened_on=opened_on,
        closed_on=closed_on,
        opening_cents=opening_cents,
        closing_cents=closing_cents,
        lines=tuple(line for ordinal, entry in enumerate(entries, 1) for line in _lines(entry, ordinal)),
    )


def _balance(node: Node, kinds: tuple[str, ...]) -> tuple[int, date]:
    """Return the first balance of one of these kinds, and its day."""
    for kind in kinds:
        for balance in node.all("Bal"):
            if balance.says("Tp/CdOrPrtry/Cd") == kind:
                cents = _cents(balance.first("Amt"))
                return (cents if _is_credit(balance) else -cents), _day(balance.says("Dt/Dt", "Dt/DtTm"))
    raise Unreadable


def _lines(entry: Node, ordinal: int) -> Iterator[BankLine]:
    """Yield the payments of an entry; one that tells no more than its sum is one payment."""
    total_cents = _cents(entry.first("Amt"))
    details = list(entry.all("NtryDtls/TxDtls"))
    amounts = [_cents(amount) if (amount := _amount_of(each)) else total_cents for each in details]
    if details and sum(amounts) != total_cents:
        raise Unreadable
    for part, (each, cents) in enumerate(zip(details or [entry], amounts or [total_cents], strict=True), 1):
        yield _line(entry, each, ordinal=ordinal, part=part, amount_cents=cents)


def _line(entry: Node, each: Node, *, ordinal: int, part: int, amount_cents: int) -> BankLine:
    is_credit = _is_credit(entry)
    # The other side: who paid us, or whom we paid.
    side = "Dbtr" if is_credit else "Cdtr"
    named = each.says("Refs/EndToEndId")
    return BankLine(
        entry=ordinal,
        part=part,
        bank_reference=_short(entry.says("AcctSvcrRef")),
        booked_on=_day(entry.says("BookgDt/Dt", "BookgDt/DtTm")),
        is_credit=is_credit,
        amount_cents=amount_cents,
        end_to_end_id=None if named == "NOTPROVIDED" else _short(named),
        batch_reference=_short(each.says("Refs/PmtInfId") or entry.says("NtryDtls/Btch/PmtInfId")),
        return_reason=_short(each.says("RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry")),
        party=_short(each.says(f"RltdPties/{side}/Nm", f"RltdPties/{side}/Pty/Nm")),
        party_iban=_short(each.says(f"RltdPties/{side}Acct/Id/IBAN")),
        remittance=_short(each.says("RmtInf/Ustrd", "AddtlTxInf") or entry.says("AddtlNtryInf")),
    )


def _amount_of(details: Node) -> Node | None:
    """Return the amount of one payment of an entry; the older version has it elsewhere."""
    return details.first("Amt") or details.first("AmtDtls/TxAmt/Amt")


def _cents(amount: Node | None) -> int:
    """Return an amount in cents. Raises Unreadable if it is no whole cents, or not in euros."""
    found = _AMOUNT.fullmatch(amount.text) if amount else None
    if amount is None or found is None or amount.attributes.get("Ccy") != "EUR":
        raise Unreadable
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def _is_credit(node: Node) -> bool:
    said = node.says("CdtDbtInd")
    if said not in {"CRDT", "DBIT"}:
        raise Unreadable
    return said == "CRDT"


def _day(said: str | None) -> date:
    try:
        return date.fromisoformat(_must(said)[:10])
    except ValueError as wrong:
        raise Unreadable from wrong


def _must(said: str | None) -> str:
    if not said:
        raise Unreadable
    return said[:_TEXT_MAX]


def _short(said: str | None) -> str | None:
    return said[:_TEXT_MAX] if said else None
