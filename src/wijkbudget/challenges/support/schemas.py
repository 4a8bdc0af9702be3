# SPDX-License-Identifier: EUPL-1.2
"""What the support of a bid is asked and answers."""

from datetime import date
from typing import Annotated, NamedTuple
from uuid import UUID

from wijkbudget.challenges.support.rules import SIGNATURES_MAX, Evidence, Stage, Stance
from wijkbudget.kit.fields import Command, Field, Line, View, symbol
from wijkbudget.kit.uploads.sent import UPLOAD_BASE64_MAX


class SignBid(Command):
    """Say whether you are for a bid or against it."""

    stance: Annotated[Stance, symbol(Stance)]


class AttachPaper(Command):
    """Add a paper to a bid."""

    what: Annotated[Evidence, symbol(Evidence)]
    title: Line
    paper: Annotated[str, Field(min_length=1, max_length=UPLOAD_BASE64_MAX)]
    """The file, in base64."""


class CountSheet(Command):
    """Say how many valid signatures stand on a sheet: of people who live here, each once."""

    valid_count: Annotated[int, Field(ge=0, le=SIGNATURES_MAX)]


class AttachmentView(View):
    """A paper of a bid, for whoever may read it."""

    id: UUID
    what: Evidence
    title: str
    attached_on: date
    stage: Stage | None
    """How far its count is, where something is counted."""
    valid_count: int | None
    """What two people counted alike."""
    may_count: bool


class SupportView(View):
    """How many neighbours are for a bid and against it, and the papers that show it."""

    for_count: int
    """Online and on paper."""
    against_count: int
    online_for_count: int
    online_against_count: int
    uncounted: int
    """Sheets that two people did not count alike yet."""
    support_min: int | None
    """How many the policy asks a group to show; fewer is weighed."""
    stance: Stance | None
    """What whoever asks signed."""
    may_sign: bool
    may_attach: bool
    may_take_back: bool
    attachment_count: int
    attachments: list[AttachmentView]
    """For whoever may read them."""


class PaperFile(NamedTuple):
    """A paper as a file."""

    name: str
    media_type: str
    content: bytes
