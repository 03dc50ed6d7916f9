"""What a defendant may ask within fifteen days of its receipt: 延期举证申请书 (Litigation Law, art. 36; Interpretation
2018, art. 34) and 管辖异议申请书 (Interpretation, art. 10, 11)."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, Missing, Part
from casemgr.documents.rendering import chinese_date
from litigation.documents.assignment import answer_due
from litigation.documents.identity import JS18
from litigation.documents.shapes import (
    AgencyForm,
    court_paper,
    needs,
    needs_court,
    needs_head,
    text_field,
    to_court,
)
from litigation.documents.suitfile import GAP, SuitFile, file_of, head_line, lines, numbered, party_line, said
from litigation.states import RUNNING
from litigation.terms import Level

LITIGATION_LAW = "《中华人民共和国行政诉讼法》"
INTERPRETATION = "《最高人民法院关于适用〈中华人民共和国行政诉讼法〉的解释》"


def applicant(file: SuitFile, data: Data) -> tuple[str, ...]:
    """申请人 with its head."""
    part = file.agency(data)
    return (party_line(part, "申请人（被告）"), head_line(part)) if part else (f"申请人：{GAP}",)


def received(file: SuitFile, data: Data) -> date | None:
    part = file.agency(data)
    return file.day("complaint_received", party=part.party_id) if part else None


def needs_receipt(case: Case, data: Data) -> list[Missing]:
    if received(file_of(case), data) is not None:
        return []
    message = _("Enter first when the agency received the complaint: the fifteen days run from that day.")
    return [Missing("received", message, JS18 % "34", mended_by="litigation.record_receipt")]


class ExtensionForm(AgencyForm):
    pieces = text_field(_("Evidence that cannot be handed in in time"), 4, _("One a line."))
    cause = text_field(_("Force majeure or other good reason"), 4)


def extension_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    due = answer_due(file, file.agency(data))
    until = f"（至{chinese_date(due)}止）" if due else ""
    day = received(file, data)
    return Composed(
        (
            Part("parties", applicant(file, data)),
            Part(
                "requests",
                ("请求准许申请人延期提供下列证据：", *(numbered(lines(data, "pieces")) or (GAP,))),
                "申请事项",
            ),
            Part(
                "reasons",
                (
                    f"{file.court or GAP}受理的{file.suit}，申请人于{chinese_date(day) if day else GAP}收到起诉状副本，"
                    f"应当在十五日内{until}提供证据。",
                    *said(data, "cause"),
                    f"上述证据在作出行政行为时已经收集，因上述正当事由不能按期提供。根据{LITIGATION_LAW}第三十六条第一款、"
                    f"{INTERPRETATION}第三十四条的规定，特书面申请延期，请予准许。申请人将在正当事由消除后十五日内提供。",
                ),
                "事实和理由",
            ),
            to_court(file.court or GAP),
        )
    )


EVIDENCE_EXTENSION = court_paper(
    code="evidence_extension",
    name=_("Request for more time for evidence"),
    title="延期举证申请书",
    form=ExtensionForm,
    compose=extension_text,
    states=RUNNING,
    requires=lambda case, data: [
        *needs_court(case, data),
        *needs_head(case, data),
        *needs_receipt(case, data),
        *needs(
            data,
            ("pieces", _("List the evidence that comes later."), JS18 % "34"),
            ("cause", _("State the good reason."), "36(1)"),
        ),
    ],
    primary=41,
)


class JurisdictionForm(AgencyForm):
    right_court = forms.CharField(label=_("Court that has jurisdiction"), required=False, max_length=80)
    cause = text_field(_("Facts and law"), 5)


def jurisdiction_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    day = received(file, data)
    return Composed(
        (
            Part("parties", applicant(file, data)),
            Part("requests", (f"请求将本案移送{data.get('right_court') or GAP}审理。",), "申请事项"),
            Part(
                "reasons",
                (
                    f"{file.court or GAP}受理的{file.suit}，申请人于{chinese_date(day) if day else GAP}收到起诉状副本，"
                    "现依法提出管辖异议。",
                    *said(data, "cause"),
                    f"根据{INTERPRETATION}第十条的规定，请依法审查并裁定移送。",
                ),
                "事实和理由",
            ),
            to_court(file.court or GAP),
        )
    )


def jurisdiction_requires(case: Case, data: Data) -> list[Missing]:
    file = file_of(case)
    found = [*needs_court(case, data), *needs_head(case, data), *needs_receipt(case, data)]
    instance = file.instance
    if instance is not None and (instance.level != Level.FIRST or instance.is_remanded):
        message = _("The court examines an objection to jurisdiction only in a first instance that was not remanded.")
        found.append(Missing("not-examined", message, JS18 % "11"))
    return found + needs(
        data,
        ("right_court", _("Name the court that has jurisdiction.")),
        ("cause", _("State facts and law of the objection."), JS18 % "10"),
    )


JURISDICTION_OBJECTION = court_paper(
    code="jurisdiction_objection",
    name=_("Objection to the court's jurisdiction"),
    title="管辖异议申请书",
    form=JurisdictionForm,
    compose=jurisdiction_text,
    states=RUNNING,
    requires=jurisdiction_requires,
    primary=20,
)
