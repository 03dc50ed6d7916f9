"""听证笔录: who was there, what was said step by step, each item of evidence, and who signed (art. 50(3), 61(2))."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases import events
from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing, Part
from casemgr.documents.references import ROLE_WORDS
from casemgr.documents.rendering import KeyValues, SignLines, chinese_date
from reconsideration.documents import organs
from reconsideration.hearings.reading import place_of
from reconsideration.hearings.script import STEPS, items_of
from reconsideration.hearings.terms import SEAT_WORDS, HearingState, Seat
from reconsideration.models import Hearing, HearingParty
from reconsideration.states import UNDER_TRIAL

ON_RECORD = (*UNDER_TRIAL, "SUSPENDED")


def opened(case: Case) -> list[Hearing]:
    """Hearings with something on record, the latest first."""
    rows = Hearing.objects.filter(case_id=case.pk).exclude(state=HearingState.CANCELLED).exclude(record={})
    return list(rows.select_related("booking__room", "case").order_by("-number"))


def chosen(case: Case, data: Data) -> Hearing | None:
    known = opened(case)
    asked = str(data.get("hearing") or "")
    return next((one for one in known if str(one.number) == asked), known[0] if known and not asked else None)


class HearingRecordForm(KindForm):
    hearing = forms.ChoiceField(label=_("Hearing"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = opened(self.case)
        self.fields["hearing"].choices = [(str(one.number), str(one.booking)) for one in known] or [("", "—")]

    def clean_hearing(self) -> str:
        known = opened(self.case)
        return self.cleaned_data["hearing"] or (str(known[0].number) if known else "")


def _parties(hearing: Hearing) -> list[HearingParty]:
    return list(hearing.parties.select_related("participation").order_by("participation__role", "pk"))


def _attendance(rows: list[HearingParty]) -> tuple[str, ...]:
    found = []
    for row in rows:
        who = f"{ROLE_WORDS[row.participation.role]}{row.participation.name}"
        if row.came:
            by = f"，到场人员：{row.came_by}" if row.came_by and row.came_by != row.participation.name else ""
            found.append(f"{who}到场{by}。")
        elif row.came is False and row.is_excused:
            found.append(f"{who}未到场，理由：{row.absence}。")
        elif row.came is False:
            given_up = "，视为放弃听证权利" if row.gave_up else ""
            found.append(f"{who}无正当理由未到场{given_up}。")
        if row.is_respondent and row.head_absence:
            found.append(f"被申请人负责人不能参加听证，理由：{row.head_absence}；委托{row.delegate}参加。")
    return tuple(found)


def _evidence(hearing: Hearing, rows: list[HearingParty]) -> tuple[str, ...]:
    names = {row.participation_id: ROLE_WORDS[row.participation.role] for row in rows}
    lines = []
    for number, item in enumerate(items_of(hearing), 1):
        who = names.get(item["by"], "当事人")
        lines += [f"{number}. {who}出示：{item['name']}。证明目的：{item['proves']}", f"质证意见：{item['opinion']}"]
    return tuple(lines)


def compose(case: Case, data: Data, today: date) -> Composed:
    hearing = chosen(case, data)
    if hearing is None:
        return Composed(())
    rows, parts = _parties(hearing), [Part("head")]
    for step in STEPS:
        if step.kind == "attendance":
            said = _attendance(rows)
        elif step.kind == "evidence":
            said = _evidence(hearing, rows)
        elif step.kind == "signatures":
            continue
        else:
            said = tuple(line for line in str(hearing.record.get(step.code) or "").splitlines() if line.strip())
        if said:
            parts.append(Part(step.code, said, step.heading))
    refused = [row for row in rows if row.refused_to_sign]
    end = ["以上笔录经核对无误。"]
    end += [f"{row.participation.name}拒绝签名，理由：{row.refused_to_sign}，已记明情况。" for row in refused]
    return Composed((*parts, Part("end", tuple(end))))


def blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    hearing = chosen(case, data)
    if hearing is None:
        return {}
    booking, panel = hearing.booking, list(hearing.panel.select_related("user"))
    head = [
        ("案号", case.number),
        ("案由", case.title),
        ("时间", f"{chinese_date(hearing.on)} {booking.begins}至{booking.ends}"),
        ("地点", f"远程方式（{hearing.remote_note}）" if hearing.is_remote else place_of(hearing)),
        ("方式", "公开听证" if hearing.is_open else "不公开听证"),
    ]
    for seat in Seat:
        names = "、".join(row.user.full_name for row in panel if row.seat == seat)
        head.append((SEAT_WORDS[seat], names))
    signing = [row for row in _parties(hearing) if row.came and not row.refused_to_sign]
    labels = [f"{ROLE_WORDS[row.participation.role]}（{row.participation.name}）" for row in signing]
    labels += [SEAT_WORDS[Seat(row.seat)] + f"（{row.user.full_name}）" for row in panel]
    return {"head": (KeyValues(tuple(head)),), "signatures": (SignLines(tuple(labels)),)}


def requires(case: Case, data: Data) -> list[Missing]:
    if chosen(case, data) is not None:
        return []
    return [Missing("no-record", _("Nothing is on record of a hearing yet."), "50(3)", "hearing")]


HEARING_RECORD = DocumentKind(
    code="hearing_record",
    name=_("Record of the hearing"),
    title="行政复议听证笔录",
    issuer=organs.OFFICE,
    compose=compose,
    blocks=blocks,
    states=ON_RECORD,
    signer_roles=(),
    form=HearingRecordForm,
    requires=requires,
    layout="record",
    signed_by_issuer=False,
    is_single=False,
    is_form=True,
    offered_if=lambda case: events.last_of(events.facts_of(case), "hearing_planned") is not None,
)
