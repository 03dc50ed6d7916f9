"""The entries of many cases at once, for whoever reads cases anew to count them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from casemgr.cases.events import CORRECTION, SPLIT, STRIKE
from casemgr.cases.held_entries import held_of
from casemgr.cases.models import Event

COLUMNS = ("case", "kind", "occurred_on", "subject", "sequence", "corrects", "party", "data")
"""What a reader may look at."""
_written: ContextVar[Mapping[int, Sequence[Event]]] = ContextVar("entries_just_written")


def entries_of(case_ids: Collection[int], kinds: Collection[str]) -> Mapping[int, list[Event]]:
    """By case, its entries of the kinds with whatever corrects, strikes or splits them; to be folded.

    One query, and none for cases of a batch that was just written or of which the running action holds the entries.
    """
    wanted, written = {*kinds, CORRECTION, STRIKE, SPLIT}, _written.get({})
    found: dict[int, list[Event]] = defaultdict(list)
    asked = []
    for pk in case_ids:
        if (held := held_of(pk)) is not None:
            found[pk] = [event for event in held.all() if event.kind in wanted]
        elif pk in written:
            found[pk] = [event for event in written[pk] if event.kind in wanted]
        else:
            asked.append(pk)
    if asked:
        for event in Event.objects.filter(case_id__in=asked, kind__in=sorted(wanted)).only(*COLUMNS).order_by():
            found[event.case_id].append(event)
    return found


@contextmanager
def just_written(entries: Mapping[int, Sequence[Event]]) -> Iterator[None]:
    """Within, these are all the entries that there are of these cases, by case: nobody needs to ask for them."""
    token = _written.set(entries)
    try:
        yield
    finally:
        _written.reset(token)


__all__ = ["entries_of", "just_written"]
