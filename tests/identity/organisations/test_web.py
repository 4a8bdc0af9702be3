# SPDX-License-Identifier: EUPL-1.2
"""Organisations through the browser and the API."""

from tests import worlds


class TestOrganisationPages:
    BASE = "/wijken/oost/organisaties"

    def test_walk_from_starting_to_joining_to_leaving(self, client, town):
        first, second = worlds.settle_in(town, "oost", 2)
        client.log_in(first)
        answer = client.post(self.BASE, {"name": "Buurttuin", "legal_form": "group"})
        one = answer.headers["location"]
        assert "Buurttuin" in client.get(self.BASE).text
        client.log_in(second)
        assert client.post(f"{one}/meedoen").headers["location"] == one
        assert "Een lid laat je toe." in client.get(one).text
        client.log_in(first)
        assert client.post(f"{one}/leden/{second.id}").headers["location"] == one
        assert client.post(f"{one}/verlaten").headers["location"] == self.BASE
        client.log_out()
        assert "leden: 1" in client.get(self.BASE).text

    def test_say_what_is_not_filled_in_right(self, client, town):
        (person,) = worlds.settle_in(town, "oost", 1)
        client.log_in(person)
        answer = client.post(self.BASE, {"name": "Stichting Tuin", "legal_form": "foundation"})
        assert answer.status_code == 400
        assert 'href="#registration_number"' in answer.text
        assert "Vul het KvK-nummer in (acht cijfers)." in answer.text

    def test_do_the_same_through_the_api(self, client, town):
        first, second = worlds.settle_in(town, "oost", 2)
        base = "/api/v1/neighbourhoods/oost/organisations"
        client.log_in(first)
        started = client.send(base, {"name": "Tuin", "legalForm": "foundation", "registrationNumber": "12345678"})
        one = f"{base}/{started.json()['id']}"
        client.log_in(second)
        assert client.send(f"{one}/members").json()["hasAsked"] is True
        assert client.send(f"{one}/members/{second.id}/admit").status_code == 403
        client.log_in(first)
        assert client.send(f"{one}/members/{second.id}/admit").json()["memberCount"] == 2
        assert client.send(f"{one}/members/leave").json()["memberCount"] == 1
        client.log_out()
        assert client.get(one).json()["members"] == []
        assert [each["name"] for each in client.get(base).json()] == ["Tuin"]

    def test_are_not_there_in_a_neighbourhood_that_is_not_there(self, client, town):
        assert client.get("/wijken/noord/organisaties").status_code == 404
