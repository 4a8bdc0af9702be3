# SPDX-License-Identifier: EUPL-1.2
"""Gives one voter a new code instead of the old one: by letter, by e-mail or at the desk."""

from uuid import UUID

from sqlmodel import col, update

from wijkbudget.identity import queries as identity
from wijkbudget.kit.codes import CODE_RANDOM_BYTES, new_code
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Work, verb
from wijkbudget.voting import access
from wijkbudget.voting.events import CodeReplaced
from wijkbudget.voting.letters.rules import Addressed, NoAddress, NotYourAddress
from wijkbudget.voting.letters.schemas import HandedVotingCode, HandVotingCode, MailVotingCode
from wijkbudget.voting.letters.service.sending import draft_mailing, is_formal, leave
from wijkbudget.voting.models import RegisterRow, Round
from wijkbudget.voting.phases import AlreadyVoted, Phase, demand_phase
from wijkbudget.voting.queries.rounds import code_hash, register_row, row_of
from wijkbudget.voting.schemas import ReplaceCode


@verb(access.REPLACE)
def replace_code(work: Work, place: str, round_id: UUID, command: ReplaceCode) -> None:
    """Make somebody's code void and send a new one to the registered address.

    Raises NotYours, RoundNotFound, WrongState, NotOnRegister, NoAddress, or AlreadyVoted if the old code has voted.
    """
    person = str(command.person_id)
    work.demand_own({person})
    row, code, voice_hundredths = _renew(work, place, round_id, person)
    to = identity.addresses_of(work, [person]).get(person)
    if to is None:
        raise NoAddress(_("There is no address for a letter. A new code can be given at the desk."))
    letter = Addressed(
        name=to.name,
        postcode=to.postcode,
        house_number=to.house_number,
        addition=to.addition,
        code=code,
        voice_hundredths=voice_hundredths,
    )
    leave(work, draft_mailing(work, row, [letter], is_replacement=True))
    work.record(CodeReplaced(place=place, subject=str(round_id), person=person))


@verb(access.HAND)
def hand_voting_code(work: Work, place: str, round_id: UUID, command: HandVotingCode) -> HandedVotingCode:
    """Make somebody's code void and hand over a new one, to whoever showed at the desk who they are.

    Raises RoundNotFound, WrongState, NotOnRegister, or AlreadyVoted if the old code has voted.
    """
    row, code, _voice = _renew(work, place, round_id, str(command.person_id))
    work.record(CodeReplaced(place=place, subject=str(round_id), person=str(command.person_id), way="desk"))
    return HandedVotingCode(
        name=identity.name_of(work, command.person_id).name,
        code=code,
        title=row.title,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
    )


@verb(access.MAIL)
def mail_voting_code(work: Work, place: str, round_id: UUID, command: MailVotingCode) -> None:
    """Make your own code void and send a new one to your e-mail address, if it is one that you proved to be yours.

    Raises NotYourAddress, RoundNotFound, WrongState, NotOnRegister, or AlreadyVoted if the old code has voted.
    Choice: the house keeps no e-mail address, so you type it, and it is held against the hash of the one you proved.
    """
    person = work.actor.id
    if not identity.is_own_address(work, UUID(person), command.email_address):
        sentence = _("This is not the e-mail address with which you log in. Add it to your account first.")
        raise NotYourAddress(sentence)
    row, code, _voice = _renew(work, place, round_id, person)
    work.errand(
        "mail",
        {
            "to": command.email_address,
            "title": f"{'Uw' if is_formal(work, row) else 'Je'} stemcode voor {row.title}",
            "lines": [
                f"Stemmen kan van {row.opens_on:%d-%m-%Y} tot en met {row.closes_on:%d-%m-%Y}.",
                "Stemmen gaat op de website van de wijk, op /stemmen, met deze code.",
                "De code in de brief werkt niet meer. Wie deze code heeft, kan ermee stemmen.",
            ],
            "code": code,
            "about": f"round {row.id}",
        },
    )
    work.record(CodeReplaced(place=place, subject=str(round_id), person=person, way="mail"))


def _renew(work: Work, place: str, round_id: UUID, person: str) -> tuple[Round, str, int]:
    """Put a new code in the register instead of one that did not vote; return its round, the code and its voice.

    Raises RoundNotFound, WrongState, NotOnRegister or AlreadyVoted.
    """
    row = row_of(work, place, round_id)
    demand_phase(Phase(row.phase), Phase.OPEN)
    if row.closes_on < work.today:
        # A round with paper stays open until the paper is entered; the code on an envelope must not die meanwhile.
        raise WrongState(_("Voting is over, so no code is replaced any more."))
    old = register_row(work, place, round_id, person)
    code, voice_hundredths = new_code(work.random(CODE_RANDOM_BYTES)), old.voice_hundredths
    replaced = work.session.connection().execute(
        update(RegisterRow)
        .where(col(RegisterRow.code_hash) == old.code_hash, col(RegisterRow.voted_on).is_(None))
        .values(code_hash=code_hash(work, code))
    )
    if replaced.rowcount != 1:
        raise AlreadyVoted(_("A vote was cast with this code, so it cannot be replaced."))
    return row, code, voice_hundredths
