"""The statements that keep the roll-up of some cases equal to the register, compiled once per process.

Written in SQL because every action pays for them: to build and compile these queries anew costs ten times what the
database needs to answer. What is counted stands in the indicators alone; here it is only wrapped.

For many cases `take_away` and `add` leave the comparing to the database. For a few, PostgreSQL needs longer to plan
the count than to do it: it is asked once, by `counted` beside `in_roll_up`, and the caller compares the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection

from casemgr.indicators.definition import COLUMNS, Indicator
from casemgr.indicators.models import CountedRow

Statement = tuple[str, tuple[Any, ...]]


def take_away(indicators: Sequence[Indicator], case_ids: Collection[int]) -> Statement:
    """Delete what the roll-up has and the register has not."""
    counted, params = _counted(tuple(indicators), connection.vendor)
    same = " AND ".join(_same(column) for column in COLUMNS)
    ids = _listed(case_ids)
    return (
        f"DELETE FROM {_table()} WHERE case_id IN ({ids}) AND indicator IN ({_marks(indicators)}) AND NOT EXISTS "
        f"(SELECT 1 FROM ({counted}) c WHERE c.c_case_id IN ({ids}) AND {same})",
        (*(one.code for one in indicators), *params),
    )


def add(indicators: Sequence[Indicator], case_ids: Collection[int]) -> Statement:
    """Insert what the register has and the roll-up has not, in one order for everybody."""
    counted, params = _counted(tuple(indicators), connection.vendor)
    columns = _columns()
    of_count = ", ".join(f"c.c_{column}" for column in COLUMNS)
    ids = _listed(case_ids)
    return (
        f"INSERT INTO {_table()} ({columns}) SELECT {of_count} FROM ({counted}) c WHERE c.c_case_id IN ({ids}) "
        f"EXCEPT SELECT {columns} FROM {_table()} WHERE case_id IN ({ids}) ORDER BY 1, 2",
        params,
    )


def counted(indicators: Sequence[Indicator], case_ids: Collection[int]) -> Statement:
    """Read what the register has, as rows of `COLUMNS`."""
    of_cases, params = _counted(tuple(indicators), connection.vendor)
    columns = ", ".join(f"c.c_{column}" for column in COLUMNS)
    return f"SELECT {columns} FROM ({of_cases}) c WHERE c.c_case_id IN ({_listed(case_ids)})", params


def in_roll_up(indicators: Sequence[Indicator], case_ids: Collection[int]) -> Statement:
    """Read what the roll-up has, as the same rows."""
    return (
        f"SELECT {_columns()} FROM {_table()} "
        f"WHERE case_id IN ({_listed(case_ids)}) AND indicator IN ({_marks(indicators)})",
        tuple(one.code for one in indicators),
    )


def remove() -> str:
    """Delete one row of the roll-up, by indicator and row."""
    return f"DELETE FROM {_table()} WHERE indicator = %s AND row_id = %s"


def insert() -> str:
    """Insert one row of `COLUMNS` into the roll-up."""
    return f"INSERT INTO {_table()} ({_columns()}) VALUES ({_marks(COLUMNS)})"


@lru_cache(maxsize=64)
def _counted(indicators: tuple[Indicator, ...], vendor: str) -> Statement:
    """Every row the kept indicators count, without end: the caller narrows it to its cases."""
    parts, params = [], []
    for one in indicators:
        query = one.counting().values_list(*(f"c_{column}" for column in COLUMNS)).query
        sql, values = query.sql_with_params()
        parts.append(sql)
        params += values
    return " UNION ALL ".join(parts), tuple(params)


def _same(column: str) -> str:
    mine, theirs = f"{_table()}.{_quoted(column)}", f"c.c_{column}"
    if column == "officer_id":  # the one that may be empty
        return f"COALESCE({mine}, 0) = COALESCE({theirs}, 0)"
    return f"{mine} = {theirs}"


def _columns() -> str:
    return ", ".join(_quoted(column) for column in COLUMNS)


def _table() -> str:
    return _quoted(CountedRow._meta.db_table)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _marks(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _listed(case_ids: Collection[int]) -> str:
    """Whole numbers written out: there may be more of them than a statement takes parameters."""
    return ", ".join(str(int(pk)) for pk in sorted(case_ids))
