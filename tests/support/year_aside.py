"""What comes beside the course of a random year: hearings, committee, mediation, duties, letters, a second file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from casemgr.actions.perform import perform
from casemgr.organisation.models import User
from casemgr.rooms.models import Room
from reconsideration.aftermath.duties import open_duties
from reconsideration.aftermath.letters import letters_of
from reconsideration.models import CommitteeMember
from tests.support.flow import Flow
from tests.support.register import person
from tests.support.rooms import a_room

Deed = Callable[[Flow], Any]
TRIAL = ("ACCEPTED", "AWAIT_REPLY", "IN_REVIEW")
OPEN = (*TRIAL, "SUSPENDED")
AFTER = ("SERVED", "MEDIATED", "DISMISSED", "PERFORMING")
SEATS = ("赵梅", "孙强", "周敏", "吴刚")
SESSION = {"place": "听证室", "mediators": "李志强", "present": "双方", "wishes": "愿意调解"}


def _panel() -> list[User]:
    known = {user.full_name: user for user in User.objects.filter(username__startswith="year-")}
    return [known.get(name) or person(f"year-{name}", "panel", full_name=name) for name in SEATS]


def _plan_hearing(flow: Flow) -> None:
    first, *officers, recorder = _panel()
    room = Room.objects.filter(kind="hearing").first() or a_room("hearing")
    flow.step(
        "officer", "plan_hearing", ground="necessary", matters="程序是否合法", starts="09:00", ends="11:30",
        planned_on=(flow.day + timedelta(days=14)).isoformat(), room=room.pk, presiding=first.pk,
        officers=[one.pk for one in officers], recorder=recorder.pk,
    )  # fmt: skip


def _advise(flow: Flow) -> None:
    adviser = CommitteeMember.objects.first()
    if adviser is None:
        entered = {"name": "王律师", "kind": "expert", "organ": "某律师事务所", "from_on": date(2025, 1, 1)}
        adviser = perform("committee.appoint", None, entered, flow.office["head"], flow.day)
    told = {"meeting": "consultation", "presided_by": "陈海龙", "recorded_by": "苏日娜", "opinion": "建议撤销。"}
    flow.step("officer", "record_committee_opinion", present=[adviser.pk], **told)
    flow.step("officer", "explain_committee_opinion", adoption="adopted", explanation="采纳。")


def _duty_done(flow: Flow) -> None:
    for duty in open_duties(flow.case)[:1]:
        flow.step("officer", "record_duty_done", duty=duty.subject, proof="银行回单")


def _opinion_letter(flow: Flow) -> None:
    organ = flow.parties("respondent")[0]
    flow.paper("opinion_letter", organ=organ.pk, findings="未告知陈述权利", demands="自查并整改")


def _each_letter(step: str, **data: Any) -> Deed:
    def call(flow: Flow) -> None:
        for letter in letters_of(flow.case):
            if letter.is_open:
                flow.step("officer", step, letter=letter.subject, **data)

    return call


def _second_file(flow: Flow) -> None:
    parts = flow.case.participations.filter(left_on__isnull=True)
    flow.step(
        "head", "separate_file", ground="two_acts", parts=[part.pk for part in parts], act_title="行政强制措施决定书",
        act_number=f"达市监强字〔2026〕{flow.case.pk}号", acted_on=flow.case.act.acted_on, matter="coercive_measure",
        requests="撤销强制措施。", requests_here="撤销处罚。", reason="两个行政行为",
    )  # fmt: skip


def _duty(flow: Flow) -> None:
    due = flow.day + timedelta(days=30)
    flow.step("officer", "add_duty", duty="解除查封", kind="release", due_on=due)


ASIDE: dict[str, tuple[Deed, tuple[str, ...]]] = {
    "plan_hearing": (_plan_hearing, TRIAL),
    "cancel_hearing": (lambda f: f.step("officer", "cancel_hearing", reason="双方和解"), OPEN),
    "ask_committee": (lambda f: f.step("officer", "ask_committee", trigger="grave", question="是否适当？"), OPEN),
    "advise": (_advise, OPEN),
    "session": (
        lambda f: f.step("officer", "record_mediation", **SESSION, result="agreed", agreed="退还罚款"),
        OPEN,
    ),
    "back_out": (
        lambda f: f.step("officer", "end_mediation", party=f.applicant.pk, why="backed_out", content="电话"),
        OPEN,
    ),
    "settle": (lambda f: f.step("officer", "record_settlement", content="退还罚款", is_lawful="on"), OPEN),
    "second_file": (_second_file, ("RECEIVED", *TRIAL)),
    "add_duty": (_duty, ("PERFORMING",)),
    "duty_done": (_duty_done, ("PERFORMING",)),
    "opinion_letter": (_opinion_letter, (*OPEN, *AFTER)),
    "letter_received": (_each_letter("letter_received"), (*OPEN, *AFTER)),
    "letter_reported": (_each_letter("opinion_reported", report="已部署自查"), (*OPEN, *AFTER)),
    "letter_done": (_each_letter("opinion_put_right", proof="整改报告"), (*OPEN, *AFTER)),
}
"""Tried like the deeds of the course: what the law forbids that day is refused."""
