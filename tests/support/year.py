"""A year of the reconsideration office at random: clerks, heads and nights, in whatever order the law allows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from casemgr.actions.errors import ActionError
from casemgr.cases.models import Deadline, Participation
from casemgr.cases.steps import proposals
from casemgr.operation.sweep import sweep
from reconsideration.models import ReconsiderationCase
from tests.support.flow import Flow, received
from tests.support.year_aside import ASIDE

Deed = Callable[[Flow], Any]
APPROVED = {"cause": "案情复杂", "approved_by": "陈海龙"}
REFUSED = {"reasons": "申请人与行政行为没有利害关系。", "competent_organ": ""}
OPEN = ("ACCEPTED", "AWAIT_REPLY", "IN_REVIEW")


def _signed_by_all(flow: Flow) -> str:
    parties = flow.parties(Participation.Role.APPLICANT, Participation.Role.RESPONDENT)
    return "\n".join(f"{party.name}，{flow.day.year}年{flow.day.month}月{flow.day.day}日" for party in parties)


def _mediate(flow: Flow) -> None:
    paper = flow.draft(
        "mediation_paper",
        facts_found="双方对补偿数额有争议。",
        result="被申请人于十五日内支付补偿款。",
        signatures=_signed_by_all(flow),
    )
    flow.issue(flow.sign(flow.review(flow.submit(paper))))


def _refuse(flow: Flow) -> None:
    flow.examine(failed=2, note="没有利害关系")
    flow.paper("refusal", ground="2", **REFUSED)


def _serve_everything(flow: Flow) -> None:
    for paper in list(flow.case.documents.all()):
        if paper.state == "ISSUED":
            flow.serve(paper)


def _each(role: str, deed: Callable[[Flow, Any], Any]) -> Deed:
    def call(flow: Flow) -> None:
        for party in flow.parties(role):
            deed(flow, party)

    return call


def _superior(result: str) -> Deed:
    answer = {"result": result, "organ": "鄂尔多斯市人民政府", "paper": "复函"}
    return lambda f: f.step("officer", "superior_answered", **answer)


DEEDS: dict[str, tuple[Deed, tuple[str, ...]]] = {
    "receipt": (lambda f: f.paper("receipt", materials="行政复议申请书，2份"), ("RECEIVED",)),
    "examine": (lambda f: f.examine(), ("RECEIVED",)),
    "accept": (lambda f: f.accept(), ("RECEIVED",)),
    "simplify": (lambda f: f.accept("simplified", "agreed"), ("RECEIVED",)),
    "ask_correction": (lambda f: f.paper("correction_notice", items="提交身份证明复印件"), ("RECEIVED",)),
    "refuse": (_refuse, ("RECEIVED",)),
    "not_handled": (
        lambda f: f.paper("not_handled_notice", earlier_number="达政复字〔2025〕1号", reasons="没有新的事实和理由"),
        ("RECEIVED",),
    ),
    "void": (lambda f: f.act("head", "reconsideration.void", f.case, reason="重复登记"), ("RECEIVED",)),
    "corrected": (lambda f: f.step("officer", "corrected"), ("CORRECTING",)),
    "abandon": (lambda f: f.step("officer", "abandon", note="期满未补正"), ("CORRECTING",)),
    "second": (lambda f: f.assign_second(), OPEN),
    "acceptance_notice": (lambda f: f.paper("acceptance_notice"), OPEN),
    "copy": (lambda f: f.paper("reply_notice"), ("ACCEPTED", "AWAIT_REPLY")),
    "reply": (lambda f: f.reply(), ("AWAIT_REPLY", "IN_REVIEW", "SUSPENDED")),
    "no_reply": (
        _each("respondent", lambda f, party: f.step("officer", "reply_missing", party=party.pk)),
        ("AWAIT_REPLY",),
    ),
    "hear": (lambda f: f.hear(), (*OPEN, "SUSPENDED")),
    "ask_superior": (
        lambda f: f.paper("superior_request", ground="other", organ="鄂尔多斯市人民政府", cause="影响较大"),
        (*OPEN, "SUSPENDED"),
    ),
    "superior_takes": (_superior("takes"), (*OPEN, "SUSPENDED")),
    "superior_declines": (_superior("declines"), (*OPEN, "SUSPENDED")),
    "hand_up": (lambda f: f.paper("handover_letter"), (*OPEN, "SUSPENDED")),
    "suspend": (lambda f: f.paper("suspension_notice", ground="other_case", cause="另案未结"), OPEN),
    "suspend_for_party": (lambda f: f.paper("suspension_notice", ground="succession", cause="申请人死亡"), OPEN),
    "resume": (lambda f: f.paper("resumption_notice", cause="中止原因消除"), ("SUSPENDED",)),
    "extend": (lambda f: f.paper("extension_notice", days=10, **APPROVED), OPEN),
    "convert": (lambda f: f.paper("conversion_notice", **APPROVED), OPEN),
    "appraise": (lambda f: f.step("officer", "begin_excluded_time", kind="appraisal", paper="鉴定委托书"), OPEN),
    "appraised": (lambda f: f.step("officer", "end_excluded_time", kind="appraisal", paper="鉴定意见书"), OPEN),
    "ask_stop": (lambda f: f.step("officer", "ask_stop", party=f.applicant.pk, content="请求停止执行"), OPEN),
    "stop": (lambda f: f.paper("stop_order", ground="on_application", cause="执行后难以恢复"), OPEN),
    "withdraw": (
        _each("applicant", lambda f, party: f.step("officer", "withdraw", party=party.pk, content="自愿撤回申请")),
        (*OPEN, "RECEIVED", "CORRECTING", "SUSPENDED"),
    ),
    "terminate": (lambda f: f.paper("termination", ground="withdrawn", cause="申请人自愿撤回"), (*OPEN, "SUSPENDED")),
    "dismiss": (lambda f: f.paper("dismissal", ground="2", reasons="没有利害关系"), (*OPEN, "SUSPENDED")),
    "mediate": (_mediate, (*OPEN, "SUSPENDED")),
    "decide": (lambda f: f.issue(f.signed_decision()), ("IN_REVIEW",)),
    "uphold": (
        lambda f: f.issue(f.signed_decision(outcome="upheld", grounds=["68"], reasoning="行政行为合法适当")),
        ("IN_REVIEW",),
    ),
    "serve": (_serve_everything, ()),
    "perform": (
        lambda f: f.step("officer", "open_performance", duty="退还罚款", due_on=None),
        ("SERVED", "MEDIATED", "DISMISSED"),
    ),
    "proof": (lambda f: f.step("head", "accept_proof", proof="银行回单"), ("PERFORMING",)),
    "sue": (
        lambda f: f.step("officer", "record_suit", party=f.applicant.pk, court_number="（2026）内06行初12号"),
        ("DECIDED", "SERVED", "NOT_ACCEPTED", "DISMISSED", "TERMINATED", "PERFORMING", "PERFORMED"),
    ),
    "archive": (
        lambda f: f.archive(),
        ("NOT_ACCEPTED", "ABANDONED", "NOT_HANDLED", "SERVED", "PERFORMED", "DISMISSED", "MEDIATED", "TERMINATED"),
    ),
    **ASIDE,
}
"""What is tried, and in which states; none named: in all. What the law forbids that day is refused."""
COURSE: dict[str, tuple[str, ...]] = {
    "RECEIVED": ("examine", "accept"),
    "CORRECTING": ("serve", "corrected"),
    "ACCEPTED": ("acceptance_notice", "copy"),
    "AWAIT_REPLY": ("serve", "reply", "no_reply"),
    "SUSPENDED": ("resume",),
    "IN_REVIEW": ("hear", "decide"),
    "DECIDED": ("serve",),
    "SERVED": ("perform", "serve"),
    "PERFORMING": ("proof",),
}
"""What an office does next when nothing comes between; an ended file is served and archived."""
ENDED = ("ARCHIVED", "VOID")
ONE_OF = ({"R-DEC", "R-DEC-S"}, {"R-REPLY", "R-REPLY-S"})
"""Rules that give the same period its end: only one of them runs at a time (for each party)."""


class Year:
    """Cases that come in, are worked on and end while the days of a year pass."""

    def __init__(self, begins_on: date) -> None:
        self.day = begins_on
        self.flows: list[Flow] = []
        self.seen: set[str] = set()

    def receive(self) -> Flow:
        flow = received(self.day)
        self.flows.append(flow)
        return flow

    def pass_days(self, days: int) -> None:
        """The nights pass with their sweeps: silence may accept a case."""
        self.day += timedelta(days=days)
        report = sweep(self.day)
        assert not report.errors, report.errors
        for flow in self.flows:
            flow.case.refresh_from_db(from_queryset=type(flow.case).objects)

    def deeds_for(self, flow: Flow) -> list[str]:
        return [name for name, (_deed, states) in DEEDS.items() if not states or flow.state in states]

    def go_on(self, flow: Flow) -> list[str]:
        """The usual next steps of the case."""
        return list(COURSE.get(flow.state, ("serve", "archive")))

    def do(self, flow: Flow, name: str) -> bool:
        """Whether the law allowed it. What was begun for nothing is discarded, as a clerk would."""
        try:
            DEEDS[name][0](flow.on(self.day))
        except ActionError:
            for paper in flow.case.documents.unfinished():
                flow.act("officer", "document.void_draft", paper, reason="不再需要")
            return False
        self.seen.add(flow.state)
        return True


def stands_somewhere(flow: Flow, today: date) -> None:
    """The case has an owner, and a next step or a period that runs."""
    case = type(flow.case).objects.get(pk=flow.case.pk)
    if case.state in ENDED:
        return
    assert case.lead_handler_id, f"{case.number} in {case.state} is nobody's"
    if case.deadlines.filter(status=Deadline.Status.OPEN).exists():
        return
    views = [proposals(case, user, today) for user in flow.office.values()]
    assert any(view.main or view.others_turn or view.awaited or view.whereabouts for view in views), (
        f"{case.number} in {case.state} has no next step and no period: {_course(case)}"
    )


def _course(case: ReconsiderationCase) -> str:
    events = [f"{event.kind} {event.occurred_on}" for event in case.events.order_by("sequence")]
    papers = [f"{paper.kind} {paper.state}" for paper in case.documents.all()]
    periods = [f"{row.rule} {row.due_on} {row.status}" for row in case.deadlines.all()]
    return "; ".join([*events, *papers, *periods])


def answers_once(flow: Flow) -> None:
    """No period is shown with two ends; two duties, letters or reviews are periods of their own."""
    running = list(flow.case.deadlines.filter(status=Deadline.Status.OPEN).select_related("root_event"))
    keys = [(row.rule, row.party_id, row.root_event.subject) for row in running]
    assert len(keys) == len(set(keys)), keys
    for family in ONE_OF:
        parties = [row.party_id for row in running if row.rule in family]
        assert len(parties) == len(set(parties)), (flow.case.state, keys)
