"""What PostgreSQL's planner knows of tables that grow by the thousand.

Its own housekeeping counts a table again within a minute or so. Until then a register that an import fills for the
first time is planned as if it were empty, and a figure's statement then compares every row with every other.
"""

from __future__ import annotations

from django.db import connection

ROWS = 250
"""Below so many new rows a table is not worth a look."""
_GROWN = """
    SELECT format('%%I.%%I', schemaname, relname) FROM pg_stat_user_tables
    WHERE schemaname = ANY (current_schemas(false))
      AND n_mod_since_analyze > %s AND n_mod_since_analyze > n_live_tup / 2
    ORDER BY relname
"""


def count_grown_tables() -> list[str]:
    """Have PostgreSQL look at the tables that have doubled since it last did; which these were.

    To be called between two transactions of an import; inside of one, and on other databases, nothing happens.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_GROWN, [ROWS])
        grown = [name for (name,) in cursor.fetchall()]
        if grown:
            cursor.execute(f"ANALYZE {', '.join(grown)}")
    return grown


__all__ = ["count_grown_tables"]
