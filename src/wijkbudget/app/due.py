"""What is due in each neighbourhood: verbs that the clock of the house runs, safe to run twice."""

from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity import service as reciprocity
from wijkbudget.trail.desk import Desk
from wijkbudget.voting import service as voting
from wijkbudget.vouchers import service as vouchers


def everywhere(desk: Desk) -> None:
    """Do what is due in every neighbourhood."""
    for neighbourhood in desk.ask(neighbourhoods.neighbourhoods):
        advance_all(desk, neighbourhood.slug)


def advance_all(desk: Desk, place: str) -> None:
    """Settle time, move rounds on and let vouchers expire, as far as their day has come."""
    while desk.act(reciprocity.settle, place).entry_count:
        pass
    while desk.act(voting.advance, place).moved:
        desk.database.wipe()
    desk.act(vouchers.expire, place)
