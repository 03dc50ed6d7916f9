"""Disputes under mediation for tests, and the steps to an agreement, each an action on a day the test names."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

import pytest
from django.db import transaction

from casemgr.actions import registry
from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.models import Participation
from mediation.models import Agreement, MediationCase
from tests.support.mediation import COMMITTEE, TOWN, committee, dispute
from tests.support.register import person

_serial = count(1)


def mediating(case: MediationCase, on: date) -> MediationCase:
    """Taken on and in mediation on one day, by the transitions themselves."""
    with transaction.atomic():
        case.accept()
        case.begin()
        for kind in ("accepted", "rights_told", "mediation_begun"):
            events.record(case, kind, on)
        settle(case, on)
    return case


class Table:
    """A dispute at the table: mediator, keeper of the seal, town office, and the day."""

    def __init__(self, day: date, **facts: Any) -> None:
        serial = next(_serial)
        committee()
        self.mediator = person(f"m{serial}", "mediator", at=COMMITTEE, full_name="刘根喜")
        self.keeper = person(f"k{serial}", "committee", at=COMMITTEE, full_name="赵桂兰")
        self.town = person(f"t{serial}", "town", at=TOWN, full_name="陈海龙")
        self.day = day
        self.pk = mediating(dispute(day, day, handler=self.mediator, **facts), day).pk

    @property
    def case(self) -> MediationCase:
        return MediationCase.objects.get(pk=self.pk)

    @property
    def state(self) -> str:
        return self.case.state

    @property
    def agreement(self) -> Agreement:
        return self.case.agreements.order_by("-round").first()

    def on(self, day: date) -> Table:
        self.day = day
        return self

    def part(self, role: str) -> Participation:
        return self.case.participations.filter(role=role).first()

    def pay(self, amount: str, **values: Any) -> dict[str, Any]:
        """An obligation of the respondent towards the applicant."""
        parts = {"debtor": self.part("respondent").pk, "creditor": self.part("applicant").pk}
        return {**parts, "kind": "pay", "subject": "赔偿款", "amount_yuan": amount, **values}

    def act(self, step: str, /, by: Any = None, **data: Any) -> MediationCase:
        entries = {"on": self.day.isoformat(), **data}
        return perform(f"mediation.{step}", self.case, entries, by or self.mediator, self.day)

    def form(self, step: str) -> Any:
        """The empty form of the step."""
        return registry.get(f"mediation.{step}").build_form(self.case, None, None, self.mediator, self.day)

    def write(self, *obligations: dict[str, Any], **values: Any) -> None:
        text = {"content": "被申请人赔偿申请人损失。", "facts": "边界争执。", "responsibility": "双方各有责任。"}
        self.act("write_agreement", obligations=list(obligations), **{**text, **values})

    def sign(self, role: str, **values: Any) -> None:
        self.act("sign_agreement", **{"part": self.part(role).pk, "kind": "signature", **values})

    def sign_all(self) -> None:
        for role in ("applicant", "respondent"):
            self.sign(role)
        self.act("mediator_signs", name="刘根喜")

    def seal(self) -> None:
        self.act("seal_agreement", by=self.keeper)

    def agree(self, *obligations: dict[str, Any], **values: Any) -> None:
        """Written, signed and sealed on one day."""
        self.write(*obligations, **values)
        self.sign_all()
        self.seal()

    def correct(self, kind: str, on: date) -> None:
        """The day of the latest entry of the kind is put right."""
        event = self.case.events.filter(kind=kind).last()
        data = {"event": event.pk, "on": on.isoformat(), "reason": "协议书原件"}
        perform("cases.correct_date", self.case, data, self.mediator, self.day)

    def annul(self, name: str) -> None:
        """The latest step of the name is taken back."""
        step = self.case.steps_taken.filter(action=f"mediation.{name}", annulled_at__isnull=True).last()
        perform("cases.annul", self.case, {"taken": step.pk, "reason": "误录"}, self.keeper, self.day)

    def deadline(self, rule: str) -> tuple[date | None, str] | None:
        row = self.case.deadlines.filter(rule=rule).order_by("id").last()
        return (row.due_on, row.status) if row else None


def refused(step: Any, *args: Any, **data: Any) -> set[tuple[str, str]]:
    """(code, article) of every reason why the step is refused; of a form the names of its wrong fields."""
    with pytest.raises(ActionError) as caught:
        step(*args, **data)
    form = getattr(caught.value, "form", None)
    if form is not None:
        return {(name, "") for name in form.errors}
    return {(refusal.code, str(refusal.article)) for refusal in caught.value.refusals}
