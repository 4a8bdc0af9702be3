# SPDX-License-Identifier: EUPL-1.2
"""The pages of identity: logging in, your own account, residents at the desk, roles and organisations."""

from wijkbudget.identity.pages.account import AccountPages, StepPages
from wijkbudget.identity.pages.logins import LoginPages
from wijkbudget.identity.pages.organisations import OrganisationPages
from wijkbudget.identity.pages.providers import ProviderPages
from wijkbudget.identity.pages.residents import ResidentPages
from wijkbudget.identity.pages.roles import MunicipalRolePages, RolePages

__all__ = [
    "AccountPages",
    "LoginPages",
    "MunicipalRolePages",
    "OrganisationPages",
    "ProviderPages",
    "ResidentPages",
    "RolePages",
    "StepPages",
]
