# SPDX-License-Identifier: EUPL-1.2
"""Writes a batch as the bank wants it: pain.001.001.09, the same bytes for the same order."""

from functools import cache
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree as ET

from wijkbudget.payments.batches.rules import NAME_LENGTH_MAX, REMITTANCE_LENGTH_MAX, Order, for_banks

_SCHEMA = "pain.001.001.09"
_SPACE = {"pain": f"urn:iso:std:iso:20022:tech:xsd:{_SCHEMA}"}


def write(order: Order) -> bytes:
    """Return the file for the bank, found right by the XSD of ISO 20022."""
    # Here, for only whoever releases a batch needs it.
    from sepaxml import SepaTransfer  # noqa: PLC0415 - see above

    debtor: dict[str, object] = {
        "name": for_banks(order.debtor.holder, NAME_LENGTH_MAX),
        "IBAN": order.debtor.iban,
        "batch": True,
        "currency": "EUR",
    }
    transfer = SepaTransfer(debtor | _bank(order.debtor.bic), schema=_SCHEMA)
    for one in order.instructions:
        payment: dict[str, object] = {
            "name": for_banks(one.payee, NAME_LENGTH_MAX),
            "IBAN": one.iban,
            "amount": one.amount_cents,
            "execution_date": order.execution_on,
            "description": for_banks(one.remittance, REMITTANCE_LENGTH_MAX),
            "endtoend_id": one.end_to_end_id,
        }
        transfer.add_payment(payment | _bank(one.bic))
    content = _named(transfer.export(validate=False), order)
    _schema().validate(content.decode())
    return content


def _bank(bic: str | None) -> dict[str, object]:
    return {"BIC": bic} if bic else {}


def _named(content: bytes, order: Order) -> bytes:
    """Return the file with ids and a moment of ours, where the library draws its own."""
    document = ET.fromstring(content)  # noqa: S314 - our own bytes, written a line ago
    names = {
        ".//pain:GrpHdr/pain:MsgId": order.id.hex,
        ".//pain:GrpHdr/pain:CreDtTm": order.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        ".//pain:PmtInf/pain:PmtInfId": order.id.hex,
    }
    for path, value in names.items():
        for element in document.findall(path, _SPACE):
            element.text = value
    written: bytes = ET.tostring(document, "utf-8", xml_declaration=True)
    return written


@cache
def _schema() -> Any:
    from xmlschema import XMLSchema  # noqa: PLC0415 - as above

    return XMLSchema(str(files("sepaxml") / "schemas" / f"{_SCHEMA}.xsd"))
