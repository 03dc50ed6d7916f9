"""不能出庭情况说明: why no head can come, proved and sealed (Appearance Provisions 2020, art. 8, 9)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, Missing, Part
from litigation.documents.identity import CT20
from litigation.documents.shapes import AgencyForm, court_paper, needs, needs_court, text_field
from litigation.documents.suitfile import GAP, closed, file_of, lines, moment, numbered, said
from litigation.states import RUNNING
from litigation.terms import AbsenceGround

LAW = "《最高人民法院关于行政机关负责人出庭应诉若干问题的规定》"
GROUND_WORDS: dict[str, tuple[str, str]] = {
    AbsenceGround.FORCE_MAJEURE: ("不可抗力", "一"),
    AbsenceGround.ACCIDENT: ("意外事件", "二"),
    AbsenceGround.DUTY: ("需要履行他人不能代替的公务", "三"),
    AbsenceGround.OTHER: ("其他正当事由", "四"),
}
"""The ground in the words of art. 8, and its item."""


class AbsenceForm(AgencyForm):
    head_name = forms.CharField(label=_("Head"), required=False, max_length=50)
    head_post = forms.CharField(label=_("Post"), required=False, max_length=60)
    ground = forms.ChoiceField(label=_("Why the head stays away"), required=False)
    facts = text_field(_("What prevents it, with time and place"), 4)
    proofs = text_field(_("Evidence handed in"), 3, _("One a line."))
    staff = forms.CharField(
        label=_("Staff member who comes instead, with post"),
        required=False,
        max_length=120,
        help_text=_("A lawyer alone is not enough (Litigation Law, article 3(3))."),
    )
    asks_postponement = forms.BooleanField(label=_("Ask the court to postpone the session"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [("", _("— choose —")), *AbsenceGround.choices]
        party = self.proposed.party if self.proposed else None
        if party is not None:
            self.propose(head_name=party.legal_representative, head_post=party.representative_post)
        if (row := self.file.appearance(self.file.session, self.proposed)) is not None:
            self.propose(ground=row.absence_ground, facts=row.absence_note, staff=row.staff)
            if row.head_name:
                self.propose(head_name=row.head_name, head_post=row.head_post)


def compose(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    part, session = file.agency(data), file.session
    words, item = GROUND_WORDS.get(data.get("ground") or "", (GAP, GAP))
    name, post = data.get("head_name") or GAP, data.get("head_post") or GAP
    when = moment(session.planned_at) if session is not None else GAP
    instead = (f"我单位已委托相应的工作人员{closed(str(data['staff']), '')}出庭应诉。",) if data.get("staff") else ()
    postponed = (f"根据{LAW}第九条第三款的规定，恳请你院准许延期开庭审理。",) if data.get("asks_postponement") else ()
    return Composed(
        (
            Part(
                "introduction",
                (
                    f"你院定于{when}开庭审理{file.suit}。{part.name if part else GAP}负责人{name}（{post}）因{words}，"
                    "不能出庭应诉，现将有关情况说明如下：",
                ),
            ),
            Part("facts", said(data, "facts"), "一、不能出庭的事由"),
            Part(
                "proofs",
                (
                    f"上述情形属于{LAW}第八条第{item}项规定的不能出庭的情形。根据该规定第九条第一款的规定，提交下列证明材料：",
                    *(numbered(lines(data, "proofs")) or (GAP,)),
                ),
                "二、证明材料",
            ),
            Part("instead", (*instead, *postponed) or (GAP,), "三、出庭安排"),
            Part("closing", ("特此说明，请予审查。",)),
        ),
        addressee=file.court,
    )


def requires(case: Case, data: Data) -> list[Missing]:
    found = needs_court(case, data)
    if file_of(case).session is None:
        message = _("No session is planned: enter the summons first.")
        found.append(Missing("session", message, mended_by="litigation.plan_session"))
    found += needs(
        data,
        ("head_name", _("Name the head who cannot come.")),
        ("head_post", _("State the head's post.")),
        ("ground", _("Choose the ground."), CT20 % "8"),
        ("facts", _("Say what prevents it."), CT20 % "8"),
        ("proofs", _("Name the evidence that is handed in with it."), CT20 % "9"),
    )
    if not data.get("staff") and not data.get("asks_postponement"):
        message = _("Say which staff member comes instead, or ask for a postponement.")
        found.append(Missing("staff", message, "3(3)", "staff"))
    return found


ABSENCE_STATEMENT = court_paper(
    code="absence_statement",
    name=_("Statement why the head cannot come"),
    title="关于行政机关负责人不能出庭应诉的情况说明",
    form=AbsenceForm,
    compose=compose,
    states=RUNNING,
    requires=requires,
    attachments=lambda case, data: ("证明材料",) if data.get("proofs") else (),
    primary=42,
)
