# SPDX-License-Identifier: EUPL-1.2
"""How codes are read, and how often letters go out."""

from datetime import UTC, datetime, timedelta

import pytest

from wijkbudget.identity.logins import totp
from wijkbudget.identity.rules.logins import (
    LETTER_PAUSE,
    CodeMistyped,
    may_send_again,
    read_code,
)


class TestLogins:
    def test_read_a_code_as_it_is_typed(self):
        assert read_code(" 0000-0000 0000-0000") == "0" * 16

    def test_notice_a_typing_mistake(self):
        with pytest.raises(CodeMistyped):
            read_code("1000-0000-0000-0000")

    def test_send_a_letter_again_after_three_days(self):
        now = datetime(2026, 3, 2, tzinfo=UTC)
        assert may_send_again(None, now)
        assert may_send_again(now - LETTER_PAUSE, now)
        assert not may_send_again(now - LETTER_PAUSE + timedelta(seconds=1), now)


class TestThePhone:
    @pytest.mark.parametrize(("seconds", "digits"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
    def test_shows_what_the_standard_says(self, seconds, digits):
        """Source: RFC 6238, appendix B, the last six digits."""
        assert totp.digits_at(b"12345678901234567890", seconds // 30) == digits

    def test_may_be_half_a_minute_off(self):
        now = datetime.fromtimestamp(3000, UTC)
        found = [totp.step_of(b"1" * 20, totp.digits_at(b"1" * 20, step), now) for step in range(98, 103)]
        assert found == [None, 99, 100, 101, None]
