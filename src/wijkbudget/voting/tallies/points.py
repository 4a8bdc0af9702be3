# SPDX-License-Identifier: EUPL-1.2
"""Says of points what a tally says of votes, where people gave points or put plans in order.

Choice: the tallies count votes and know no ballot, and what an outcome keeps of them never changes; so it is said in
points where it is shown.
"""

from wijkbudget.kit.text import Text, _
from wijkbudget.voting.rules import Marking

_SAID = (
    _("It costs nothing and has points, so it can always go on."),
    _("It has %(votes)s points and fitted in the %(left_cents)s that was left."),
    _("It has %(votes)s points and was next. It costs %(cost_cents)s and gets the %(left_cents)s that was left."),
    _("It has %(votes)s points. A plan needs at least %(least)s."),
    _("It has %(votes)s points, but only %(left_cents)s was left and it costs %(cost_cents)s."),
    _("It has %(votes)s points. The count ended before its turn, at a plan that no longer fitted."),
    _("It has %(votes)s points, but there was no room for it any more within “%(limit)s”."),
    _("It has %(votes)s points. Of all sets of plans that fit, the one with this plan has the best total."),
    _("It has %(votes)s points. No set of plans with this one that fits has a better total than what was chosen."),
)
IN_POINTS = {said.msgid.replace("points", "votes"): said.msgid for said in _SAID}
"""What is said of points, by what is said of votes."""


def in_words_of(marking: Marking, why: Text) -> Text:
    """Return why an option won or lost, in the words of the ballots that were counted."""
    return Text(IN_POINTS.get(why.msgid, why.msgid), why.values) if marking in {"points", "places"} else why
