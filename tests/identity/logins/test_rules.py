"""How codes are read, and how often letters go out."""

from datetime import UTC, datetime, timedelta

import pytest

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
