"""Was it in time? Days counted by hand; the law's caps; what is not known is never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from casemgr.calendar.source import built_in
from reconsideration.application_period import PeriodFacts, Result, assess

KNOWN = PeriodFacts(
    method="in_person",
    received_on=date(2026, 6, 1),
    acted_on=date(2026, 4, 1),
    known_on=date(2026, 4, 2),
    known_ground="signed",
    was_told_remedies=True,
    matter="penalty",
)


def judged(facts: PeriodFacts, **changes):
    with translation.override("en"):
        return assess(replace(facts, **changes), built_in())


def limit(assessment, code):
    return next(item for item in assessment.limits if item.code == code)


def test_sixty_days_from_knowing():
    found = judged(KNOWN)
    assert limit(found, "R-APPLY").due == date(2026, 6, 1)
    assert found.is_in_time is True
    late = judged(KNOWN, received_on=date(2026, 6, 2))
    assert late.is_in_time is False
    assert "1 day(s) after the last day" in " ".join(map(str, limit(late, "R-APPLY").lines))
    assert "20(2)" in str(late.advice[0])


@pytest.mark.parametrize(
    ("method", "sent_on", "counts"),
    [
        ("post", date(2026, 5, 30), date(2026, 5, 30)),
        ("online", date(2026, 5, 31), date(2026, 5, 31)),
        ("via_agency", date(2026, 5, 29), date(2026, 5, 29)),
        ("in_person", None, date(2026, 6, 3)),
        ("oral", None, date(2026, 6, 3)),
        ("online", None, date(2026, 6, 3)),
    ],
)
def test_which_day_counts(method, sent_on, counts):
    found = judged(KNOWN, method=method, sent_on=sent_on, received_on=date(2026, 6, 3))
    assert found.filed_on == counts
    assert found.is_in_time is (counts <= date(2026, 6, 1))


def test_days_of_obstacle_are_added():
    found = judged(KNOWN, received_on=date(2026, 6, 8), obstacle_days=7, obstacle_reason="住院")
    assert limit(found, "R-APPLY").due == date(2026, 6, 8)
    assert found.is_in_time is True


def test_a_longer_period_of_a_law_wins_and_a_shorter_one_gives_way():
    assert limit(judged(KNOWN, special_period_days=90), "R-APPLY").due == date(2026, 7, 1)
    assert limit(judged(KNOWN, special_period_days=15), "R-APPLY").due == date(2026, 6, 1)


def test_who_was_not_told_has_a_year_from_knowing_the_content():
    found = judged(KNOWN, was_told_remedies=False, received_on=date(2026, 10, 1))
    assert limit(found, "R-APPLY").result == Result.KEPT
    assert limit(found, "R-APPLY-1Y").due == date(2027, 4, 2)
    assert found.is_in_time is True
    late = judged(KNOWN, was_told_remedies=False, known_on=date(2025, 4, 2), acted_on=date(2025, 4, 1))
    assert late.is_in_time is False


def test_told_later_the_sixty_days_run_from_then_within_the_year():
    found = judged(
        KNOWN,
        was_told_remedies=False,
        known_ground="informed_later",
        known_on=date(2026, 5, 20),
        content_known_on=date(2026, 4, 2),
        received_on=date(2026, 7, 10),
    )
    assert limit(found, "R-APPLY").due == date(2026, 7, 20)
    assert limit(found, "R-APPLY-1Y").due == date(2027, 4, 2)
    assert found.is_in_time is True


def test_whether_the_remedies_were_told_is_asked_before_late_is_proposed():
    found = judged(KNOWN, was_told_remedies=None, received_on=date(2026, 8, 1))
    assert limit(found, "R-APPLY").result == Result.BROKEN
    assert found.is_in_time is None
    assert "20(3)" in str(found.open_questions[0])


@pytest.mark.parametrize(("real_estate", "in_time"), [(False, False), (True, True)])
def test_five_years_and_twenty_for_real_estate(real_estate, in_time):
    found = judged(KNOWN, acted_on=date(2021, 5, 3), concerns_real_estate=real_estate, received_on=date(2026, 6, 1))
    assert limit(found, "R-APPLY").result == Result.KEPT
    assert limit(found, "R-APPLY-MAX").due == (date(2041, 5, 3) if real_estate else date(2026, 5, 6))
    assert found.is_in_time is in_time


def test_an_unknown_day_of_knowing_is_not_guessed():
    found = judged(KNOWN, known_on=None, known_ground="", received_on=date(2026, 6, 2))
    assert limit(found, "R-APPLY").result == Result.UNKNOWN
    assert found.is_in_time is None
    from_the_act = judged(KNOWN, known_on=None, known_ground="", received_on=date(2026, 5, 29))
    assert from_the_act.is_in_time is True


def test_an_omission_waits_sixty_days_by_the_regulation_of_the_time():
    old = judged(
        KNOWN, matter="omission", acted_on=None, known_on=None, known_ground="", duty_requested_on=date(2026, 3, 2)
    )
    waiting = limit(old, "R-APPLY-OMIT")
    assert (waiting.due, waiting.rule.regulation.code) == (date(2026, 5, 6), "implementing-regulation-2007")
    assert limit(old, "R-APPLY").start == date(2026, 5, 6)
    assert old.is_in_time is True
    new = judged(
        KNOWN,
        matter="omission",
        acted_on=None,
        known_on=None,
        known_ground="",
        duty_requested_on=date(2026, 7, 2),
        received_on=date(2026, 8, 3),
    )
    assert limit(new, "R-APPLY-OMIT").rule.regulation.code == "implementing-regulation-2026"
    assert new.is_in_time is None
    assert "too early" in " ".join(map(str, limit(new, "R-APPLY-OMIT").lines))


def test_the_old_law_has_neither_year_nor_outer_limit():
    found = judged(
        KNOWN, law_version="2017", was_told_remedies=None, received_on=date(2023, 12, 1),
        acted_on=date(2015, 1, 5), known_on=date(2023, 10, 20),
    )  # fmt: skip
    assert [item.code for item in found.limits] == ["R-APPLY"]
    assert found.is_in_time is True
    assert limit(found, "R-APPLY").rule.citation == "9"


def test_the_first_day_follows_the_regulation_of_that_day():
    old = " ".join(map(str, limit(judged(KNOWN), "R-APPLY").lines))
    assert "Implementing Regulation (2007), art. 15" in old and "refusal to sign" in old
    after = judged(KNOWN, acted_on=date(2026, 7, 1), known_on=date(2026, 7, 2), received_on=date(2026, 7, 9))
    new = " ".join(map(str, limit(after, "R-APPLY").lines))
    assert "Implementing Regulation (2026), art. 23" in new and "closer look" not in new


def test_a_day_of_an_unpublished_year_is_marked():
    found = judged(KNOWN, acted_on=date(2026, 11, 20), known_on=date(2026, 11, 23), received_on=date(2026, 11, 25))
    assert limit(found, "R-APPLY").is_estimated
    assert found.is_estimated


def test_art_20_no_applicant_is_late_on_an_estimated_calendar():
    # 60 days from 3 November 2026 end on Saturday 2 January 2027; which day follows is known only from the notice
    found = judged(KNOWN, acted_on=date(2026, 11, 3), known_on=date(2026, 11, 3), received_on=date(2027, 1, 6))
    assert limit(found, "R-APPLY").is_estimated
    assert found.is_in_time is None
