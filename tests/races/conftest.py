"""The open round and the voucher of the domains' own tests, to be fought over."""

from tests.voting.conftest import meerwijk, prepare, vote  # noqa: F401 - fixtures
from tests.vouchers.conftest import group  # noqa: F401 - a fixture
