# SPDX-License-Identifier: EUPL-1.2
"""What identity is asked and what it answers."""

from datetime import date
from typing import Annotated, NamedTuple
from uuid import UUID

from pydantic import AfterValidator, StringConstraints

from wijkbudget.identity.rules.organisations import LegalForm
from wijkbudget.identity.rules.register import ADDITION_LENGTH_MAX, FILE_BYTES_MAX, HOUSE_NUMBER_MAX, read_postcode
from wijkbudget.kit.actor import Role
from wijkbudget.kit.fields import Command, Day, Field, Id, Line, View, symbol

YEAR_MIN, YEAR_MAX = 1890, 2200


def _postcode(typed: str) -> str:
    postcode = read_postcode(typed)
    if postcode is None:
        raise ValueError("not a Dutch postcode")  # noqa: EM101, TRY003 - pydantic shows the field, pages the sentence
    return postcode


Postcode = Annotated[str, StringConstraints(max_length=10), AfterValidator(_postcode)]
"""A Dutch postcode, with or without a space, kept as `1234AB`."""

HouseNumber = Annotated[int, Field(ge=1, le=HOUSE_NUMBER_MAX)]

RegistrationNumber = Annotated[str, StringConstraints(pattern=r"^[0-9]{8}$")]
"""A number in the trade register (KvK); looked at by its form only."""

Addition = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        to_upper=True,
        max_length=ADDITION_LENGTH_MAX,
        pattern=r"^(?:[A-Za-z0-9][A-Za-z0-9 -]*)?$",
    ),
]
"""What comes after a house number, such as `A` or `2`; may be empty."""


class ImportRegister(Command):
    """Take over a register file; a full file also ends the stay of whoever is not in it."""

    csv: Annotated[str, Field(min_length=1, max_length=FILE_BYTES_MAX)]
    is_full: bool = False


class AskCode(Command):
    """Ask for a letter with a login code to the registered address."""

    postcode: Postcode
    house_number: HouseNumber
    addition: Addition = ""
    birth_year: Annotated[int, Field(ge=YEAR_MIN, le=YEAR_MAX)]


class FindResidents(Command):
    """The whole address of who is looked for."""

    postcode: Postcode
    house_number: HouseNumber


EmailAddress = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        to_lower=True,
        max_length=254,
        pattern=r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
        r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$",
    ),
]
"""An e-mail address, in small letters: nobody has two mailboxes that differ in that.

Source: WHATWG HTML, valid e-mail address; RFC 5321, 4.5.3.1 (lengths).
"""

StepCode = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9]{3} ?[0-9]{3}$")]
"""The six digits that a phone shows, with or without a space."""


class AskMail(Command):
    """Ask for an e-mail with a login code."""

    email_address: EmailAddress


class ShowStep(Command):
    """Take the second step: type the code that the phone shows."""

    digits: StepCode


class LogIn(Command):
    """Begin a visit with a code."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


class AddPerson(Command):
    """Add somebody who is not on the register, in the role they come for."""

    name: Line
    role: Annotated[Role, symbol(Role)]
    until_on: Day | None = None


class GrantRole(Command):
    """Give a role to somebody, from today."""

    person_id: Id
    role: Annotated[Role, symbol(Role)]
    until_on: Day | None = None


class StartOrganisation(Command):
    """Start an organisation, with yourself as its first member."""

    name: Line
    legal_form: Annotated[LegalForm, symbol(LegalForm)]
    registration_number: RegistrationNumber | None = None


class ImportView(View):
    """What a register file changed; counts only."""

    new_count: int
    changed_count: int
    ended_count: int
    unchanged_count: int


class CountsView(View):
    """How many people the register holds in a neighbourhood today."""

    resident_count: int
    household_count: int
    proved_count: int


class Eligible(NamedTuple):
    """Somebody who takes part, with no more than a round needs; a city has many, and none leaves the house so."""

    person_id: str
    household_id: str
    birth_year: int
    quarter: str
    """The small area of the address, by its code."""
    since_on: date


class AddressView(View):
    """How a letter is addressed."""

    lines: list[str]
    name: str
    postcode: str
    house_number: int
    addition: str


class ResidentView(View):
    """Somebody found for who helps them at the desk; the address is empty if it is secret."""

    id: str
    name: str
    birth_year: int
    address: str
    is_proved: bool


class PersonView(View):
    """Somebody, by name."""

    id: str
    name: str


class GrantView(View):
    """A role somebody holds or held."""

    id: UUID
    person: PersonView
    role: Role
    is_municipal: bool
    from_on: date
    until_on: date | None
    is_over: bool
    has_second_step: bool
    """Whether the person's phone shows codes that wake roles which sleep."""


class MailAskedView(View):
    """The one answer to whoever asks for an e-mail, known or not."""

    minutes_max: int


class HandedCode(View):
    """A login code to hand over now; it is shown once and kept nowhere."""

    person: PersonView
    code: str
    ends_on: date


class AskedView(View):
    """The one answer to whoever asks for a letter, known or not."""

    days_max: int


class SessionView(View):
    """A visit that began; the token is given once and kept nowhere."""

    token: str
    person: PersonView
    places: list[str]
    sleeping: list[Role]
    """The roles that do not count yet: they take a second step."""


class StepSecret(View):
    """What a phone needs to show codes; it is given once and kept encrypted."""

    secret: str
    uri: str
    """The same, as a phone reads it from a QR code."""


class StepView(View):
    """How it stands with the second step of whoever asks."""

    is_there: bool
    sleeping: list[Role]
    is_on_paper: bool
    """Whether the visit began with a code from a letter or the desk, so that a second step may be added in it."""


class HeldRole(View):
    """A role of whoever asks."""

    role: Role
    place: str | None
    place_name: str | None
    is_asleep: bool
    """It does not count in this visit until the second step is taken."""


class OrganisationView(View):
    """An organisation for the domains above; members are ids of people."""

    id: str
    place: str
    name: str
    legal_form: LegalForm
    members: list[str]


class OrganisationCard(View):
    """An organisation as the reader may see it: names for residents and whoever has a role, not for guests."""

    id: UUID
    place: str
    name: str
    legal_form: LegalForm
    registration_number: str | None
    started_on: date
    member_count: int
    members: list[PersonView]
    askers: list[PersonView]
    """Who asked to join; shown to members only."""
    is_member: bool
    has_asked: bool


class PlaceView(View):
    """A neighbourhood by name."""

    place: str
    name: str


class MeView(View):
    """Who somebody is to the house."""

    id: str
    name: str
    """Empty for a guest: somebody who logged in, but whom nobody knows yet."""
    has_email_address: bool
    """Whether a code by e-mail opens this account."""
    roles: list[HeldRole]
    places: list[PlaceView]
    """The neighbourhoods where one of the roles holds, by name."""
    organisations: list[OrganisationCard]
