# SPDX-License-Identifier: EUPL-1.2
"""The command `wijkbudget`: counts an election without loading the house, and loads the house for all else."""

import sys

import click

from wijkbudget.kit.errors import Refusal


def main() -> None:
    """Do what is asked for."""
    if sys.argv[1:2] == ["tally"]:
        _count()
    else:
        from wijkbudget.app.cli import main as keep_house  # noqa: PLC0415 (it loads the whole house)

        keep_house()


def _count() -> None:
    """Count an election, or say in a sentence why that cannot be done."""
    from wijkbudget.app.tallying import tally  # noqa: PLC0415 (who keeps the house need not wait for it)

    try:
        tally(sys.argv[2:], prog_name="wijkbudget tally")
    except Refusal as refusal:
        from wijkbudget.app.templating import say  # noqa: PLC0415 (most elections can be counted)

        click.ClickException(say(refusal.text)).show()
        sys.exit(1)
