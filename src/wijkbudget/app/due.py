"""What is due in each neighbourhood: verbs that the clock of the house runs, safe to run twice."""

from functools import partial

from wijkbudget.app.jobs import run_all
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity import service as reciprocity
from wijkbudget.trail.desk import Desk
from wijkbudget.voting import service as voting
from wijkbudget.vouchers import service as vouchers


def everywhere(desk: Desk) -> None:
    """Do what is due in every neighbourhood. Raises what went wrong, after all the others had their turn."""
    places = [neighbourhood.slug for neighbourhood in desk.ask(neighbourhoods.neighbourhoods)]
    run_all(partial(advance_all, desk, place) for place in places)


def advance_all(desk: Desk, place: str) -> None:
    """Settle time, move rounds on and let vouchers expire, as far as their day has come."""
    while desk.act(reciprocity.settle, place).entry_count:
        pass
    while desk.act(voting.advance, place).moved:
        desk.database.wipe()
    desk.act(vouchers.expire, place)
