"""T1 to T5 and T11 against a slow count in Python, on offices at random: year ends, corrections, reopened, empty."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from casemgr.indicators.tables.asking import of_part
from casemgr.indicators.tables.counting import Sheet, broken_between, sheet, sheets
from casemgr.indicators.tables.keeping import refresh
from casemgr.indicators.tables.official import books, official_tables
from casemgr.indicators.tables.rows import behind
from reconsideration.models import ManagementAreaRow
from tests.support.applications import MERITS, Application, an_office, slow_t1, write

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 1)
PERIODS = [(year, part) for year in (2025, 2026, 2027) for part in (0, 1, 2)]
QUICK = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def counted(code: str, year: int, part: int = 0) -> Sheet:
    return sheet(official_tables()[code], of_part(year, part, None, TODAY).span, None, Q())


def nonzero(values) -> dict[str, int]:
    return {code: value for code, value in values.items() if value}


@example(432, 26)
@given(st.integers(0, 10_000), st.integers(0, 60))
@QUICK
def test_the_tables_say_what_a_slow_count_says(seed: int, number: int) -> None:
    with transaction.atomic():
        compare(an_office(seed, number, date(2025, 6, 1), date(2027, 2, 1)))
        transaction.set_rollback(True)


def compare(told: list[Application]) -> None:
    refresh([case.pk for case in write(told)], TODAY)
    areas = {str(pk) for pk in ManagementAreaRow.objects.values_list("pk", flat=True)}
    for year, part in PERIODS:
        span = of_part(year, part, None, TODAY).span
        whole = counted("T1", year, part)
        expected = slow_t1(told, span.first, span.end) if span.first <= span.end else {}
        assert nonzero(whole.values) == expected, (year, part)
        for line in counted("T2", year, part).lines:
            keep = lambda one, line=line: (one.matter or "-") == line.line.code  # noqa: E731
            slow = slow_t1(told, span.first, span.end, keep) if expected else {}
            assert nonzero(line.values).items() <= slow.items(), line.line.code
            assert line.values.get("new", 0) == slow.get("new", 0)
            assert line.values.get("open", 0) == slow.get("open", 0)
        for line in counted("T3", year, part).lines:
            assert line.line.code in areas | {"-"}
        found = sheets(books()["reconsideration"], span, None, Q())
        assert broken_between(books()["reconsideration"], found) == []
        assert [one.broken for one in found.values()] == [()] * len(found)
        quality = found["T11"].values
        assert quality.get("merits", 0) == sum(whole.values.get(f"end_{code}", 0) for code in MERITS)
        assert quality.get("closed", 0) == whole.values.get("closed", 0)


@pytest.mark.parametrize(
    ("entries", "correcting", "suspended"),
    [
        # a notice sent when silence had accepted the application already
        ([("received", 1), ("accepted", 8), ("correction_notice_issued", 12)], 0, 0),
        ([("received", 1), ("correction_notice_issued", 5)], 1, 0),
        ([("received", 1), ("correction_notice_issued", 5), ("accepted", 8)], 0, 0),
        ([("received", 1), ("accepted", 8), ("suspended", 12)], 0, 1),
        # the day of acceptance was corrected to one after the suspension
        ([("received", 1), ("suspended", 12), ("accepted", 28)], 0, 1),
        ([("received", 1), ("suspended", 12)], 0, 0),
    ],
)
def test_who_waits_for_correction_is_not_under_trial_and_who_is_suspended_is(entries, correcting, suspended) -> None:
    told = [(kind, date(2026, 1, day), {}) for kind, day in entries]
    compare([Application(told, "penalty")])
    values = counted("T1", 2026).values
    assert (values.get("correcting", 0), values.get("suspended", 0)) == (correcting, suspended)


def test_every_number_leads_to_exactly_its_rows() -> None:
    refresh([case.pk for case in write(an_office(7, 150, date(2025, 6, 1), date(2026, 12, 1)))], TODAY)
    for code in ("T1", "T2", "T4", "T5"):
        found = counted(code, 2026)
        for line in [None, *found.lines]:
            values = line.values if line else found.values
            for column in found.table.columns:
                rows = behind(found.table, column, line.line.code if line else "", found.span, None, Q())
                total = sum(row.value for row in rows) if column.code == "applicants" else rows.count()
                assert total == values.get(column.code, 0), (code, line and line.line.code, column.code)


def test_an_empty_office_has_noughts_that_balance() -> None:
    found = sheets(books()["reconsideration"], of_part(2026, 0, None, TODAY).span, None, Q())
    assert all(not one.values and not one.broken for one in found.values())
    assert broken_between(books()["reconsideration"], found) == []
