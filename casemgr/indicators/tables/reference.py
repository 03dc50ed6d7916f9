"""What an installation or an upgrade brings in: the lists of the tables, and marks that are new or read otherwise."""

from __future__ import annotations

from casemgr.audit.context import audited
from casemgr.indicators.tables.examples import load_examples
from casemgr.indicators.tables.keeping import rebuild_stale
from casemgr.indicators.tables.lists import load_seeds
from casemgr.pages.clock import today


def load_reference() -> None:
    with audited(action="official_tables.load_reference"):
        load_seeds()
        load_examples()
    rebuild_stale(today())
