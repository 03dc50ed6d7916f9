"""Alerts by rule: raised once, not repeated for the same thing, ended by themselves, noted by a person."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casemgr.actions.errors import NotVisible
from casemgr.actions.perform import perform
from casemgr.boards.alerts.evaluating import evaluate, words_of
from casemgr.boards.models import Alert, AlertRule, Condition
from casemgr.boards.reference import load_reference
from casemgr.cases.models import Case
from casemgr.notices.models import Notice
from casemgr.pages.clock import today as clock_today
from tests.support.register import OTHER, person, received_case

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def office() -> dict[str, Any]:
    """Two heads, of which one has an overdue case; one rule."""
    AlertRule.objects.all().delete()
    today = clock_today()
    officer = person("li", "officer")
    case = received_case(today - 30 * DAY, today, handler=officer)
    rule = AlertRule.objects.create(
        watched="overdue", condition=Condition.ABOVE, threshold=Decimal(0), roles=["head"], every_days=7
    )
    head = person("chen", "head")
    return {"today": today, "case": case, "rule": rule, "head": head, "other": person("else", "head", at=OTHER)}


def told(user: Any) -> int:
    return Notice.objects.filter(recipient=user, kind="board_alert").count()


def test_an_alert_is_raised_for_whose_reach_it_holds_and_told_once(office: Any) -> None:
    today, head = office["today"], office["head"]
    assert evaluate(today) == {"raised": 1, "told": 1, "over": 0}
    alert = Alert.objects.get()
    assert (alert.user, alert.value, alert.raised_on) == (head, 1, today)
    assert told(head) == 1 and told(office["other"]) == 0
    for later in range(7):
        evaluate(today + later * DAY)
    assert told(head) == 1, "not every day for the same thing"
    evaluate(today + 7 * DAY)
    assert told(head) == 2 and Alert.objects.count() == 1


def test_who_has_taken_note_is_not_told_again(client: Client, office: Any) -> None:
    today, head = office["today"], office["head"]
    evaluate(today)
    alert = Alert.objects.get()
    with pytest.raises(NotVisible):
        perform("alert.note", alert, {"note": ""}, office["other"], today)
    client.force_login(head)
    page = client.get(reverse("board", args=["head"])).content.decode()
    assert reverse("alert_note", args=[alert.pk]) in page
    answer = client.post(reverse("alert_note", args=[alert.pk]), {"note": "明日催办", "version": alert.version})
    assert answer.status_code == 302
    alert.refresh_from_db()
    assert (alert.noted_on, alert.note) == (today, "明日催办")
    assert reverse("alert_note", args=[alert.pk]) not in client.get(reverse("board", args=["head"])).content.decode()
    evaluate(today + 40 * DAY)
    assert told(head) == 1


def test_it_ends_by_itself_and_a_new_one_is_told(office: Any) -> None:
    today, head, case = office["today"], office["head"], office["case"]
    evaluate(today)
    Case.objects.filter(pk=case.pk).update(next_due_on=None)
    assert evaluate(today + DAY)["over"] == 1
    assert Alert.objects.get().cleared_on == today + DAY
    Case.objects.filter(pk=case.pk).update(next_due_on=case.next_due_on)
    assert evaluate(today + 2 * DAY)["raised"] == 1
    assert told(head) == 2 and Alert.objects.lasting().count() == 1


def test_a_rule_out_of_force_and_a_role_that_ended_end_their_alerts(office: Any) -> None:
    today, rule = office["today"], office["rule"]
    evaluate(today)
    rule.is_active = False
    rule.save()
    assert evaluate(today + DAY)["over"] == 1 and not Alert.objects.lasting().exists()


def test_evaluating_twice_changes_nothing(office: Any) -> None:
    evaluate(office["today"])
    assert evaluate(office["today"]) == {"raised": 0, "told": 0, "over": 0}


@pytest.mark.parametrize(
    ("condition", "value", "threshold", "holds"),
    [("above", 1, "0", True), ("above", 0, "0", False), ("below", 97, "98", True), ("below", 98, "98", False)],
)
def test_a_threshold_itself_is_no_alert(condition: str, value: int, threshold: str, holds: bool) -> None:
    rule = AlertRule(condition=condition, threshold=Decimal(threshold))
    assert rule.holds(value) is holds and rule.holds(None) is False


def test_a_rate_is_told_with_its_sign_and_a_count_without() -> None:
    assert words_of("figure:on-time", "below", "98", "81.53").endswith("：81.53 %（低于98 %时预警）")
    assert words_of("overdue", "above", "0", "9").endswith("：9（超过0时预警）")


def test_rules_are_set_and_changed_by_the_head_and_administrators_alone(client: Client, office: Any) -> None:
    client.force_login(office["head"])
    sent = {"watched": "figure:on-time", "condition": "below", "threshold": "98", "roles": ["head", "leader"],
            "every_days": "14", "is_active": "on"}  # fmt: skip
    assert client.post(reverse("alert_rule_new"), sent).status_code == 302
    made = AlertRule.objects.get(watched="figure:on-time")
    assert made.threshold == 98 and made.roles == ["head", "leader"]
    changed = {**sent, "threshold": "95", "is_active": "", "version": made.version}
    assert client.post(reverse("alert_rule_change", args=[made.pk]), changed).status_code == 302
    made.refresh_from_db()
    assert made.threshold == 95 and not made.is_active and made.history.count() == 2
    wrong = {**sent, "watched": "nothing", "threshold": "x", "every_days": "-1"}
    answer = client.post(reverse("alert_rule_new"), wrong)
    assert answer.status_code == 422 or answer.status_code == 400
    client.force_login(person("plain", "officer"))
    assert client.get(reverse("alert_rule_list")).status_code == 403
    assert client.get(reverse("alert_rule_new")).status_code == 403
    assert client.get(reverse("alert_list")).status_code == 200


def test_what_was_seeded_and_ended_does_not_come_back() -> None:
    load_reference()
    seeded = AlertRule.objects.count()
    assert seeded
    AlertRule.objects.filter(watched="overdue").update(is_active=False)
    AlertRule.objects.filter(watched="backlog-missing").first().delete()
    load_reference()
    assert AlertRule.objects.count() == seeded - 1
    evaluate(clock_today())
