# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with time and voices."""

from wijkbudget.kit.actor import Role, may

LOOK = may(Role.GUEST)
"""Everybody sees which tasks there are; names are another door."""

SEE = may(Role.RESIDENT, Role.GUIDE, Role.COUNCIL, Role.CHAIR, Role.OFFICIAL, Role.AUDITOR)
"""Residents see time that they can still dispute, without names: what somebody gives is nobody's business."""

SEE_NAMES = may(Role.GUIDE, Role.COUNCIL, Role.CHAIR, Role.OFFICIAL, Role.AUDITOR)
"""Whoever helps, rules or checks sees who gave time; so do the givers themselves and those who confirm."""

OPEN = may(Role.GUIDE, Role.COUNCIL, Role.CHAIR, Role.OFFICIAL)
"""A task says who may confirm, so it is opened by whoever answers for that."""

ASK = may(Role.RESIDENT)
"""Everybody who lives here may ask for help, for themselves or for an organisation that they are a member of."""

END = may(Role.GUIDE, Role.COUNCIL, Role.CHAIR, Role.OFFICIAL, own=(Role.RESIDENT,))
"""Whoever could open a task can end it, and so can those who ask."""

LOG = may(Role.RESIDENT)
"""People log their own time; the giver is who logs."""

LOG_FOR = may(Role.GUIDE, Role.OFFICIAL)
"""Whoever helps people who do not use a computer; they get a letter, and somebody else confirms."""

CONFIRM = may(own=(Role.RESIDENT, Role.GUIDE, Role.COUNCIL, Role.CHAIR, Role.OFFICIAL))
"""Only those on the task's own list, whatever else they are."""

WITHDRAW = may(own=(Role.RESIDENT, Role.GUIDE, Role.OFFICIAL))
"""Only the giver takes time back, or whoever wrote it down for them by mistake."""

DISPUTE = may(Role.RESIDENT, Role.GUIDE, Role.COUNCIL, Role.CHAIR, Role.OFFICIAL)
"""It is everybody's voice, so every resident may say that time is not right."""

RULE = may(Role.CHAIR, Role.OFFICIAL)
"""Somebody in office who has no part in it."""

CORRECT = may(Role.CHAIR, Role.OFFICIAL)
"""Like a ruling: somebody in office who has no part in it."""

OBJECT = may(own=(Role.RESIDENT,))
"""The giver says why a correction is wrong."""

EXEMPT = may(Role.OFFICIAL, Role.GUIDE)
"""They speak with the person; only yes or no is kept."""

SEE_EXEMPTIONS = may(Role.OFFICIAL, Role.GUIDE, Role.AUDITOR)
"""That somebody is exempt says something about them."""

SEE_OWN_TIME = may(Role.AUDITOR, own=(Role.RESIDENT,))
"""What somebody gave over the year is theirs; the auditor checks it."""

SEE_OWN_VOICE = may(own=(Role.RESIDENT,))
"""A voice is shown to nobody else, because a weight can show whose ballot it is."""

SETTLE = may(Role.SYSTEM)
"""Time itself settles; nobody chooses the moment."""
