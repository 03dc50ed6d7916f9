"""Whatever is done, corrected and annulled at random: the register ends as the standing steps alone would make it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.cases.deadlines import sync
from casemgr.cases.events import facts_of
from casemgr.cases.models import Case, CaseStep, Event
from tests.support.flow import Flow, received

pytestmark = pytest.mark.django_db
START = date(2026, 9, 1)
END = date(2027, 1, 15)
ACT = {"acted_on": date(2026, 8, 2), "known_on": date(2026, 8, 4)}
APPROVED = {"cause": "案情复杂", "approved_by": "苏日娜"}

DEEDS: dict[str, Callable[[Flow], Any]] = {
    "examine": lambda flow: flow.examine(),
    "accept": lambda flow: flow.step("head", "accept", track="ordinary", simplified_ground=""),
    "simplify": lambda flow: flow.step("head", "accept", track="simplified", simplified_ground="agreed"),
    "copy": lambda flow: flow.paper("reply_notice"),
    "reply": lambda flow: flow.reply(),
    "hear": lambda flow: flow.step(
        "officer", "hear_opinion", party=flow.applicant.pk, channel="phone", content="坚持复议请求"
    ),
    "suspend": lambda flow: flow.paper("suspension_notice", ground="other_case", cause="另案未结"),
    "resume": lambda flow: flow.paper("resumption_notice", cause="另案已结"),
    "extend": lambda flow: flow.paper("extension_notice", days=5, **APPROVED),
    "convert": lambda flow: flow.paper("conversion_notice", **APPROVED),
    "appraise": lambda flow: flow.step("officer", "begin_excluded_time", kind="appraisal", paper="鉴定委托书"),
    "appraised": lambda flow: flow.step("officer", "end_excluded_time", kind="appraisal", paper="鉴定意见书"),
    "ask_stop": lambda flow: flow.step("officer", "ask_stop", party=flow.applicant.pk, content="请求停止执行"),
    "decide": lambda flow: flow.issue(flow.signed_decision()),
    "dismiss": lambda flow: flow.paper("dismissal", ground="2", reasons="没有利害关系"),
}


@dataclass(frozen=True)
class Done:
    """One deed that was carried out, and the step it became."""

    deed: str
    day: date
    step: int


def register_of(case: Case) -> dict[str, Any]:
    case = Case.objects.get(pk=case.pk).typed()
    sync(case, END)
    roles = {part.party_id: part.role for part in case.participations.all()}
    fields = [field for field in case.facts._meta.concrete_fields if not field.primary_key]
    return {
        "state": case.state,
        "stage": case.stage,
        "outcome": case.outcome,
        "due": (case.next_due_on, case.next_other_due_on),
        "facts": {field.name: getattr(case.facts, field.attname) for field in fields},
        "events": [(fact.kind, fact.occurred_on, roles.get(fact.party_id)) for fact in facts_of(case)],
        "deadlines": sorted(
            (row.rule, row.start_on, str(row.due_on), row.status, str(row.met_on), roles.get(row.party_id, ""))
            for row in case.deadlines.all()
        ),
    }


class Register(RuleBasedStateMachine):
    @initialize()
    def register(self) -> None:
        self.flow = received(START, **ACT)
        self.day = START
        self.done: list[Done] = []

    @rule(deed=st.sampled_from(sorted(DEEDS)), later=st.integers(0, 3))
    def do(self, deed: str, later: int) -> None:
        self.day += timedelta(days=later)
        before = self.flow.case.steps_taken.count()
        try:
            DEEDS[deed](self.flow.on(self.day))
        except ActionError:
            # an unfinished paper is discarded, as a clerk would
            for paper in self.flow.case.documents.unfinished():
                self.flow.act("officer", "document.void_draft", paper, reason="不再需要")
            return
        for step in self.flow.case.steps_taken.order_by("sequence")[before:]:
            self.done.append(Done(deed, self.day, step.pk))

    @precondition(lambda self: self.done)
    @rule(which=st.integers(0, 30))
    def annul(self, which: int) -> None:
        steps = list(CaseStep.objects.filter(case=self.flow.case, annulled_at__isnull=True).order_by("-sequence"))
        if not steps:
            return
        step = steps[which % len(steps)]
        self._try("cases.annul", {"taken": step.pk, "reason": "误操作"}, "head")

    @precondition(lambda self: self.done)
    @rule(which=st.integers(0, 30), by=st.integers(-2, 2))
    def correct(self, which: int, by: int) -> None:
        facts = facts_of(self.flow.case)
        fact = facts[which % len(facts)]
        on = fact.occurred_on + timedelta(days=by)
        self._try("cases.correct_date", {"event": fact.root.pk, "on": on, "reason": "误录"}, "officer")

    def _try(self, action: str, data: dict[str, Any], role: str) -> None:
        try:
            perform(action, self.flow.case, data, self.flow.office[role], self.day)
        except ActionError:
            return
        self.flow.case = type(self.flow.case).objects.get(pk=self.flow.case.pk)

    def teardown(self) -> None:
        if not hasattr(self, "flow") or not self.done:
            return
        again = self._in_lawful_order()
        if again is not None:
            assert register_of(self.flow.case) == register_of(again.case)

    def _in_lawful_order(self) -> Flow | None:
        """A fresh case on which only what stands was done, on the days as corrected.

        None when a correction made a standing step late: such facts stay recorded, nobody could record them anew.
        """
        days = {fact.root.pk: fact.occurred_on for fact in facts_of(self.flow.case)}
        first = Event.objects.get(case=self.flow.case, sequence=1)
        again = received(days[first.pk], **ACT)
        for done in self.done:
            step = CaseStep.objects.get(pk=done.step)
            if not step.is_standing:
                continue
            event = step.events.order_by("sequence").first()
            try:
                DEEDS[done.deed](again.on(days[event.pk] if event is not None else done.day))
            except ActionError as error:
                codes = {refusal.code for refusal in error.refusals}
                assert codes <= {"order-of-events", "decision-period-over", "review-period-over"}, (done, codes)
                return None
        return again


def check(examples: int, steps: int, machine: type[RuleBasedStateMachine] | None = None) -> None:
    """Let the machine, or one built on it, run at random."""
    quick = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink would take minutes: each step renders papers
    )
    run_state_machine_as_test(machine or Register, settings=quick)


def test_the_register_is_what_the_standing_steps_make_it() -> None:
    check(12, 14)


@pytest.mark.long
def test_the_register_is_what_the_standing_steps_make_it_at_length() -> None:
    check(250, 25)
