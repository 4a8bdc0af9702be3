# SPDX-License-Identifier: EUPL-1.2
"""Answers how many neighbours are for a bid, and gives its papers to who may read them."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlmodel import and_, col, func, select

from wijkbudget.challenges import rows
from wijkbudget.challenges.models import Challenge, GroupMember
from wijkbudget.challenges.rules.states import RUNNING, State
from wijkbudget.challenges.support import access
from wijkbudget.challenges.support.models import Attachment, BidSignature, SheetCount
from wijkbudget.challenges.support.rules import (
    ATTACHABLE,
    SHEETS,
    AttachmentNotFound,
    Evidence,
    Stage,
    Stance,
    agreed,
    next_place,
    stage,
)
from wijkbudget.challenges.support.schemas import AttachmentView, PaperFile, SupportView
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import _
from wijkbudget.kit.uploads import PAPERS
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question


@question(access.READ)
def support(look: Look, place: str, challenge_id: UUID) -> SupportView:
    """Return how many neighbours are for a bid; its papers for who may read them. Raises ChallengeNotFound."""
    row = rows.challenge_row(look, place, challenge_id)
    state, group, me = State(row.state), rows.group_of(look, row), look.actor.id
    online, papers = _online(look, row), attachments_of(look, row)
    counts = {paper.id: counts_of(look, paper) for paper in papers}
    on_paper = Counter[Stance]()
    for paper in papers:
        if Evidence(paper.what) in SHEETS:
            on_paper[SHEETS[Evidence(paper.what)]] += agreed(_last(counts[paper.id])) or 0
    mine = look.session.get(BidSignature, (row.id, me))
    is_mine, policy = me in group, neighbourhoods.policy(look, place).rules.challenges
    counts_here = access.COUNT.allows(look.roles) and me not in rows.interested_in(look, row)
    views = [_paper(look, paper, counts[paper.id], counts_here=counts_here and state in RUNNING) for paper in papers]
    return SupportView(
        for_count=online[Stance.FOR] + on_paper[Stance.FOR],
        against_count=online[Stance.AGAINST] + on_paper[Stance.AGAINST],
        online_for_count=online[Stance.FOR],
        online_against_count=online[Stance.AGAINST],
        uncounted=sum(view.stage not in {None, Stage.SETTLED} for view in views),
        support_min=policy.support_min if policy else None,
        stance=Stance(mine.stance) if mine else None,
        may_sign=access.SIGN.allows(look.roles) and not is_mine and state in RUNNING,
        may_attach=access.ATTACH.allows(look.roles) and is_mine and state in ATTACHABLE,
        may_take_back=access.ATTACH.allows(look.roles) and is_mine and state is State.CONCEPT,
        attachment_count=len(views),
        attachments=views if is_mine or bool(look.roles & access.PAPERS.any) else [],
    )


@question(access.PAPERS)
def paper(look: Look, place: str, challenge_id: UUID, attachment_id: UUID) -> PaperFile:
    """Return a paper of a bid, as a file. Raises ChallengeNotFound, NotYours or AttachmentNotFound."""
    row = rows.challenge_row(look, place, challenge_id)
    look.demand_own(rows.group_of(look, row))
    attachment = attachment_row(look, row, attachment_id)
    content = look.files.read(attachment.sha256)
    if content is None:
        raise AttachmentNotFound(_("This paper is not here any more."))
    media_type = PAPERS[attachment.kind].media_type
    name = f"{attachment.number}-{attachment.sha256[:8]}.{media_type.rpartition('/')[2]}"
    return PaperFile(name=name, media_type=media_type, content=content)


def attachment_row(look: Look, row: Challenge, attachment_id: UUID) -> Attachment:
    """Return the row of a paper of a bid. Raises AttachmentNotFound."""
    found = look.session.get(Attachment, attachment_id)
    if found is None or found.challenge_id != row.id:
        raise AttachmentNotFound(_("This bid has no such paper."))
    return found


def attachments_of(look: Look, row: Challenge) -> Sequence[Attachment]:
    """Return the papers of a bid, in order."""
    papers = select(Attachment).where(col(Attachment.challenge_id) == row.id).order_by(col(Attachment.number))
    return look.session.exec(papers).all()


def counts_of(look: Look, attachment: Attachment) -> Sequence[SheetCount]:
    """Return what people counted on a sheet, in order."""
    counts = select(SheetCount).where(col(SheetCount.attachment_id) == attachment.id)
    return look.session.exec(counts.order_by(col(SheetCount.turn), col(SheetCount.ordinal))).all()


def turns_of(counts: Sequence[SheetCount]) -> list[list[int]]:
    """Return the counts of each turn."""
    turns = defaultdict[int, list[int]](list)
    for count in counts:
        turns[count.turn].append(count.valid_count)
    return list(turns.values())


def signature_count(look: Look, row: Challenge) -> int:
    """Return how many neighbours signed online, for it or against it."""
    return sum(_online(look, row).values())


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for who signed or counted for an own bid, and for a paper that is gone or altered."""
    own = select(BidSignature.challenge_id).join(
        GroupMember,
        and_(
            col(GroupMember.challenge_id) == col(BidSignature.challenge_id),
            col(GroupMember.person) == col(BidSignature.person),
        ),
    )
    for challenge_id in look.session.exec(own.distinct().order_by(col(BidSignature.challenge_id))).all():
        yield Fault("neighbours sign", f"bid {challenge_id}", "was signed by one of its own group")
    for attachment in look.session.exec(select(Attachment).order_by(col(Attachment.place), col(Attachment.id))).all():
        content, counters = look.files.read(attachment.sha256), {count.counter for count in counts_of(look, attachment)}
        if content is None or hashlib.sha256(content).hexdigest() != attachment.sha256:
            yield Fault("every paper is here", f"paper {attachment.id}", "its file is gone or altered")
        if counters & rows.interested_in(look, look.session.get_one(Challenge, attachment.challenge_id)):
            yield Fault("others count", f"paper {attachment.id}", "was counted by who stands behind the bid")


def _online(look: Look, row: Challenge) -> Counter[Stance]:
    """Return how many signed online, for each side."""
    of_it = select(BidSignature.stance, func.count()).where(col(BidSignature.challenge_id) == row.id)
    found = look.session.exec(of_it.group_by(col(BidSignature.stance))).all()
    return Counter({Stance(stance): count for stance, count in found})


def _last(counts: Sequence[SheetCount]) -> list[int]:
    """Return what was counted in the last turn."""
    turns = turns_of(counts)
    return turns[-1] if turns else []


def _paper(look: Look, row: Attachment, counts: Sequence[SheetCount], *, counts_here: bool) -> AttachmentView:
    """Return a paper; `counts_here` is whether whoever asks counts for this bid."""
    turns, what = turns_of(counts), Evidence(row.what)
    now = stage(turns) if what in SHEETS else None
    turn, _ordinal = next_place(turns)
    has_counted = (turn, look.actor.id) in {(count.turn, count.counter) for count in counts}
    return AttachmentView(
        id=row.id,
        what=what,
        title=row.title,
        attached_on=day_of(row.attached_at),
        stage=now,
        valid_count=agreed(turns[-1]) if turns else None,
        may_count=counts_here and now in {Stage.WAITS, Stage.DIFFERS} and not has_counted,
    )
