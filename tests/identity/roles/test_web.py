# SPDX-License-Identifier: EUPL-1.2
"""Roles through the browser and the API."""

import re

from wijkbudget.kit.actor import Actor


class TestRolePages:
    def test_add_somebody_in_a_role_and_end_it(self, client, town, administrator):
        client.log_in(administrator)
        answer = client.post("/wijken/oost/rollen", {"name": "Ingrid Wolters", "role": "cashier"})
        assert answer.headers["location"] == "/wijken/oost/rollen"
        page = client.get("/wijken/oost/rollen")
        assert "Ingrid Wolters" in page.text
        door = re.search(r'action="(/wijken/oost/rollen/[^"]+/beeindigen)"', page.text)[1]
        assert client.post(door).status_code == 303
        assert "voorbij" in client.get("/wijken/oost/rollen").text

    def test_give_a_role_to_a_resident(self, client, town, administrator, anna):
        client.log_in(administrator)
        page = client.post("/wijken/oost/rollen/zoeken", {"postcode": "9901AA", "house_number": "1"})
        assert f'<option value="{anna}">Anna Bos, 1980</option>' in page.text
        client.post("/wijken/oost/rollen/geven", {"person_id": anna, "role": "council"})
        grants = client.get("/api/v1/neighbourhoods/oost/roles").json()
        assert [(each["person"]["name"], each["role"]) for each in grants] == [
            ("Anna Bos", "council"),
            ("Esther Vermeer", "administrator"),
        ]

    def test_say_why_a_role_is_refused(self, client, town, administrator):
        client.log_in(administrator)
        own = {"person_id": administrator.id, "role": "auditor"}
        answer = client.post("/wijken/oost/rollen/geven", own)
        assert answer.status_code == 403
        assert "Je kunt jezelf geen rol geven." in answer.text
        assert client.post("/wijken/oost/rollen", {"name": "", "role": "guide"}).status_code == 400
        assert client.post("/wijken/oost/rollen", {"name": "Eva", "role": "system"}).status_code == 422

    def test_show_the_whole_municipality(self, client, town, administrator):
        client.log_in(administrator)
        assert client.post("/rollen", {"name": "Ruben", "role": "auditor"}).headers["location"] == "/rollen"
        page = client.get("/rollen")
        ruben = re.search(r'<option value="([^"]+)">Ruben</option>', page.text)[1]
        refused = client.post("/rollen/geven", {"person_id": ruben, "role": "cashier"})
        assert refused.status_code == 422
        assert "Een controleur mag hier geen andere rol hebben." in refused.text
        door = re.search(r'action="(/rollen/[^"]+/beeindigen)"', page.text)[1]
        assert client.post(door).status_code == 303

    def test_do_the_same_through_the_api(self, client, town, administrator, anna):
        client.log_in(administrator)
        base = "/api/v1/neighbourhoods/oost"
        given = client.send(f"{base}/people", {"name": "Eva", "role": "guide", "untilOn": "2026-04-01"})
        assert (given.status_code, given.json()["untilOn"]) == (201, "2026-04-01")
        role = client.send(f"{base}/roles", {"personId": anna, "role": "chair"}).json()
        assert client.send(f"{base}/roles/{role['id']}/end").json()["isOver"] is True
        added = client.send("/api/v1/people", {"name": "Dirk", "role": "official"}).json()
        other = client.send("/api/v1/municipal-roles", {"personId": added["person"]["id"], "role": "cashier"}).json()
        assert client.send(f"/api/v1/municipal-roles/{other['id']}/end").json()["isOver"] is True
        assert len(client.get("/api/v1/municipal-roles").json()) == 3

    def test_are_closed_for_residents(self, client, town, anna):
        client.log_in(Actor(id=anna))
        assert client.get("/wijken/oost/rollen").status_code == 403
        assert client.get("/rollen").status_code == 403
