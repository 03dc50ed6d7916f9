"""Tables as known on past days: what is counted again for a day is what was counted and kept on that day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Q
from hypothesis.stateful import invariant

from casemgr.actions.perform import perform
from casemgr.cases.models import Case
from casemgr.indicators.definition import FOREVER
from casemgr.indicators.tables.asking import NoTable, asked, days_of, demand_known
from casemgr.indicators.tables.counting import sheet
from casemgr.indicators.tables.definition import Span
from casemgr.indicators.tables.facts import bases
from casemgr.indicators.tables.keeping import kept_since, rebuild, refresh
from casemgr.indicators.tables.models import KnownBase, KnownMark
from casemgr.indicators.tables.official import official_tables
from casemgr.indicators.tables.rows import behind, differing
from casemgr.operation.sweep import sweep
from tests.cases.test_annulment_machine import Register, check
from tests.support.applications import an_office, write
from tests.support.flow import received

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BASE = "reconsideration"


def told(as_of: date, known: date | None, reach: Q | None = None) -> dict[str, Any]:
    """Three tables of three periods, as they are counted."""
    return {
        (code, year, part): [(one.line.code, dict(one.values)) for one in found.lines] + [dict(found.values)]
        for code in ("T1", "T2", "T11")
        for year, part in ((2025, 0), (2026, 2), (2027, 1))
        for found in [sheet(official_tables()[code], Span(*days_of(year, part), as_of), known, reach or Q())]
    }


def marks_now() -> list[tuple]:
    rows = KnownMark.objects.filter(known_until=FOREVER)
    return sorted(rows.values_list("kind", "row_id", "on", "until", "value", "unit_id"))


class Known(Register):
    """The machine of random deeds, corrections and annulments; each day's tables are kept as they were that evening."""

    @invariant()
    def past_days_say_what_they_said(self) -> None:
        if not hasattr(self, "day"):
            return
        if not hasattr(self, "kept"):
            self.kept: dict[date, Any] = {}
        own = Q(case=self.flow.case)  # other examples' cases live in days of their own
        self.kept[self.day] = told(self.day, None, own)
        for day, what in self.kept.items():
            assert told(day, day, own) == what, day

    def teardown(self) -> None:
        """What the register itself must be is tested where the machine comes from; the marks are what is read now."""
        if hasattr(self, "flow"):
            before = marks_now()
            assert refresh([self.flow.case.pk], self.day) == (0, 0)
            assert marks_now() == before


def test_every_past_day_is_known_as_it_was_told() -> None:
    check(3, 14, Known)


@pytest.mark.long
def test_every_past_day_is_known_as_it_was_told_at_length() -> None:
    check(120, 25, Known)


def test_what_was_entered_late_is_not_known_before() -> None:
    flow = received(date(2026, 9, 1))
    flow.on(date(2026, 9, 4)).accept()
    late = {"event": flow.case.events.get(kind="accepted").pk, "on": date(2026, 9, 3), "reason": "误录"}
    perform("cases.correct_date", flow.case, late, flow.office["officer"], date(2026, 9, 9))
    table, span = official_tables()["T1"], Span(*days_of(2026, 2), date(2026, 9, 9))
    column = table.column("accepted")
    assert [row.on for row in behind(table, column, "", span, date(2026, 9, 8), Q())] == [date(2026, 9, 4)]
    assert [row.on for row in behind(table, column, "", span, None, Q())] == [date(2026, 9, 3)]
    found = differing(table, column, "", span, (date(2026, 9, 8), None), Q())
    assert [(one.case.pk, one.what) for one in found] == [(flow.case.pk, "有变动")]
    assert "2026-09-04" in found[0].before and "2026-09-03" in found[0].after
    assert [one.what for one in differing(table, column, "", span, (date(2026, 9, 3), None), Q())] == ["新增"]


def test_the_sweep_is_known_from_its_night() -> None:
    received(date(2026, 9, 1))
    sweep(date(2026, 9, 9))
    table, span = official_tables()["T1"], Span(*days_of(2026, 2), date(2026, 9, 9))
    assert sheet(table, span, date(2026, 9, 8), Q()).values.get("deemed", 0) == 0
    assert sheet(table, span, None, Q()).values["deemed"] == 1


def test_a_first_reading_knows_nothing_of_the_days_before() -> None:
    refresh([case.pk for case in write(an_office(1, 5, date(2025, 1, 1), date(2026, 1, 1)))], date(2026, 3, 1))
    KnownMark.objects.all().delete()
    KnownBase.objects.all().delete()
    base = bases()[BASE]
    assert kept_since(base) is None
    rebuild(base, date(2026, 3, 5))
    assert kept_since(base) == date(2026, 3, 5)
    today = date(2026, 3, 9)
    demand_known(official_tables()["T1"], asked({"year": "2026", "as_of": "2026-03-05"}, today))
    with pytest.raises(NoTable):
        demand_known(official_tables()["T1"], asked({"year": "2026", "as_of": "2026-03-04"}, today))


def test_another_way_of_reading_leaves_what_was_known() -> None:
    cases = write(an_office(2, 30, date(2025, 6, 1), date(2026, 2, 1)))
    refresh([case.pk for case in cases], date(2026, 3, 1))
    before = told(date(2026, 3, 1), None)
    KnownBase.objects.filter(base=BASE).update(version=0)
    KnownMark.objects.filter(kind="application").update(value=0)  # as an older version would have read them
    older = told(date(2026, 3, 1), None)
    rebuild(bases()[BASE], date(2026, 3, 8))
    assert told(date(2026, 3, 7), date(2026, 3, 7)) != before
    assert told(date(2026, 3, 1), date(2026, 3, 1)) == older
    assert told(date(2026, 3, 1), None) == before
    assert Case.objects.count() >= 30


def test_an_agency_of_another_kind_moves_its_cases_from_that_day() -> None:
    flow = received(date(2026, 9, 1))
    agency = flow.respondent
    table, span = official_tables()["T4"], Span(*days_of(2026, 2), date(2026, 9, 9))
    data = {"name": agency.name, "agency_kind": "vertical", "kind": "agency"}
    keeper = flow.office["head"]
    before = {one.line.code: one.values for one in sheet(table, span, None, Q()).lines}
    assert before["department"]["new"] == 1
    perform("party.correct", agency, {**data, "reason": "机构改革"}, keeper, date(2026, 9, 5))
    after = {one.line.code: one.values for one in sheet(table, span, None, Q()).lines}
    assert after["upper"]["new"] == 1 and not after["department"]
    assert {one.line.code: one.values for one in sheet(table, span, date(2026, 9, 4), Q()).lines} == before
