"""A local day off moves the running periods across it, and taking it back moves them home."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions.perform import perform
from casemgr.calendar import current
from tests.support.clock_cases import a_received_case, due, fresh
from tests.support.register import person

pytestmark = pytest.mark.django_db


def test_a_local_day_off_moves_the_running_periods_across_it():
    current.forget()
    case, elsewhere = a_received_case(date(2026, 8, 3)), a_received_case(date(2026, 9, 1))
    assert due(case, "R-ACC") == date(2026, 8, 10)
    untouched = due(elsewhere, "R-ACC")
    admin = person("calendar-admin", "admin")
    sent = {"date": "2026-08-05", "kind": "local_off", "name": "那达慕", "source": "鄂府办〔2026〕1号"}
    row = perform("calendar.override", None, sent, admin, date(2026, 8, 4))
    assert due(case, "R-ACC") == fresh(case).next_due_on == date(2026, 8, 11)
    assert due(elsewhere, "R-ACC") == untouched
    changed = case.deadlines.get(rule="R-ACC").history.first()
    assert (changed.history_action, changed.history_actor_name) == ("calendar.override", admin.full_name)
    perform("calendar.remove_override", row, {"reason": "登记有误"}, admin, date(2026, 8, 4))
    assert due(case, "R-ACC") == date(2026, 8, 10)
