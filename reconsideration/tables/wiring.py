"""What the tables of reconsideration make known when the program starts."""

from __future__ import annotations


def connect() -> None:
    """Called from `AppConfig.ready()` of reconsideration."""
    from casemgr.indicators.tables import definition
    from casemgr.indicators.tables.examples import register_example
    from casemgr.indicators.tables.facts import register_base
    from casemgr.indicators.tables.lists import register_list
    from casemgr.indicators.tables.official import register_book
    from reconsideration.tables.base import BASE
    from reconsideration.tables.examples import EXAMPLES
    from reconsideration.tables.lists import LISTS
    from reconsideration.tables.official import BOOK, TABLES

    register_base(BASE)
    register_list(*LISTS)
    register_book(BOOK)
    register_example(*EXAMPLES)
    definition.register(*TABLES)
