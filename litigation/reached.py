"""Which entries are steps of the case page: a paper that was annulled, or decides nothing, ends no suit."""

from __future__ import annotations

from casemgr.cases.events import Fact
from casemgr.cases.models import Case
from litigation.following import rulings_of
from litigation.outcomes import ends_suit


def ends_the_suit(case: Case, fact: Fact) -> bool:
    """Of the entry of a paper or its effect: whether the paper stands and decides on the suit.

    What a court above annulled does not, nor a ruling that sends the suit back or to another court, nor one on
    jurisdiction. Reads what the page has loaded.
    """
    paper = next((one for one in rulings_of(case) if one.subject == fact.subject), None)
    if paper is None:  # the entry of a withdrawal stands with its instance
        return True
    return ends_suit(paper.outcome) and not paper.is_replaced


__all__ = ["ends_the_suit"]
