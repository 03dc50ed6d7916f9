"""Proposals with their sources; a person decides."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from reconsideration.proposals import examine, propose_mandatory_first, propose_simplified, representatives_note
from reconsideration.registration.recording import law_version_on

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "ground"),
    [
        ({"known_ground": "on_the_spot"}, "on_the_spot"),
        ({"act_title": "警告处罚决定"}, "warning"),
        ({"amount_yuan": "3000"}, "small_amount"),
        ({"amount_yuan": "3000.01"}, None),
        ({"matter": "disclosure", "act_title": "政府信息公开答复书"}, "disclosure"),
        ({"act_title": "行政拘留处罚决定", "amount_yuan": "200"}, None),
        ({}, None),
        ({"received_on": "2023-12-29", "acted_on": "2023-11-12", "known_on": "2023-11-14", "amount_yuan": "200"}, None),
    ],
)
def test_the_simplified_procedure_is_proposed_by_article_53(register, application, changes, ground):
    assert propose_simplified(register(application, **changes)) == ground


@pytest.mark.parametrize(
    ("matter", "ground", "title", "article"),
    [
        ("penalty", "on_the_spot", "处罚决定", "23(1)(1)"),
        ("penalty", "signed", "处罚决定", None),
        ("right_determ", "", "林地权属处理决定", "23(1)(2)"),
        ("omission", "", "未履行查处职责", "23(1)(3)"),
        ("omission", "", "拒绝履行查处职责", None),
        ("disclosure", "", "不予公开告知书", "23(1)(4)"),
        ("disclosure", "", "公开告知书", None),
    ],
)
def test_reconsideration_first_by_article_23(matter, ground, title, article):
    found = propose_mandatory_first(matter, ground, title)
    assert (found.article if found else None) == article


def test_the_seven_conditions_are_proposed_and_nothing_is_decided(register, application, officer, today):
    case = register(application, was_told_remedies=True)
    with translation.override("en"):
        found = examine(case, officer, today)
    assert [line.answer for line in found.tests] == [True, None, True, True, True, True, True]
    assert all(str(line.why) and line.source for line in found.tests)
    assert case.facts.acceptance_tests == {}


def test_what_speaks_against_acceptance_is_shown(register, application, officer, today, make_user):
    first = register(application)
    case = register(
        application,
        same_act_checked=True,
        acted_on="2026-04-01",
        known_on="2026-04-02",
        was_told_remedies=True,
        act_title="信访事项答复",
        reasons="",
        respondents=[{"name": "达拉特旗人民政府", "agency_kind": "banner_government"}],
    )
    with translation.override("en"):
        found = examine(case, officer, today)
    assert [line.answer for line in found.tests][2:6] == [None, False, False, False]
    again = register(application, same_act_checked=True)
    with translation.override("en"):
        hint = examine(again, officer, today).tests[6]
    assert hint.answer is None and first.number in str(hint.why)


def test_groups_elect_representatives_by_the_regulation_of_the_time():
    new, old = date(2026, 7, 1), date(2026, 6, 30)
    assert representatives_note(10, 0, new) is None
    assert representatives_note(11, 1, new) is not None
    assert representatives_note(11, 2, new) is None
    assert representatives_note(6, 0, old) is not None
    assert representatives_note(6, 1, old) is None


@pytest.mark.parametrize(("day", "law"), [(date(2023, 12, 31), "2017"), (date(2024, 1, 1), "2023")])
def test_law_version_by_the_day_of_receipt(day, law):
    assert law_version_on(day) == law
