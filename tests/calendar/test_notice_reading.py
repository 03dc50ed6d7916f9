"""Holiday notices of two decades are read into the days that were really off, and their contradictions explained."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from chinese_calendar.constants import holidays, workdays

from casemgr.calendar.notice.judging import belongs_to, judge
from casemgr.calendar.notice.reading import HOLIDAY, WORKING, NoticeDay, read
from casemgr.calendar.source import NAMES

NOTICES = Path(__file__).parent / "notices"
YEARS = sorted(int(path.stem) for path in NOTICES.glob("*.txt"))


def the_notice(year: int) -> str:
    return (NOTICES / f"{year}.txt").read_text(encoding="utf-8")


def matters(days) -> set[tuple[date, str]]:
    """A day off at a weekend is off anyway."""
    return {(day, kind) for day, kind in days if (kind == WORKING) == (day.weekday() >= 5)}


@pytest.mark.parametrize("year", YEARS)
def test_a_years_notice_gives_the_days_that_were_off_and_worked(year: int) -> None:
    known = [(day, HOLIDAY, name) for day, name in holidays.items()]
    known += [(day, WORKING, name) for day, name in workdays.items()]
    expected = matters((day, kind) for day, kind, name in known if belongs_to(day, NAMES.get(name, name)) == year)
    reading = read(the_notice(year), year)
    assert reading.findings == []
    assert matters((item.day, item.kind) for item in reading.days) == expected
    assert judge(reading.days, year) == []


def test_people_encouraged_to_rest_on_new_years_eve_are_not_off() -> None:
    assert date(2024, 2, 9) not in {item.day for item in read(the_notice(2024), 2024).days}


@pytest.mark.parametrize("year", [2023, 2025, 2026])
def test_the_text_pasted_as_one_line_reads_the_same(year: int) -> None:
    text = the_notice(year)
    assert read(text.replace("\n", ""), year) == read(text, year)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("1月1日（周四）", "1月1日（周三）", "2026-01-01 是周四"),
        ("共9天", "共8天", "春节：共8天"),
        ("2026年部分", "2025年部分", "2025 ≠ 2026"),
        ("4月4日（周六）至6日（周一）", "4月31日（周六）至6日（周一）", "4月31日"),
    ],
)
def test_a_contradiction_in_the_text_is_named(right: str, wrong: str, said: str) -> None:
    text = the_notice(2026)
    assert right in text
    findings = read(text.replace(right, wrong, 1), 2026).findings
    assert [finding for finding in findings if finding.is_error and said in str(finding)], findings


def test_a_day_off_and_worked_is_a_contradiction() -> None:
    days = [*read(the_notice(2026), 2026).days, NoticeDay(date(2026, 2, 15), WORKING, "春节")]
    assert [finding.detail for finding in judge(days, 2026) if finding.is_error] == ["2026-02-15"]


@pytest.mark.parametrize("name", ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"])
def test_a_holiday_of_the_regulation_that_is_missing_is_a_warning(name: str) -> None:
    days = [item for item in read(the_notice(2026), 2026).days if item.name != name]
    findings = judge(days, 2026)
    assert findings
    assert all(not finding.is_error and name in finding.detail for finding in findings)


@pytest.mark.parametrize("text", ["", "没有放假安排", "一、元旦：放假。", "元旦：13月45日放假", "1月1日" * 500])
def test_a_text_that_orders_nothing_says_so(text: str) -> None:
    assert any(finding.is_error for finding in read(text, 2026).findings)
