"""The pages of identity: logging in, residents at the desk, roles and organisations."""

from wijkbudget.identity.pages.logins import LoginPages
from wijkbudget.identity.pages.organisations import OrganisationPages
from wijkbudget.identity.pages.residents import ResidentPages
from wijkbudget.identity.pages.roles import MunicipalRolePages, RolePages

__all__ = ["LoginPages", "MunicipalRolePages", "OrganisationPages", "ResidentPages", "RolePages"]
