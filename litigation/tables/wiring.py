"""What the tables of litigation make known when the program starts."""

from __future__ import annotations


def connect() -> None:
    """Called from `AppConfig.ready()` of litigation."""
    from django.utils.translation import pgettext_lazy

    from casemgr.indicators.tables import definition
    from casemgr.indicators.tables.facts import register_base
    from casemgr.indicators.tables.lists import register_list
    from casemgr.indicators.tables.official import register_book
    from casemgr.organisation.roles import roles_for
    from casemgr.web.navigation import STATISTICS, Entry, share
    from litigation.tables import listening
    from litigation.tables.base import BASES
    from litigation.tables.lists import LISTS
    from litigation.tables.official import BOOK, TABLES

    register_base(*BASES)
    register_list(*LISTS)
    register_book(BOOK)
    definition.register(*TABLES)
    tables = pgettext_lazy("navigation", "Tables of reconsideration and suits")
    share(Entry(tables, "official_list", roles_for("litigation"), order=54, group=STATISTICS))
    listening.connect()
