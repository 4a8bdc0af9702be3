# SPDX-License-Identifier: EUPL-1.2
"""What comes with a form is read before anything else; whatever it is, the answer is a refusal."""

import pytest

from tests.conftest import ORIGIN
from tests.worlds import found_meerwijk, staff
from wijkbudget.kit.actor import Role
from wijkbudget.neighbourhoods import queries

PATH = "/wijken/oost/begroting/toekennen"
FIELDS = {"year": "2026", "amount_cents": "5", "decision": "Begroting"}


@pytest.fixture
def official(client, desk):
    """Let an official of Oost come in, and return the token that their pages carry."""
    found_meerwijk(desk)
    client.log_in(staff(desk, "oost")[Role.OFFICIAL])
    return desk.keys.keyed_hash("csrf", client.client.cookies["session"])


def send(client, fields, **more):
    return client.client.post(PATH, data=fields, headers={"Origin": ORIGIN}, follow_redirects=False, **more).status_code


class TestTheDoor:
    @pytest.mark.usefixtures("official")
    @pytest.mark.parametrize("token", ["", "é", "\u202e", "x" * 64])
    def test_is_closed_to_a_form_with_another_token(self, client, desk, token):
        assert send(client, {**FIELDS, "reference": "r", "csrf_token": token}) == 403
        assert len(desk.ask(queries.grants, "oost")) == 2

    def test_takes_no_file_for_a_reference(self, client, desk, official):
        file = {"reference": ("a.txt", b"r")}
        assert send(client, {**FIELDS, "csrf_token": official}, files=file) == 400
        assert len(desk.ask(queries.grants, "oost")) == 2

    @pytest.mark.parametrize("part", [b"\xff\xfe", b"\xed\xa0\x80"])
    def test_takes_nothing_in_signs_that_cannot_be_read(self, client, desk, official, part):
        parts = {**{name: value.encode() for name, value in FIELDS.items()}, "csrf_token": official.encode()}
        body = b"".join(
            b'--B\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
            for name, value in {**parts, "decision": part}.items()
        )
        headers = {"Origin": ORIGIN, "Content-Type": "multipart/form-data; boundary=B"}
        assert client.client.post(PATH, content=body + b"--B--\r\n", headers=headers).status_code == 400
        assert len(desk.ask(queries.grants, "oost")) == 2
