"""The two signals of the house, each sent inside the transaction whose work it tells."""

from django.dispatch import Signal

performed = Signal()
"""Arguments: action (Action), subject (Model), data (Mapping), context (ActionContext)."""

bulk_performed = Signal()
"""One for each batch that the bulk lane wrote; no `performed` is sent for its rows.

Arguments: cases (list of `Case`, as they stand at the end of the batch), today (date). `sender` is the model of the
cases' procedure. Events, participations and deadlines are in the database, and are not prefetched on the cases.
"""
