"""Who stands before the court for the agency: 法定代表人身份证明书, 负责人身份证明书 (Appearance Provisions
2020, art. 6), 授权委托书 with name, post and powers (Interpretation 2018, art. 131(2))."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.cases.models import Case, Mandate
from casemgr.documents.kinds import Composed, Data, Missing, Part
from litigation.documents.shapes import AgencyForm, court_paper, needs, needs_court, needs_head, to_court
from litigation.documents.suitfile import GAP, file_of, moment
from litigation.states import RUNNING
from litigation.terms import COUNTS_AS_HEAD, HeadCategory

CT20, JS18 = _("Appearance Provisions 2020, article %s"), _("Interpretation of the Litigation Law, article %s")
CATEGORY_WORDS: dict[str, str] = {
    HeadCategory.PRINCIPAL: "正职负责人",
    HeadCategory.DEPUTY: "副职负责人",
    HeadCategory.IN_CHARGE_DEPUTY_LEVEL: "参与分管被诉行政行为实施工作的副职级别的负责人",
    HeadCategory.IN_CHARGE: "参与分管被诉行政行为实施工作的负责人",
}
"""Who is a head (Appearance Provisions 2020, art. 2(1)); nobody else is certified as one."""
GENERAL_POWERS = "代为应诉，提交证据，陈述事实，进行答辩、质证、辩论，签收法律文书"
SPECIAL_POWERS = "代为承认、变更、放弃诉讼主张，进行和解、调解，提起上诉"


def head_of_agency_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    part = file.agency(data)
    party = part.party if part else None
    name = (party.legal_representative if party else "") or GAP
    post = (party.representative_post if party else "") or GAP
    return Composed(
        (
            Part(
                "text",
                (
                    f"兹证明{name}同志，在我单位任{post}职务，系我单位法定代表人。",
                    "特此证明。",
                    f"单位全称：{part.name if part else GAP}",
                    f"单位地址：{(party.address if party else '') or GAP}",
                ),
            ),
            to_court(file.court or GAP),
        )
    )


def head_of_agency_requires(case: Case, data: Data) -> list[Missing]:
    found = [*needs_court(case, data), *needs_head(case, data)]
    part = file_of(case).agency(data)
    if part is not None:
        if not part.party.representative_post:
            found.append(Missing("post", _("The post of the legal representative is not entered with the party.")))
        if not part.party.address:
            found.append(Missing("address", _("The agency's address is not entered with the party.")))
    return found


REPRESENTATIVE_CERTIFICATE = court_paper(
    code="suit_representative_certificate",
    name=_("Certificate of the legal representative"),
    title="法定代表人身份证明书",
    compose=head_of_agency_text,
    states=RUNNING,
    requires=head_of_agency_requires,
    attachments=lambda case, data: ("法定代表人身份证复印件",),
    primary=45,
)


class HeadForm(AgencyForm):
    """Who is to come: proposed is the head named for the next session."""

    head_name = forms.CharField(label=_("Head"), required=False, max_length=50)
    head_post = forms.CharField(label=_("Post"), required=False, max_length=60)
    head_category = forms.ChoiceField(label=_("Category"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [one for one in HeadCategory.choices if one[0] in COUNTS_AS_HEAD]
        self.fields["head_category"].choices = [("", _("— choose —")), *choices]
        if (row := self.file.appearance(self.file.session, self.proposed)) is not None:
            category = row.head_category if row.head_category in COUNTS_AS_HEAD else ""
            self.propose(head_name=row.head_name, head_post=row.head_post, head_category=category)


def head_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    session = file.session
    when = f"于{moment(session.planned_at)}" if session is not None else ""
    name, post = data.get("head_name") or GAP, data.get("head_post") or GAP
    category = CATEGORY_WORDS.get(data.get("head_category") or "", GAP)
    return Composed(
        (
            Part(
                "text",
                (
                    f"兹证明{name}同志，现任我单位{post}，系我单位{category}，代表我单位出席你院{when}开庭审理的{file.suit}的庭审活动。",
                    "根据《最高人民法院关于行政机关负责人出庭应诉若干问题的规定》第六条第一款的规定，现于开庭前提交本证明。",
                    "特此证明。",
                ),
            ),
        ),
        addressee=file.court,
    )


HEAD_CERTIFICATE = court_paper(
    code="head_certificate",
    name=_("Identity certificate of the head who comes"),
    title="出庭应诉负责人身份证明书",
    form=HeadForm,
    compose=head_text,
    states=RUNNING,
    requires=lambda case, data: [
        *needs_court(case, data),
        *needs(
            data,
            ("head_name", _("Name the head who comes."), CT20 % "6"),
            ("head_post", _("State the head's post."), CT20 % "6"),
            ("head_category", _("Say as what the head comes: only these count as a head."), CT20 % "2"),
        ),
    ],
    attachments=lambda case, data: ("负责人身份证、任职文件复印件",),
    primary=44,
)


class PowerForm(AgencyForm):
    """Up to two agents (art. 31(1)): proposed are those entered for the agency."""

    agent_name = forms.CharField(label=_("Agent"), required=False, max_length=50)
    agent_post = forms.CharField(label=_("Unit and post of the agent"), required=False, max_length=80)
    second_name = forms.CharField(label=_("Second agent"), required=False, max_length=50)
    second_post = forms.CharField(label=_("Unit and post of the second agent"), required=False, max_length=80)
    power = forms.ChoiceField(label=_("Authority"), required=False, choices=Mandate.Power.choices)
    powers = forms.CharField(
        label=_("Powers in words"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What a special authority covers is listed one by one."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Mandate.objects.filter(principal=self.proposed, ended_on__isnull=True).select_related("agent")
        found = list(rows[:2]) if self.proposed else []
        for names, row in zip(("agent_name", "second_name"), found, strict=False):
            self.propose(**{names: row.agent.name})
        self.propose(powers=GENERAL_POWERS, power=found[0].power if found else Mandate.Power.GENERAL)


def power_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    part = file.agency(data)
    people = [(data.get("agent_name") or GAP, data.get("agent_post") or GAP)]
    if data.get("second_name"):
        people.append((data["second_name"], data.get("second_post") or GAP))
    is_special = data.get("power") == Mandate.Power.SPECIAL
    powers = " ".join(str(data.get("powers") or GAP).split()).rstrip("。")
    head = part.party.legal_representative if part else ""
    return Composed(
        (
            Part(
                "parties",
                (
                    f"委托人：{part.name if part else GAP}，法定代表人：{head or GAP}。",
                    *(f"受委托人：{name}，{post}。" for name, post in people),
                ),
            ),
            Part(
                "text",
                (
                    f"现委托上列受委托人，在{file.court or GAP}受理的{file.suit}中，"
                    f"作为我单位{file.level}的诉讼代理人，参加诉讼。",
                    f"代理权限：{'特别授权' if is_special else '一般授权'}。{powers}。",
                    f"代理期限：自本委托书出具之日起至本案{file.level}程序终结之日止。",
                ),
            ),
            to_court(file.court or GAP),
        )
    )


def power_requires(case: Case, data: Data) -> list[Missing]:
    found = [*needs_court(case, data), *needs_head(case, data)]
    found += needs(
        data,
        ("agent_name", _("Name the agent."), JS18 % "131"),
        ("agent_post", _("State the agent's post."), JS18 % "131"),
        ("powers", _("State the powers."), JS18 % "131"),
    )
    if data.get("second_name"):
        found += needs(data, ("second_post", _("State the second agent's post."), JS18 % "131"))
    return found


POWER_OF_ATTORNEY = court_paper(
    code="suit_power_of_attorney",
    name=pgettext_lazy("litigation", "Power of attorney"),
    title="授权委托书",
    form=PowerForm,
    compose=power_text,
    states=RUNNING,
    requires=power_requires,
    primary=43,
)
