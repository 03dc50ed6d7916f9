"""The signals of the house, sent inside the transaction whose work they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.dispatch import Signal

if TYPE_CHECKING:
    from casemgr.actions.action import Action, ActionContext

performed = Signal()
"""Sent by `perform`. Arguments: action (Action), subject (Model), data (Mapping), context (ActionContext)."""


class Performed(NamedTuple):
    """One action that was performed: on what it worked, or what it made, and the day and actor."""

    action: Action
    subject: Any
    context: ActionContext


concluded = Signal()
"""Sent by the outermost `perform` when nothing more happens in its transaction: for whoever reads what has become of
the subjects, however many actions worked on them. Arguments: steps (sequence of `Performed`, nested ones first).
"""

bulk_performed = Signal()
"""One for each batch that the bulk lane wrote; no `performed` is sent for its rows.

Arguments: cases (list of `Case`, as they stand at the end of the batch), today (date). `sender` is the model of the
cases' procedure. Events, participations and deadlines are in the database, and are not prefetched on the cases.
"""

recomputed = Signal()
"""A case's deadlines were derived again without an action: a day passed, or the calendar changed.

Arguments: case (`Case`, locked and saved), today (date). `sender` is its class.
"""
