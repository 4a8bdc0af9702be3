# SPDX-License-Identifier: EUPL-1.2
"""Signs a sealed box, in a vote of the house and in one that is taken over."""

from wijkbudget.trail.keyring import Keyring
from wijkbudget.voting.receipts import BoxSeal
from wijkbudget.voting.sealed import SealedBox, note_of
from wijkbudget.voting.turnout import Turnout


def signed(keys: Keyring, round_id: str, box: SealedBox, voted: Turnout | None) -> BoxSeal:
    """Return the seal of a box, signed; it is made once, so that nobody can have other numbers signed later."""
    note = note_of(round_id, box, voted)
    return BoxSeal(
        size=len(box.ballots),
        root=box.root,
        note=note.decode(),
        signature=keys.sign(note).hex(),
        public_key=keys.public_key(),
    )
