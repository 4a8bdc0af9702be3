"""What can be done with people, roles, logins and organisations."""

from wijkbudget.identity.service.logins import (
    ask_code,
    log_in,
    log_out,
    open_session,
    prove_at_desk,
    send_code,
)
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

__all__ = [
    "add_person",
    "admit",
    "appoint",
    "ask_code",
    "end_municipal_role",
    "end_role",
    "grant_municipal_role",
    "grant_role",
    "import_register",
    "join",
    "leave",
    "log_in",
    "log_out",
    "open_session",
    "prove_at_desk",
    "send_code",
    "start_organisation",
]
