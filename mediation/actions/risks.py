"""The risk machine: noticed, measures, reported at once, received, resolved or escalated (art. 25; dossier §1.5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.errors import Refusal
from casemgr.actions.outbox import NoticeKind, tell
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.day_guards import not_before
from casemgr.cases.people.reach import Handlers
from mediation.actions.base import COMMITTEE, MediationAction
from mediation.course.risk_forms import EndForm, MeasuresForm, NoticeForm, ReceiptForm, ReportForm
from mediation.course.risks import open_risks, unreported
from mediation.models import MediationCase, Risk, RiskReport
from mediation.states import WITH_PAPERS

NOTICES = (
    NoticeKind(
        "risk_noticed",
        gettext_lazy("Risk of escalation"),
        lambda data: _("%(case)s may escalate: measures are taken, see the case.") % {"case": data["case"]},
        is_urgent=True,
    ),
)


def _subject(risk: Risk) -> str:
    """Ties the entries of one risk, so that each has its own clock."""
    return f"risk-{risk.pk}"


def _touch(risk: Risk) -> None:
    risk.version += 1
    risk.save()


class RiskAction(MediationAction):
    """Base: it works on an open risk of the case, whatever the case's own state before the archive."""

    states = WITH_PAPERS
    topic = None
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Record what is right beside it: measures, a further report, the end of the risk.")

    def state_refusal(self, subject: MediationCase, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        return None if open_risks(subject) else Refusal("no-risk", _("No risk of escalation is open in this case."))


class NoticeRisk(RiskAction):
    """A dispute may escalate: what was noticed, and the measures taken at once (art. 25)."""

    name = "mediation.notice_risk"
    label = gettext_lazy("Record a risk of escalation")
    topic = Topic.COURSE
    form = NoticeForm
    guards = (not_before("registered"),)

    def state_refusal(self, subject: MediationCase, today: date) -> Refusal | None:
        return MediationAction.state_refusal(self, subject, today)

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        columns = {name: data[name] for name in ("kind", "people", "description", "measures")}
        risk = Risk.objects.create(case_id=case.pk, noticed_at=data["moment"], **columns)
        flags = case.facts.risk_flags
        if data["kind"] not in flags:
            self.set_facts(case, risk_flags=[*flags, data["kind"]])
        kept = {"threat": data["kind"], "people": data["people"], "content": data["description"]}
        events.record(case, "risk_noticed", data["on"], subject=_subject(risk), **kept)
        heads = Handlers(context.today).who_hold(COMMITTEE, case.unit_id) - {context.actor.pk}
        tell("risk_noticed", sorted(heads), subject=case, case=case.number)


class TakeMeasures(RiskAction):
    """Further measures against the escalation."""

    name = "mediation.take_measures"
    label = gettext_lazy("Record measures against the risk")
    form = MeasuresForm
    guards = (not_before("registered"),)

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        risk: Risk = data["risk"]
        line = f"{data['on'].isoformat()} {data['at']:%H:%M} {data['measures']}"
        risk.measures = f"{risk.measures}\n{line}".strip()
        _touch(risk)
        events.record(case, "risk_measures", data["on"], subject=_subject(risk), content=data["measures"])


def _after_notice(case: MediationCase, data: Mapping[str, Any] | None, today: date) -> bool:
    return data["moment"] >= data["risk"].noticed_at


after_notice = Guard(
    "order-of-events",
    "",
    gettext_lazy("The report would lie before the risk was noticed. Check day and time."),
    _after_notice,
    field="at",
    needs_data=True,
)


class ReportRisk(RiskAction):
    """The report upward or to the police: to whom, by which way, when (art. 25; D23)."""

    name = "mediation.report_risk"
    label = gettext_lazy("Report the risk")
    topic = Topic.COURSE
    form = ReportForm
    guards = (after_notice,)

    def priority(self, subject: MediationCase) -> int:
        """At once: before everything else on the case."""
        return 95 if unreported(subject) else 0

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        risk: Risk = data["risk"]
        report = RiskReport.objects.create(
            risk=risk,
            to_whom=data["to_whom"],
            channel=data["channel"],
            reported_at=data["moment"],
            content=data["content"],
            received_by=data["received_by"],
            received_at=data["moment"] if data["received_by"] else None,
        )
        risk.report()
        _touch(risk)
        kept = {"name": report.to_whom, "channel": report.channel, "report": report.pk}
        events.record(case, "risk_reported", data["on"], subject=_subject(risk), **kept)


class ConfirmReceipt(RiskAction):
    """Who received the report, and when."""

    name = "mediation.confirm_risk_receipt"
    label = gettext_lazy("Record the receipt of a report")
    form = ReceiptForm

    def state_refusal(self, subject: MediationCase, today: date) -> Refusal | None:
        if refusal := MediationAction.state_refusal(self, subject, today):
            return refusal
        if RiskReport.objects.filter(risk__case_id=subject.pk, received_at__isnull=True).exists():
            return None
        return Refusal("no-report", _("No report waits for its receipt."))

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        report: RiskReport = data["report"]
        report.received_by, report.received_at = data["received_by"], data["moment"]
        report.save()
        events.record(
            case, "risk_received", data["on"], subject=_subject(report.risk), name=report.received_by, report=report.pk
        )


# People's Mediation Law, art. 25: what has become a crime or a breach of order was to be reported
escalation_is_reported = Guard(
    "risk-not-reported",
    "25",
    gettext_lazy("It has escalated and was reported to nobody: report it first."),
    lambda case, data, today: data["result"] != Risk.State.CONVERTED or data["risk"].reports.exists(),
    field="result",
    needs_data=True,
)


class EndRisk(RiskAction):
    """Resolved, which counts as prevented with its people; or escalated in spite of everything."""

    name = "mediation.end_risk"
    label = gettext_lazy("Record the end of the risk")
    form = EndForm
    guards = (escalation_is_reported, not_before("risk_noticed"))

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        risk: Risk = data["risk"]
        is_resolved = data["result"] == Risk.State.RESOLVED
        (risk.resolve if is_resolved else risk.convert)()
        risk.ended_on, risk.end_note = data["on"], data["end_note"]
        risk.people = data["people"] or risk.people
        _touch(risk)
        kept = {"result": data["result"], "people": risk.people, "content": data["end_note"]}
        events.record(case, "risk_ended", data["on"], subject=_subject(risk), **kept)


RISKS = (NoticeRisk, TakeMeasures, ReportRisk, ConfirmReceipt, EndRisk)
