"""Lengths, units and starts read in the statutes themselves, counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.calendar.source import built_in
from casemgr.timelimits import registry
from casemgr.timelimits.arithmetic import Unit, compute

CALENDAR = built_in()


def due(code: str, start: date, law: str = "") -> date | None:
    return compute(registry.rule(code, start, law=law).period, start, CALENDAR).due


BY_HAND = [
    # 国家赔偿法 14(2): three months from the day of the decision, not only from the expiry of the two months
    ("L-COMP-SUE-DECISION", date(2026, 3, 10), date(2026, 6, 10), "State Compensation Law 14(2)"),
    # 行政强制法 58(3), 69: 十五日 are calendar days, from receipt of the ruling; 3 May rolls to the 6th
    ("L-NONLIT-C-OBJECT-ENFORCE", date(2026, 4, 18), date(2026, 5, 6), "Compulsion Law 58(3)"),
    # 行政强制法 54, 69: 催告 十日 are working days; Sat 9 May works
    ("L-NONLIT-DEMAND", date(2026, 4, 28), date(2026, 5, 14), "Compulsion Law 54, 69"),
    # 行政诉讼法 85, 行诉解释 48: 十日 in litigation are calendar days; 2 May rolls over the holiday
    ("L-APPEAL-R", date(2026, 4, 22), date(2026, 5, 6), "Litigation Law 85; Interpretation 48"),
    # 医疗纠纷预防和处理条例 38: thirty working days
    ("M-MED", date(2026, 9, 1), date(2026, 10, 19), "Medical Disputes Regulation 38"),
    # 在线调解规则 12: three working days
    ("M-ACK", date(2026, 4, 28), date(2026, 5, 6), "Online Mediation Rules 12"),
    # 政府信息公开司法解释 11: twenty working days; 4 to 6 May off, Sat 9 May works
    ("L-PERF-INFO", date(2026, 4, 20), date(2026, 5, 20), "Disclosure Interpretation 11"),
]


@pytest.mark.parametrize(("code", "start", "expected", "article"), BY_HAND, ids=[f"{c}-{a}" for c, _, _, a in BY_HAND])
def test_period_of_the_article_counted_by_hand(code, start, expected, article) -> None:
    assert due(code, start) == expected, article


# Reconsideration Law 2023, art. 88(2): 三日 五日 七日 十日 are working days, 十五日 三十日 六十日 calendar days;
# Reconsideration Law 2017, art. 40(2): only 五日 七日.
@pytest.mark.parametrize(("law", "working"), [("2023", {3, 5, 7, 10}), ("2017", {5, 7})])
def test_reconsideration_law_88_2_and_40_2_decide_the_unit(law: str, working: set[int]) -> None:
    for rule in registry.all_rules():
        if not rule.code.startswith("R-") or rule.law is None or rule.law.version != law or rule.period is None:
            continue
        if rule.code in ("R-PUB", "R-CONFLICT-AGREE", "R-CONFLICT-DESIGNATE"):
            continue  # not the law's own periods: 政府信息公开条例 26; 实施条例 2007, art. 30
        if rule.period.unit in (Unit.WORKING_DAYS, Unit.WORKING_DAYS_BEFORE):
            assert rule.period.length in working, rule.code
        elif rule.period.unit is Unit.CALENDAR_DAYS:
            assert rule.period.length not in working, rule.code


# 行诉解释 48: litigation knows no working days, but for the Compulsion Law's ten days and less (art. 69) and the
# twenty working days of the disclosure interpretation (art. 11).
def test_litigation_counts_calendar_days_but_for_two_texts() -> None:
    for rule in registry.all_rules():
        if rule.code[:2] in ("L-", "J-", "P-") and rule.period is not None and rule.period.unit is Unit.WORKING_DAYS:
            assert rule.law.code in ("administrative-compulsion-law", "disclosure-interpretation-2025"), rule.code
            assert rule.period.length <= 10 or rule.code == "L-PERF-INFO"
        if rule.law and rule.law.code == "administrative-compulsion-law" and rule.period:
            days = rule.period.unit is Unit.CALENDAR_DAYS
            assert not (days and rule.period.length <= 10), rule.code


# Only the days the counting needs lean on a year: the last published working day is certain, the next one is not.
@pytest.mark.parametrize(
    ("code", "start", "end", "status"),
    [
        ("R-ACC", date(2026, 12, 24), date(2026, 12, 31), "published"),
        ("R-ACC", date(2026, 12, 25), date(2027, 1, 4), "estimated"),
        ("R-DEC", date(2026, 11, 1), date(2026, 12, 31), "published"),
        ("R-DEC", date(2026, 11, 2), date(2027, 1, 4), "estimated"),
        ("R-DEC", date(2026, 10, 27), date(2026, 12, 28), "published"),
        ("L-SUE6M", date(2026, 6, 30), date(2026, 12, 30), "published"),
    ],
)
def test_what_leans_on_an_estimated_year(code, start, end, status) -> None:
    found = compute(registry.rule(code, start, law="2023").period, start, CALENDAR)
    assert (found.due, found.calendar_status) == (end, status)
