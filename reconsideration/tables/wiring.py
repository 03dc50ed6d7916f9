"""What the tables of reconsideration make known when the program starts."""

from __future__ import annotations


def connect() -> None:
    """Called from `AppConfig.ready()` of reconsideration."""
    from django.utils.translation import pgettext_lazy

    from casemgr.indicators.tables import definition
    from casemgr.indicators.tables.examples import register_example
    from casemgr.indicators.tables.facts import register_base
    from casemgr.indicators.tables.lists import register_list
    from casemgr.indicators.tables.official import register_book
    from casemgr.organisation.roles import roles_for
    from casemgr.web.navigation import STATISTICS, Entry, share
    from reconsideration.tables.base import BASE
    from reconsideration.tables.examples import EXAMPLES
    from reconsideration.tables.lists import LISTS
    from reconsideration.tables.official import BOOK, TABLES

    register_base(BASE)
    register_list(*LISTS)
    register_book(BOOK)
    register_example(*EXAMPLES)
    definition.register(*TABLES)
    tables = pgettext_lazy("navigation", "Tables of reconsideration and suits")
    share(Entry(tables, "official_list", roles_for("reconsideration"), order=54, group=STATISTICS))
