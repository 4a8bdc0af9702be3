# SPDX-License-Identifier: EUPL-1.2
"""What can be done with people, roles, logins and organisations."""

from wijkbudget.identity.service.codes import ask_code, ask_mail, prove_at_desk, send_code
from wijkbudget.identity.service.links import ask_link, link_address, match, unlink_address
from wijkbudget.identity.service.logins import log_in, log_in_vouched, log_out, open_session
from wijkbudget.identity.service.membership import admit, join, leave, start_organisation
from wijkbudget.identity.service.register import import_register
from wijkbudget.identity.service.roles import (
    add_person,
    appoint,
    end_municipal_role,
    end_role,
    grant_municipal_role,
    grant_role,
)
from wijkbudget.identity.service.steps import add_step, reset_step, take_step

__all__ = [
    "add_person",
    "add_step",
    "admit",
    "appoint",
    "ask_code",
    "ask_link",
    "ask_mail",
    "end_municipal_role",
    "end_role",
    "grant_municipal_role",
    "grant_role",
    "import_register",
    "join",
    "leave",
    "link_address",
    "log_in",
    "log_in_vouched",
    "log_out",
    "match",
    "open_session",
    "prove_at_desk",
    "reset_step",
    "send_code",
    "start_organisation",
    "take_step",
    "unlink_address",
]
