"""`perform`: what it checks, in which order, and that a refusal leaves nothing behind."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms

from casemgr.actions import registry
from casemgr.actions.action import Action, Guard
from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput, KeyReused, NotVisible, StaleVersion
from casemgr.actions.perform import perform
from casemgr.actions.signals import concluded, performed
from casemgr.organisation.models import RoleAssignment, Unit, User

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


class RenameForm(forms.Form):
    name = forms.CharField(max_length=20)
    reason = forms.CharField(required=False)


class Rename(Action):
    name = "test.rename"
    label = "Rename"
    form = RenameForm
    roles = ("admin",)
    model = Unit
    guards = (
        Guard(
            "not-forbidden",
            "1(1)",
            "This name is forbidden.",
            lambda subject, data, today: data["name"] != "forbidden",
            field="name",
            needs_data=True,
        ),
    )
    hidden_from: str = ""

    def version_of(self, subject):
        return subject.history.count()

    def is_visible(self, subject, actor, today):
        return actor.username != self.hidden_from

    def execute(self, subject, data, context):
        subject.name = data["name"]
        subject.save()
        return subject


class RenameTwice(Rename):
    name = "test.rename_twice"
    roles = ("leader",)

    def execute(self, subject, data, context):
        perform("test.rename", subject, {"name": data["name"]}, context.actor, context.today)
        raise_if = data["reason"] == "fail"
        if raise_if:
            perform("test.rename", subject, {"name": "forbidden"}, context.actor, context.today)
        return subject


@pytest.fixture(autouse=True)
def actions():
    registry.register(Rename, RenameTwice)
    yield
    for name in ("test.rename", "test.rename_twice"):
        registry._actions.pop(name)


@pytest.fixture
def unit():
    return Unit.objects.get(code="150621100")


@pytest.fixture
def clerk(unit):
    user = User.objects.create_user("clerk", password="x", full_name="王秀兰")
    RoleAssignment.objects.create(user=user, role="admin", unit=unit)
    return user


def test_the_change_its_actor_action_and_reason_stand_in_history(unit, clerk):
    perform("test.rename", unit, {"name": "新名", "reason": "改革"}, clerk, TODAY)
    row = unit.history.first()
    assert (row.name, row.history_user_id, row.history_actor_name) == ("新名", clerk.pk, "王秀兰")
    assert (row.history_action, row.history_change_reason) == ("test.rename", "改革")


def test_wrong_input_names_the_field_and_changes_nothing(unit, clerk):
    with pytest.raises(InvalidInput) as refused:
        perform("test.rename", unit, {"name": ""}, clerk, TODAY)
    assert refused.value.refusals[0].field == "name"
    assert refused.value.status == 422
    unit.refresh_from_db()
    assert unit.name == "树林召镇"


def test_a_guard_says_its_article_and_field(unit, clerk):
    with pytest.raises(GuardRefused) as refused:
        perform("test.rename", unit, {"name": "forbidden"}, clerk, TODAY)
    refusal = refused.value.refusals[0]
    assert (refusal.code, refusal.article, refusal.field) == ("not-forbidden", "1(1)", "name")


def test_without_the_role_it_is_forbidden(unit):
    stranger = User.objects.create_user("stranger", password="x", full_name="白志强")
    with pytest.raises(Forbidden):
        perform("test.rename", unit, {"name": "新名"}, stranger, TODAY)


def test_outside_the_scope_it_does_not_exist(unit, clerk, monkeypatch):
    monkeypatch.setattr(Rename, "hidden_from", "clerk")
    with pytest.raises(NotVisible) as refused:
        perform("test.rename", unit, {"name": "新名"}, clerk, TODAY)
    assert refused.value.status == 404


def test_a_stale_version_is_refused(unit, clerk):
    seen = unit.history.count()
    perform("test.rename", unit, {"name": "甲"}, clerk, TODAY, version=seen)
    with pytest.raises(StaleVersion):
        perform("test.rename", unit, {"name": "乙"}, clerk, TODAY, version=seen)
    unit.refresh_from_db()
    assert unit.name == "甲"


def test_the_same_key_happens_once_and_answers_the_same(unit, clerk):
    before = unit.history.count()
    first = perform("test.rename", unit, {"name": "甲"}, clerk, TODAY, key="k-1")
    again = perform("test.rename", unit, {"name": "甲"}, clerk, TODAY, key="k-1")
    assert first.pk == again.pk
    assert unit.history.count() == before + 1


def test_a_key_cannot_be_used_for_something_else(unit, clerk):
    perform("test.rename", unit, {"name": "甲"}, clerk, TODAY, key="k-1")
    with pytest.raises(KeyReused):
        perform("test.rename", unit, {"name": "乙"}, clerk, TODAY, key="k-1")


def test_a_refused_attempt_does_not_use_up_the_key(unit, clerk):
    with pytest.raises(GuardRefused):
        perform("test.rename", unit, {"name": "forbidden"}, clerk, TODAY, key="k-1")
    perform("test.rename", unit, {"name": "甲"}, clerk, TODAY, key="k-1")
    unit.refresh_from_db()
    assert unit.name == "甲"


def test_a_nested_action_may_do_what_its_outer_one_may(unit):
    leader = User.objects.create_user("leader2", password="x", full_name="李志强")
    RoleAssignment.objects.create(user=leader, role="leader", unit=unit)
    with pytest.raises(Forbidden):
        perform("test.rename", unit, {"name": "甲"}, leader, TODAY)
    perform("test.rename_twice", unit, {"name": "甲"}, leader, TODAY)
    unit.refresh_from_db()
    assert unit.name == "甲"


def test_when_a_nested_action_is_refused_nothing_of_the_outer_one_stays(unit):
    leader = User.objects.create_user("leader2", password="x", full_name="李志强")
    RoleAssignment.objects.create(user=leader, role="leader", unit=unit)
    with pytest.raises(GuardRefused):
        perform("test.rename_twice", unit, {"name": "甲", "reason": "fail"}, leader, TODAY)
    unit.refresh_from_db()
    assert unit.name == "树林召镇"


def test_performed_is_sent_inside_the_transaction(unit, clerk):
    def refuse(sender, **kwargs):
        raise RuntimeError("subscriber fails")

    performed.connect(refuse)
    try:
        with pytest.raises(RuntimeError):
            perform("test.rename", unit, {"name": "甲"}, clerk, TODAY)
    finally:
        performed.disconnect(refuse)
    unit.refresh_from_db()
    assert unit.name == "树林召镇"


def test_what_was_performed_is_told_once_at_the_end_without_what_was_refused_within(unit):
    leader = User.objects.create_user("leader2", password="x", full_name="李志强")
    RoleAssignment.objects.create(user=leader, role="leader", unit=unit)
    told = []

    def listener(sender, steps, **kwargs):
        told.append([step.action.name for step in steps])

    concluded.connect(listener)
    try:
        perform("test.rename_twice", unit, {"name": "one"}, leader, TODAY)
        with pytest.raises(GuardRefused):
            perform("test.rename_twice", unit, {"name": "two", "reason": "fail"}, leader, TODAY)
    finally:
        concluded.disconnect(listener)
    assert told == [["test.rename", "test.rename_twice"]]
