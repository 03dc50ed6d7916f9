"""Five clear working days before the hearing, counted by hand (art. 51(1); calendar of 2026: dossier §3.3)."""

from __future__ import annotations

from datetime import date

import pytest

from reconsideration.hearings.notice_days import notice_days

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "planned, strict, loose",
    [
        ("2026-10-13", "2026-09-29", "2026-09-30"),  # V33: Saturday 10 October works, the 1st to the 7th are off
        ("2026-12-08", "2026-11-30", "2026-12-01"),  # between: 1, 2, 3, 4, 7 December
        ("2026-05-14", "2026-05-07", "2026-05-08"),  # between: 8, Saturday 9 (works), 11, 12, 13
        ("2026-02-26", "2026-02-11", "2026-02-12"),  # between: 12, 13, Saturday 14 (works), 24, 25
        ("2026-06-22", "2026-06-11", "2026-06-12"),  # 19 June is off; between: 12, 15, 16, 17, 18
    ],
)
def test_last_day_of_the_notice(planned: str, strict: str, loose: str) -> None:
    found = notice_days(date.fromisoformat(planned))
    assert (found.strict.isoformat(), found.loose.isoformat()) == (strict, loose)
    assert found.judge(found.strict) == "in_time"
    assert found.judge(found.loose) == "gap"
    assert found.judge(date.fromisoformat(planned)) == "late"
    assert found.judge(None) == "missing"


def test_the_old_law_knows_no_notice_period() -> None:
    assert notice_days(date(2023, 11, 7), "2017") is None
