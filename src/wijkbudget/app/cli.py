# SPDX-License-Identifier: EUPL-1.2
"""The command line of the house's keeper."""
# ruff: noqa: E402 - see below

import gc

# Nothing of what is loaded here is ever thrown away: to search it again and again takes a fifth of the start.
gc.disable()

import base64
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from uuid import UUID

import click
import uvicorn
from sqlalchemy.exc import DBAPIError

from wijkbudget.app import backups, copying, house
from wijkbudget.app.asgi import make_app
from wijkbudget.app.demo import build_demo
from wijkbudget.app.logs import write_json
from wijkbudget.app.proof import first_fault
from wijkbudget.app.settings import Settings, from_environment
from wijkbudget.app.tallying import election_in, tally
from wijkbudget.app.templating import say
from wijkbudget.db.database import UnknownDatabase
from wijkbudget.identity import service as identity
from wijkbudget.identity.logins import totp
from wijkbudget.identity.schemas import AddPerson, ImportRegister
from wijkbudget.kit.actor import Role
from wijkbudget.kit.errors import Refusal
from wijkbudget.neighbourhoods import queries
from wijkbudget.neighbourhoods import service as neighbourhoods
from wijkbudget.neighbourhoods.schemas import AdoptPolicy, FoundMunicipality
from wijkbudget.payments.providers import provider_of
from wijkbudget.payments.providers.settings import PaymentSettings
from wijkbudget.trail.desk import Desk
from wijkbudget.voting import service as voting
from wijkbudget.voting.schemas import ImportElection

gc.freeze()
gc.enable()

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW_FILE = click.Path(dir_okay=False, path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])
_PORT = click.option("--port", default=8000, show_default=True, help="The port on this machine.")


class _Keeper(click.Group):
    """Says in a sentence what is in the way of a command."""

    def invoke(self, context: click.Context) -> Any:
        """Run a command; what it stands on may be out of reach."""
        try:
            return super().invoke(context)
        except Refusal as refusal:
            message = say(refusal.text)
        except UnknownDatabase as unknown:
            message = f"There is no such kind of database: {unknown}"
        except (DBAPIError, OSError) as trouble:
            message = f"The house cannot be opened: {trouble.orig if isinstance(trouble, DBAPIError) else trouble}"
        raise click.ClickException(message)


@click.group(cls=_Keeper)
def main() -> None:
    """Software with which neighbourhoods spend, vote on and account for their own money."""


@main.command()
@_PORT
@click.option("--host", default="127.0.0.1", show_default=True, help="The address of this machine to listen on.")
def serve(port: int, host: str) -> None:
    """Serve the pages and the API."""
    write_json()
    settings = from_environment(port)
    with house.open_house(settings) as desk:
        _serve(desk, settings, port, host)


@main.command()
@_PORT
def health(port: int) -> None:
    """Ask the server on this machine whether it is well; exit 1 if it is not."""
    try:
        urlopen(f"http://127.0.0.1:{port}/health", timeout=5).close()
    except OSError as trouble:
        message = f"The server is not well: {trouble}"
        raise click.ClickException(message) from None


@main.command()
@_PORT
@click.option("--only-build", is_flag=True, help="Make the demo and do not serve it.")
def demo(port: int, *, only_build: bool) -> None:
    """Make a year in a fictional municipality, and serve it."""
    from wijkbudget.app import stand_in  # noqa: PLC0415 - a server of its own that only the demo needs

    settings = from_environment(port)
    with house.open_house(settings) as desk:
        for line in build_demo(desk, settings):
            click.echo(line)
        if only_build:
            return
        with stand_in.beside(settings.origin, port + 1) as payments:
            _serve(desk, settings, port, trial=payments)


@main.command()
def verify() -> None:
    """Prove books, trail, votes and files; name the first thing that is wrong."""
    with house.open_house(from_environment()) as desk:
        _demand_whole(desk)


@main.command()
@click.option("--from", "source", required=True, help="The address of the database to carry over.")
@click.option("--to", "target", required=True, help="The address of an empty database.")
def copy(source: str, target: str) -> None:
    """Carry a whole administration to another database; stop the server first."""
    with house.open_database_at(source) as one, house.open_database_at(target) as other:
        click.echo(_told(copying.copy(one, other)))


@main.command()
@click.argument("file", type=_NEW_FILE)
def backup(file: Path) -> None:
    """Write everything but the secret to one file, while the house is in use."""
    with _at_the_desk() as desk:
        click.echo(_told(backups.backup(desk.database, desk.files, file)))


@main.command()
@click.argument("file", type=_FILE)
def restore(file: Path) -> None:
    """Put a backup into an empty house; put its secret back first."""
    if not (secret := from_environment().secret).exists():
        message = f"Put the secret of the house back first, at {secret}: a backup is nothing without it."
        raise click.ClickException(message)
    with _at_the_desk() as desk:
        click.echo(_told(backups.restore(file, desk.database, desk.files)))
        _demand_whole(desk)


@main.command()
@click.argument("file", type=_FILE)
def found(file: Path) -> None:
    """Found the municipality and its neighbourhoods from a TOML file."""
    with _at_the_desk() as desk:
        desk.act(neighbourhoods.found, FoundMunicipality(toml=_text(file)))


@main.command("adopt-policy")
@click.argument("place")
@click.argument("file", type=_FILE)
@click.option("--from", "valid_from", type=_DAY, required=True, help="The first day on which it holds.")
@click.option("--decided-by", required=True, help="The decision or by-law that it rests on.")
def adopt_policy(place: str, file: Path, valid_from: datetime, decided_by: str) -> None:
    """Adopt the policy of a neighbourhood from a TOML file."""
    with _at_the_desk() as desk:
        command = AdoptPolicy(valid_from=valid_from.date(), decided_by=decided_by, toml=_text(file))
        desk.act(neighbourhoods.adopt_policy, place, command)


@main.command("import-register")
@click.argument("file", type=_FILE)
def import_register(file: Path) -> None:
    """Import the municipality's register of residents from a CSV file: all of it or nothing."""
    with _at_the_desk() as desk:
        view = desk.act(identity.import_register, ImportRegister(csv=_text(file)))
        click.echo(view.model_dump_json())


@main.command()
@click.argument("name")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--place", help="The neighbourhood; the whole municipality, if none is named.")
def appoint(name: str, role: str, place: str | None) -> None:
    """Add a person with a role, and print the code with which they log in."""
    with _at_the_desk() as desk:
        command = AddPerson(name=name, role=Role(role))
        known_in = place or _first_place(desk)
        made = desk.act(identity.add_person, place, command) if place else desk.act(identity.appoint, command)
        click.echo(desk.act(identity.prove_at_desk, known_in, UUID(made.person.id)).code)


@main.command("second-step")
@click.argument("secret")
def second_step(secret: str) -> None:
    """Print the digits that a phone with this secret shows now, for who tries the demo without one."""
    try:
        key = base64.b32decode(secret, casefold=True)
    except ValueError:
        raise click.BadParameter(secret, param_hint="a secret of letters and digits") from None
    click.echo(totp.digits_at(key, totp.step_at(house.now())))


@main.command("import-pabulib")
@click.argument("file", type=_FILE)
@click.option("--place", help="The neighbourhood on whose pages it is shown; the first one, if none is named.")
def import_pabulib(file: Path, place: str | None) -> None:
    """Make a closed round of an election in Pabulib's format, shown on its page."""
    with _at_the_desk() as desk:
        shown_in = place or _first_place(desk)
        made = desk.act(voting.import_pabulib, shown_in, ImportElection(name=file.stem, text=election_in(file)))
        click.echo(f"{from_environment().origin}/wijken/{shown_in}/stemrondes/{made.id}")


main.add_command(tally)


def _serve(
    desk: Desk, settings: Settings, port: int, host: str = "127.0.0.1", trial: PaymentSettings | None = None
) -> None:
    """Serve until interrupted; one process, as the one writer wants."""
    payments = provider_of(settings.payments() or trial)
    jobs = house.jobs(desk, settings, payments)
    app = make_app(desk, origin=settings.origin, jobs=jobs, providers=settings.providers(), payments=payments)
    click.echo(f"Serving {settings.origin} (stop with Ctrl+C).")
    uvicorn.run(app, host=host, port=port, log_config=None, access_log=False, server_header=False)


def _demand_whole(desk: Desk) -> None:
    """Say that all is well, or exit with the first thing that is wrong."""
    if fault := desk.ask(first_fault):
        click.echo(str(fault), err=True)
        sys.exit(1)
    click.echo("Everything is as it must be: books, trail, votes, vouchers and files.")


def _told(carried: copying.Carried) -> str:
    return f"{carried.rows} rows; the trail has {carried.trail_size} sealed entries, root {carried.trail_root}"


@contextmanager
def _at_the_desk() -> Iterator[Desk]:
    """Open the house for one act."""
    with house.open_house(from_environment()) as desk:
        yield desk


def _first_place(desk: Desk) -> str:
    """Return the first neighbourhood by name. Raises MunicipalityNotFounded."""
    desk.ask(queries.municipality)
    return desk.ask(queries.neighbourhoods)[0].slug


def _text(file: Path) -> str:
    """Return a text file. Raises ClickException if it is not text."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise click.BadParameter(file.name, param_hint="a text file in UTF-8") from None


if __name__ == "__main__":
    main()
