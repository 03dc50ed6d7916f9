"""The three signals of the house, sent inside the transaction whose work they tell."""

from django.dispatch import Signal

performed = Signal()
"""Sent by `perform`. Arguments: action (Action), subject (Model), data (Mapping), context (ActionContext)."""

bulk_performed = Signal()
"""One for each batch that the bulk lane wrote; no `performed` is sent for its rows.

Arguments: cases (list of `Case`, as they stand at the end of the batch), today (date). `sender` is the model of the
cases' procedure. Events, participations and deadlines are in the database, and are not prefetched on the cases.
"""

recomputed = Signal()
"""A case's deadlines were derived again without an action: a day passed, or the calendar changed.

Arguments: case (`Case`, locked and saved), today (date). `sender` is its class.
"""
