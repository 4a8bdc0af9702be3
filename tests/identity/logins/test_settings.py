# SPDX-License-Identifier: EUPL-1.2
"""The file in which the keeper writes down the identity providers."""

import pytest

from wijkbudget.identity.logins.settings import read_providers
from wijkbudget.identity.rules.openid import Level


class TestSettings:
    TOML = """
        [[provider]]
        key = "gemeente"
        name = "de gemeente"
        issuer = "https://login.meerwijk.example"
        client_id = "wijkbudget"
        secret_file = "gemeente.secret"
        asked_level = "substantial"
    """

    def test_are_read_with_the_secret_from_its_own_file(self):
        (found,) = read_providers(self.TOML, {"gemeente.secret": "geheim"}.__getitem__)
        assert (found.key, found.asked_level, found.secret.get_secret_value()) == (
            "gemeente",
            Level.SUBSTANTIAL,
            "geheim",
        )
        assert "geheim" not in repr(found)

    @pytest.mark.parametrize(
        ("wrong", "right"),
        [
            ("http://login.meerwijk.example", "https://login.meerwijk.example"),
            ("https://x.example?a=1", "https://login.meerwijk.example"),
            ("certain", "substantial"),
            ("Gemeente!", '"gemeente"'),
            ("extra", "name"),
        ],
    )
    def test_are_refused_at_the_start_if_they_are_wrong(self, wrong, right):
        with pytest.raises(ValueError, match="validation error"):
            read_providers(self.TOML.replace(right, f'"{wrong}"' if '"' in right else wrong), lambda _name: "geheim")

    def test_are_refused_if_two_have_one_key(self):
        with pytest.raises(ValueError, match="one key"):
            read_providers(self.TOML * 2, lambda _name: "geheim")
