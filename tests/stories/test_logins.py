# SPDX-License-Identifier: EUPL-1.2
"""Coming in without a letter: by e-mail as a guest, then as oneself, and with a second step for a role about money."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import oidc_provider_mock
import pytest
from pydantic import SecretStr

from tests.stories.house import PLACE
from tests.stories.town import Town
from wijkbudget.identity import queries as identity
from wijkbudget.identity import seed as people
from wijkbudget.identity import service
from wijkbudget.identity.logins.settings import ProviderSettings
from wijkbudget.identity.schemas import GrantRole, HandedCode
from wijkbudget.kit.actor import Role
from wijkbudget.kit.period import day_of

ADDRESS = "iemand@wijk.example"


@pytest.mark.browser
class TestComingIn:
    def test_goes_from_a_guest_to_a_cashier(self, town: Town) -> None:
        town.house.founds_the_municipality()
        handed = somebody_at_the_desk(town)
        name = handed.person.name
        town.at_a_phone(name)
        comes_in_by_mail(town, name)
        proves_who_they_are(town, name, handed.code)
        comes_back_by_mail(town, name)
        lets_the_address_go(town, name)
        becomes_cashier(town, handed.person.id)
        takes_the_second_step(town, name)
        assert not town.look.found, "\n".join(town.look.found)


# The provider itself stands on an old part of Authlib.
@pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")
@pytest.mark.browser
class TestComingInByAProvider:
    @pytest.fixture
    def providers(self) -> Iterator[list[ProviderSettings]]:
        """Return a real identity provider that knows one person by the pseudonym of the register."""
        known = oidc_provider_mock.User(sub="abc", claims={"pseudoniem": f"{PLACE}-00001"})
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        with oidc_provider_mock.run_server_in_thread(user_claims=[known], require_nonce=True) as server:
            issuer = f"http://localhost:{server.server_port}"
            yield [
                ProviderSettings(
                    key="gemeente",
                    name="de gemeente",
                    issuer=issuer,
                    client_id="wijkbudget",
                    secret=SecretStr("geheim"),
                    pseudonym_claim="pseudoniem",
                )
            ]

    def test_lets_in_whom_the_register_knows_and_a_stranger_as_a_guest(self, town: Town) -> None:
        town.house.clock.now = datetime.now(UTC)
        town.house.founds_the_municipality()
        people.fill_register(town.house.desk, people.register_csv({PLACE: 3}))
        for subject, told in (("abc", "Bewoner"), ("def", "we weten nog niet wie je bent")):
            visitor = town.at_a_phone(subject)
            visitor.opens("/inloggen")
            with visitor.page.expect_navigation():
                visitor.page.get_by_role("link", name="Inloggen met de gemeente").click()
            visitor.page.locator('input[name="sub"]').fill(subject)
            visitor.page.locator('input[name="sub"]').press("Enter")
            visitor.page.wait_for_url(f"{visitor.origin}/mijn")
            visitor.look.at(visitor.page, visitor.name, visitor.language)
            visitor.sees(told)
        assert not town.look.found, "\n".join(town.look.found)


def somebody_at_the_desk(town: Town) -> HandedCode:
    """Return the code that a grown-up of the register gets at the desk."""
    desk = town.house.desk
    people.fill_register(desk, people.register_csv({PLACE: 20}))
    grown_up = desk.ask(identity.residents, PLACE, day_of(desk.clock()), 18)[0]
    (handed,) = people.prove(desk, PLACE, [grown_up.person_id])
    return handed


def comes_in_by_mail(town: Town, name: str) -> None:
    """Ask for a code with an address that is none, and then with one that is."""
    visitor = town[name]
    visitor.opens("/inloggen")
    visitor.follows("Krijg een code per e-mail")
    visitor.fills({"E-mailadres": "geen adres"})
    visitor.presses("Stuur de code")
    visitor.sees_at("E-mailadres", "Dit is niet goed ingevuld.")
    visitor.fills({"E-mailadres": ADDRESS})
    visitor.presses("Stuur de code")
    visitor.sees("De e-mail is onderweg.")
    visitor.fills({"Inlogcode": town.house.mailed_code()})
    visitor.presses("Inloggen")
    visitor.sees("we weten nog niet wie je bent")


def proves_who_they_are(town: Town, name: str, code: str) -> None:
    """Type a wrong code, and then the one from the desk."""
    visitor = town[name]
    visitor.follows("Laat zien wie je bent")
    visitor.fills({"Inlogcode": "0000-0000-0000-0000"})
    visitor.presses("Dit ben ik")
    visitor.sees_at("Inlogcode", "Deze code werkt niet.")
    visitor.fills({"Inlogcode": code})
    visitor.presses("Dit ben ik")
    visitor.sees(name, "Bewoner")


def comes_back_by_mail(town: Town, name: str) -> None:
    """Come back by e-mail, and be known at once."""
    visitor = town[name]
    visitor.presses("Uitloggen")
    visitor.opens("/inloggen/e-mail")
    visitor.fills({"E-mailadres": ADDRESS})
    visitor.presses("Stuur de code")
    town.logs_in(name, town.house.mailed_code())


def lets_the_address_go(town: Town, name: str) -> None:
    """Change the address, and then let it go."""
    visitor = town[name]
    visitor.follows("Inloggen via e-mail")
    visitor.fills({"E-mailadres": "nieuw@wijk.example"})
    visitor.presses("Stuur de code")
    visitor.fills({"Code": "1000-0000-0000-0000"})
    visitor.presses("Dit is mijn adres")
    visitor.sees_at("Code", "Er zit een typefout in de code.")
    visitor.fills({"Code": town.house.mailed_code()})
    visitor.presses("Dit is mijn adres")
    visitor.follows("Inloggen via e-mail")
    visitor.presses("Niet meer inloggen via e-mail")
    visitor.sees("Je kunt niet meer inloggen via e-mail.")


def becomes_cashier(town: Town, person_id: str) -> None:
    """Give a role about money, as an administrator does."""
    town.house.desk.act(service.grant_role, PLACE, GrantRole(person_id=UUID(person_id), role=Role.CASHIER))


def takes_the_second_step(town: Town, name: str) -> None:
    """Log in from the desk, see why a role sleeps, and wake it with a phone."""
    visitor = town[name]
    visitor.opens("/inloggen")
    visitor.fills({"Inlogcode": town.house.hands_a_code_to(name)})
    visitor.presses("Inloggen")
    visitor.sees("Tweede stap", "Kassier")
    visitor.opens("/mijn")
    visitor.sees("Nog niet al je rollen tellen.", "telt na de tweede stap")
    visitor.opens(f"/wijken/{PLACE}/betalingen")
    visitor.follows("Zet de tweede stap")
    visitor.presses("Voeg de tweede stap toe")
    visitor.fills({"Code uit de app": "000000"})
    visitor.presses("Verder")
    visitor.sees_at("Code uit de app", "Deze code klopt niet")
    visitor.presses("Begin opnieuw")
    town.takes_the_second_step(visitor)
    visitor.opens(f"/wijken/{PLACE}/betalingen")
    visitor.sees("Betalingen")
