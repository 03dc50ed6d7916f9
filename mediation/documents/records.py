"""D09 调查记录, D11 调解记录, D10 证据清单: what was asked, said and handed in (art. 27)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, Part
from casemgr.documents.rendering import Cell, KeyValues, SignLines, Table, chinese_date
from casemgr.documents.uploads.models import Material
from mediation.documents import wording
from mediation.documents.casefile import CaseFile, file_of, lines, moment, names, span
from mediation.documents.people import SIGN_ALONE, Signatory, party_signatures, sign_table, staff_signatures
from mediation.documents.shapes import ChoiceForm, chosen, no_text, printed_form, wants
from mediation.documents.words import CAPACITY_WORDS, SESSION_RESULT_WORDS
from mediation.models import Attendee, Inquiry, Session

EVIDENCE_AT_MOST = 200


class InquiryForm(ChoiceForm):
    rows: ClassVar = {"inquiry": lambda case: case.inquiries.order_by("held_at", "id")}
    inquiry = forms.ModelChoiceField(Inquiry.objects.none(), label=_("Inquiry"), required=False)


def inquiry_text(case: Case, data: Data, today: date) -> Composed:
    inquiry = chosen(file_of(case).inquiries, data, "inquiry")
    return Composed((Part("head"), Part("text", lines(inquiry.text) if inquiry else ())))


def inquiry_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    inquiry = chosen(file_of(case).inquiries, data, "inquiry")
    if inquiry is None:
        return {}
    head = (
        ("案号", case.number),
        ("时间", moment(inquiry.held_at)),
        ("地点", inquiry.place),
        ("被调查人", inquiry.interviewee),
        ("调查人", inquiry.asker),
        ("记录人", inquiry.recorder),
    )
    signatories = (
        Signatory("被调查人", "阅读或者听读无误后逐页签名", inquiry.interviewee),
        Signatory("调查人", "签名", inquiry.asker),
        Signatory("记录人", "签名", inquiry.recorder),
    )
    return {"head": (KeyValues(head),), "signatures": (sign_table(*signatories),)}


INQUIRY_RECORD = printed_form(
    code="inquiry_record",
    name=_("Record of an inquiry"),
    title="人民调解调查记录",
    form=InquiryForm,
    compose=inquiry_text,
    blocks=inquiry_blocks,
    requires=wants("inquiry", _("Choose the inquiry.")),
    offered_if=lambda case: bool(file_of(case).inquiries),
)


class SessionForm(ChoiceForm):
    rows: ClassVar = {"session": lambda case: case.mediation_sessions.order_by("round", "number")}
    session = forms.ModelChoiceField(Session.objects.none(), label=_("Session"), required=False)


def session_text(case: Case, data: Data, today: date) -> Composed:
    """What was said in confidence is never printed."""
    session = chosen(file_of(case).sessions, data, "session")
    if session is None:
        return Composed(())
    said = [
        Part("head"),
        Part("told", (wording.RECORD_STATEMENT.say(),)),
        Part("statements", lines(session.statements), "当事人陈述"),
        Part("proposals", lines(session.proposals), "调解意见和方案"),
        Part("result", (SESSION_RESULT_WORDS.get(session.result, ""),), "调解结果"),
        Part("read", ("以上记录经当事人阅读或者听读，认为无误。",)),
    ]
    return Composed(tuple(part for part in said if not part.heading or any(part.paragraphs)))


def session_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file = file_of(case)
    session = chosen(file.sessions, data, "session")
    if session is None:
        return {}
    way = "公开" if session.is_open else "不公开"
    if session.is_separate:
        way += "，分别进行"
    if session.is_remote:
        way += "，通过视频或者电话进行"
    if session.is_joint:
        way += "，多部门联合调解"
    others = [one for one in session.attendees.all() if one.capacity != Attendee.Capacity.PARTY]
    head = [
        ("案号", case.number),
        ("时间", span(session.starts_at, session.ends_at)),
        ("地点", session.place),
        ("调解方式", way),
        ("调解员", file.mediator_names),
        ("记录人", session.recorder or file.recorder),
        ("当事人", "、".join(_present(session)) or names(file.parties)),
        ("参加人", "、".join(_who(one) for one in others) or "无"),
    ]
    absent = [one.name for one in session.attendees.all() if one.refused_to_sign]
    if absent:
        head.append(("拒绝签名", f"{'、'.join(absent)}，已记明情况"))
    signatories = (*_signatories(file, session), *staff_signatures(file, session.recorder))
    return {"head": (KeyValues(tuple(head)),), "signatures": (sign_table(*signatories),)}


def _present(session: Session) -> list[str]:
    return [one.name for one in session.attendees.all() if one.capacity == Attendee.Capacity.PARTY]


def _signatories(file: CaseFile, session: Session) -> tuple[Signatory, ...]:
    """Those who were there sign; until somebody was entered, places for all parties."""
    attendees = list(session.attendees.all())
    if not attendees:
        return party_signatures(file)
    return tuple(
        Signatory(CAPACITY_WORDS[one.capacity], SIGN_ALONE if one.capacity == "party" else "签名", one.name)
        for one in attendees
        if not one.refused_to_sign
    )


def _who(one: Attendee) -> str:
    """受邀参加人王村长（新民村村民委员会）"""
    organ = f"（{one.organ}）" if one.organ else ""
    return f"{CAPACITY_WORDS[one.capacity]}{one.name}{organ}"


SESSION_RECORD = printed_form(
    code="session_record",
    name=_("Record of a session"),
    title="人民调解记录",
    form=SessionForm,
    compose=session_text,
    blocks=session_blocks,
    requires=wants("session", _("Choose the session.")),
    passages=(wording.RECORD_STATEMENT,),
    offered_if=lambda case: bool(file_of(case).sessions),
)


def evidence_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file = file_of(case)
    heads = ("序号", "证据材料名称", "来源（提供人）", "收到日期", "页数", "原件或者复印件", "备注")
    rows = [tuple(Cell(head, label=True) for head in heads)]
    kept = case.materials.living().of_case().filter(kind=Material.Kind.EVIDENCE, is_secret=False)
    for number, material in enumerate(kept.select_related("received_from").order_by("id")[:EVIDENCE_AT_MOST], 1):
        giver = material.received_from.name if material.received_from else ""
        cells = (material.title, giver, chinese_date(material.received_on), str(material.pages or ""), "□原件\n□复印件")
        rows.append((Cell(str(number), align="center"), *(Cell(text) for text in cells), Cell(material.note)))
    empty = tuple(Cell("") for _head in heads)
    rows += [empty] * max(0, 4 - len(rows))
    return {
        "form": (Table(tuple(rows), widths=(0.8, 3, 1.9, 1.9, 0.8, 1.6, 1.5), header_rows=1),),
        "signatures": (SignLines(("提供人（签名）", f"核对人（签名）{file.lead}")),),
    }


EVIDENCE_LIST = printed_form(
    code="evidence_list",
    name=_("List of evidence"),
    title="证据材料清单",
    compose=no_text,
    blocks=evidence_blocks,
)
