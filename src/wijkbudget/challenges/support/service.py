# SPDX-License-Identifier: EUPL-1.2
"""Signs bids and takes signatures back, adds papers to them, and counts what stands on the papers."""

from uuid import UUID

from wijkbudget.challenges import rows
from wijkbudget.challenges.rules.officials import demand_no_interest
from wijkbudget.challenges.rules.states import State, demand_concept
from wijkbudget.challenges.support import access, queries, rules
from wijkbudget.challenges.support.events import (
    AttachmentTakenBack,
    BidSigned,
    PaperAttached,
    SheetCounted,
    SignatureTakenBack,
)
from wijkbudget.challenges.support.models import Attachment, BidSignature, SheetCount
from wijkbudget.challenges.support.rules import AttachedBefore, Evidence, NotHere, NotSigned
from wijkbudget.challenges.support.schemas import AttachPaper, CountSheet, SignBid, SupportView
from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.kit.uploads import read_upload
from wijkbudget.kit.uploads.sent import read_base64
from wijkbudget.trail.work import Work, verb


@verb(access.SIGN)
def sign_bid(work: Work, place: str, challenge_id: UUID, command: SignBid) -> SupportView:
    """Say whether one is for a bid or against it; who says it anew changes their mind.

    Raises ChallengeNotFound, WrongState, OwnSupport or NotHere.
    """
    row = rows.challenge_row(work, place, challenge_id)
    rules.demand_signable(State(row.state))
    rules.demand_outside(work.actor.id, rows.group_of(work, row))
    if not identity.is_resident(work, place, work.actor.id, work.today):
        raise NotHere(_("Only who lives in this neighbourhood can sign."))
    mine = work.session.get(BidSignature, (row.id, work.actor.id))
    if mine is None:
        mine = BidSignature(challenge_id=row.id, person=work.actor.id, place=place, stance=command.stance)
    mine.stance = command.stance
    work.session.add(mine)
    work.session.flush()
    work.record(BidSigned(place=place, subject=str(row.id), signature_count=queries.signature_count(work, row)))
    return queries.support(work, place, challenge_id)


@verb(access.SIGN)
def take_back_signature(work: Work, place: str, challenge_id: UUID) -> SupportView:
    """Take a signature back, until the municipality decides. Raises ChallengeNotFound, WrongState or NotSigned."""
    row = rows.challenge_row(work, place, challenge_id)
    rules.demand_signable(State(row.state))
    mine = work.session.get(BidSignature, (row.id, work.actor.id))
    if mine is None:
        raise NotSigned(_("You did not sign this bid."))
    work.session.delete(mine)
    work.session.flush()
    left = queries.signature_count(work, row)
    work.record(SignatureTakenBack(place=place, subject=str(row.id), signature_count=left))
    return queries.support(work, place, challenge_id)


@verb(access.ATTACH)
def attach(work: Work, place: str, challenge_id: UUID, command: AttachPaper) -> SupportView:
    """Add a paper to an own bid, without what cannot be seen in it.

    Raises ChallengeNotFound, NotYours, WrongState, FileUnreadable, AttachedBefore or TooManyAttachments.
    """
    row = rows.challenge_row(work, place, challenge_id)
    work.demand_own(rows.group_of(work, row))
    rules.demand_attachable(State(row.state))
    found = read_upload(read_base64(command.paper, "paper"), "paper")
    papers = queries.attachments_of(work, row)
    if found.sha256 in {paper.sha256 for paper in papers}:
        raise AttachedBefore(_("This file is with your bid already."))
    attachment = Attachment(
        id=work.new_id(),
        challenge_id=row.id,
        place=place,
        number=rules.free_number({paper.number for paper in papers}),
        what=command.what,
        title=command.title,
        kind=found.kind,
        sha256=found.sha256,
        attacher=work.actor.id,
        attached_at=work.now,
    )
    work.session.add(attachment)
    work.session.flush()
    work.files.put(found.content)
    work.record(
        PaperAttached(
            place=place,
            subject=str(row.id),
            attachment_id=str(attachment.id),
            what=command.what,
            sha256=found.sha256,
        )
    )
    return queries.support(work, place, challenge_id)


@verb(access.ATTACH)
def take_back_paper(work: Work, place: str, challenge_id: UUID, attachment_id: UUID) -> SupportView:
    """Take a paper back before the bid is sent in; what was sent in stays as it was seen.

    Raises ChallengeNotFound, NotYours, WrongState or AttachmentNotFound.
    """
    row = rows.challenge_row(work, place, challenge_id)
    work.demand_own(rows.group_of(work, row))
    demand_concept(State(row.state))
    work.session.delete(queries.attachment_row(work, row, attachment_id))
    work.session.flush()
    work.record(AttachmentTakenBack(place=place, subject=str(row.id), attachment_id=str(attachment_id)))
    return queries.support(work, place, challenge_id)


@verb(access.COUNT)
def count_sheet(work: Work, place: str, challenge_id: UUID, attachment_id: UUID, command: CountSheet) -> SupportView:
    """Say how many valid signatures stand on a sheet, without seeing what others counted.

    Raises ChallengeNotFound, OwnBid, AttachmentNotFound, NoSheet, WrongState or CountedBefore.
    """
    row = rows.challenge_row(work, place, challenge_id)
    demand_no_interest(work.actor.id, rows.interested_in(work, row))
    sheet = queries.attachment_row(work, row, attachment_id)
    rules.demand_sheet(Evidence(sheet.what), State(row.state))
    counts = queries.counts_of(work, sheet)
    turns = queries.turns_of(counts)
    turn, ordinal = rules.next_place(turns)
    counters = {(count.turn, count.counter) for count in counts}
    rules.demand_uncounted(work.actor.id, turn, counters, rules.stage(turns))
    work.session.add(
        SheetCount(
            attachment_id=sheet.id,
            turn=turn,
            ordinal=ordinal,
            place=place,
            counter=work.actor.id,
            valid_count=command.valid_count,
            counted_at=work.now,
        )
    )
    work.session.flush()
    work.record(
        SheetCounted(
            place=place,
            subject=str(row.id),
            attachment_id=str(sheet.id),
            turn=turn,
            settled_count=rules.agreed(queries.turns_of(queries.counts_of(work, sheet))[-1]),
        )
    )
    return queries.support(work, place, challenge_id)
