# SPDX-License-Identifier: EUPL-1.2
"""Raises the alarm when very many wrong codes are tried, from however many machines."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlmodel import col, func, select

from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.fields import View
from wijkbudget.kit.text import Text, _
from wijkbudget.trail import tries
from wijkbudget.trail.events import Event
from wijkbudget.trail.models import WrongCodesAlarm
from wijkbudget.trail.work import Look, Work, question, verb

WRONG_MIN = 1_000
"""Choice: ours; so many wrong codes in an hour are no typing mistakes, not even in a town that votes."""

ERRAND = "alarm"
_QUIET = timedelta(hours=1)
"""How long nothing is said after an alarm."""
_SHOWN = timedelta(days=1)
_KEEPERS = frozenset({Role.COUNCIL, Role.CHAIR, Role.OFFICIAL, Role.ADMINISTRATOR})


@dataclass(frozen=True, kw_only=True)
class ManyWrongCodes(Event):
    """So many wrong codes were tried in an hour that it was no accident; the subject is the kind of code."""

    sentence: ClassVar[Text] = _("%(wrong_count)s wrong codes were tried in an hour.")

    wrong_count: int


class AlarmView(View):
    """An alarm of the last day."""

    at: datetime
    wrong_count: int


@verb(may(Role.SYSTEM), municipal=True)
def raise_alarm(work: Work, kind: str) -> bool:
    """Raise the alarm if very many wrong codes of a kind were tried in the last hour, once an hour at most."""
    wrong_count = tries.in_last_hour(work, kind)
    last_at = work.session.exec(select(func.max(WrongCodesAlarm.at)).where(col(WrongCodesAlarm.kind) == kind)).one()
    if wrong_count < WRONG_MIN or (last_at is not None and work.now - last_at < _QUIET):
        return False
    work.session.add(WrongCodesAlarm(id=work.new_id(), kind=kind, at=work.now, wrong_count=wrong_count))
    work.session.flush()
    work.record(ManyWrongCodes(place=None, subject=kind, wrong_count=wrong_count))
    work.errand(
        ERRAND,
        {
            "title": "Veel verkeerde codes",
            "lines": [
                f"In een uur zijn {wrong_count} verkeerde stemcodes geprobeerd.",
                "Kijk in het log van de server waar ze vandaan komen, en houd die adressen tegen.",
                "Een code raden lukt niet zo: er zijn er veel te veel. Het uur hierna komt er geen nieuwe melding.",
            ],
        },
    )
    return True


@question(may(Role.GUEST))
def alarm(look: Look, _place: str, kind: str) -> AlarmView | None:
    """Return the alarm of the last day for whoever keeps a neighbourhood; None for others, and when all is quiet."""
    if not look.roles & _KEEPERS:
        return None
    raised = select(WrongCodesAlarm).where(
        col(WrongCodesAlarm.kind) == kind, col(WrongCodesAlarm.at) > look.now - _SHOWN
    )
    row = look.session.exec(raised.order_by(col(WrongCodesAlarm.at).desc())).first()
    return AlarmView(at=row.at, wrong_count=row.wrong_count) if row else None
