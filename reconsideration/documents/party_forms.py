"""What parties hand in themselves: application, powers, election, withdrawal, the respondent's reply.

Each is printed with what the case knows, or blank; people complete and sign it by hand.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.cases.models import Case, Mandate, Matter, Participation
from casemgr.documents.kinds import Composed, Data, KindForm, Part
from casemgr.documents.references import PUBLIC_KINDS, number_reference
from casemgr.documents.rendering import Cell, SignLines, Table, chinese_date
from casemgr.parties.models import Party
from reconsideration.documents import organs
from reconsideration.documents.casefile import SEX_WORDS, CaseFile, closed, without_opening
from reconsideration.documents.shapes import GAP, lacking, party_form
from reconsideration.documents.trial_notice import LAW, REGULATION
from reconsideration.timelimits.laws import REGULATION_2026

Role = Participation.Role


class BlankForm(KindForm):
    is_blank = forms.BooleanField(
        label=_("Blank form"), required=False, help_text=_("Only the headings, to be filled in by hand.")
    )


def particulars(part: Participation | None, word: str) -> tuple[str, ...]:
    """What the application must say of one party (Implementing Regulation 2026, art. 27).

    A citizen's number is written in by hand: papers of the house show it masked, and this one is the party's own.
    """
    party = part.party if part is not None else None
    address = (party.address if party else "") or GAP * 3
    if part is None or party is None or party.kind == Party.Kind.PERSON:
        sex = SEX_WORDS.get(party.sex, "") if party else ""
        return (
            f"{word}：{part.name if part else GAP * 2}　性别：{sex or GAP}",
            f"公民身份号码：{GAP * 3}",
            f"住址：{address}",
            f"送达地址：{address}",
            f"联系方式：{GAP * 3}",
        )
    head = "负责人" if party.kind == Party.Kind.AGENCY else "法定代表人（主要负责人）"
    number = number_reference(part) if party.identity_kind in PUBLIC_KINDS and party.masked_number else GAP * 2
    return (
        f"{word}：{part.name}",
        f"统一社会信用代码：{number}",
        f"住所地：{address}",
        f"送达地址：{address}　联系方式：{GAP}",
        f"{head}：{party.legal_representative or GAP}　职务：{party.representative_post or GAP}",
    )


def application_text(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    is_blank = bool(data.get("is_blank"))
    applicants = [] if is_blank else file.applicants
    parties = [line for part in applicants for line in particulars(part, "申请人")] or particulars(None, "申请人")
    agents = [] if is_blank else [f"委托代理人：{part.name}" for part in file.of_role(Role.AGENT)]
    respondents = [] if is_blank else [f"被申请人：{part.name}" for part in file.respondents]
    requests = [] if is_blank else without_opening(file.facts.requests.splitlines(), "申请人请求", "请求")
    reasons = [] if is_blank else without_opening(file.facts.reasons.splitlines(), "事实和理由", "理由")
    act = f"申请人{file.complaint()}，现申请行政复议。" if not is_blank else f"申请人不服{GAP}{GAP}，现申请行政复议。"
    return Composed(
        (
            Part("parties", (*parties, *agents, *(respondents or [f"被申请人：{GAP}{GAP}"]))),
            Part("requests", (act, *(closed(line) for line in requests)) if requests else (act, GAP), "行政复议请求"),
            Part("reasons", tuple(closed(line) for line in reasons) or (GAP,), "事实和理由"),
            Part(
                "attachments",
                (
                    "附：1. 申请人身份证明复印件；",
                    "2. 被申请行政复议的行政行为文书复印件（没有书面文书的，说明情况）；",
                    "3. 其他证据材料。",
                ),
            ),
            Part("closing", ("此致", organs.authority_name(today))),
        )
    )


def application_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    names = [""] if data.get("is_blank") else [part.name for part in CaseFile(case).applicants] or [""]
    return {"signatures": (SignLines(tuple(f"申请人（签名、盖章或者按指印）{name}" for name in names)),)}


APPLICATION_FORM = party_form(
    code="application_form",
    name=_("Application for reconsideration (form)"),
    title="行政复议申请书",
    form=BlankForm,
    compose=application_text,
    blocks=application_blocks,
)


class PowerForm(KindForm):
    principal = forms.ModelChoiceField(Participation.objects.none(), label=_("Who entrusts"), required=False)
    agent = forms.ModelChoiceField(Participation.objects.none(), label=_("Agent"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = self.case.participations.filter(left_on__isnull=True)
        self.fields["principal"].queryset = here.exclude(role__in=(Role.AGENT, Role.STATUTORY_AGENT))
        self.fields["agent"].queryset = here.filter(role=Role.AGENT)
        for name in ("principal", "agent"):
            self.fields[name].label_from_instance = lambda part: part.with_role


def _of(case: Case, data: Data, name: str) -> Participation | None:
    return case.participations.select_related("party").filter(pk=data.get(name) or 0).first()


GENERAL = "代为提出、接收材料，陈述事实和意见，进行质证、辩论，查阅、复制有关材料，签收行政复议文书"
SPECIAL_WORDS: dict[str, str] = {
    Matter.CHANGE_REQUESTS: "代为变更、放弃行政复议请求",
    Matter.WITHDRAW: "代为撤回行政复议申请",
    Matter.ADMIT: "代为承认对方或者第三人的请求",
    Matter.SETTLE: "代为进行和解、调解",
}
SPECIAL = "□代为承认、变更、放弃行政复议请求　□代为撤回行政复议申请　□代为进行和解、调解"
"""What needs the party's special authority; ticked by hand where no power is recorded."""


def power_text(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    principal, agent = _of(case, data, "principal"), _of(case, data, "agent")
    mandate = Mandate.objects.filter(principal=principal, agent=agent, ended_on__isnull=True).first() if agent else None
    is_agency = principal is not None and principal.party.kind == Party.Kind.AGENCY
    until = chinese_date(mandate.until_on) if mandate and mandate.until_on else "本案行政复议程序终结之日"
    since = chinese_date(mandate.from_on) if mandate else chinese_date(None)
    powers = [f"一般权限：{GENERAL}。"]
    if mandate is None or mandate.power == Mandate.Power.SPECIAL:
        matters = "、".join(SPECIAL_WORDS[one] for one in mandate.matters) if mandate else ""
        powers.append(f"特别权限：{matters or SPECIAL}。")
    staff = ""
    if is_agency and REGULATION_2026.covers(today):
        staff = f"（被申请人应当指定1至2名工作人员参加行政复议，不得仅委托律师，{REGULATION}第十八条第二款）"
    return Composed(
        (
            Part("parties", particulars(principal, "委托人")),
            Part("agent", (*particulars(agent, "受委托人"), f"工作单位及职务：{GAP * 3}")),
            Part(
                "matters",
                (
                    f"委托人就{file.complaint(file.respondent_names)}申请行政复议一案（{case.number}），"
                    f"委托上述受委托人作为代理人参加行政复议。{staff}",
                ),
                "委托事项",
            ),
            Part("powers", tuple(powers), "委托权限"),
            Part("term", (f"自{since}起至{until}止。变更或者解除委托的，应当书面告知行政复议机构。",), "委托期限"),
            Part(
                "attachments",
                ("附：委托人、受委托人身份证明复印件各一份；律师还应当提交律师执业证复印件、律师事务所证明。",),
            ),
        )
    )


POWER_OF_ATTORNEY = party_form(
    code="power_of_attorney",
    name=_("Power of attorney (form)"),
    title="授权委托书",
    form=PowerForm,
    compose=power_text,
    blocks=lambda case, data: {"signatures": (SignLines(("委托人（签名或者盖章）", "受委托人（签名）")),)},
    requires=lambda case, data: lacking(data, ("principal", _("Choose who entrusts."), "17(2)")),
)


def election_text(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    elected = file.of_role(Role.REPRESENTATIVE)
    is_new = REGULATION_2026.covers(file.received_on or today)
    rule = (
        f"{REGULATION}第十七条的规定，同一行政复议案件申请人超过10人，推选2至5名代表人"
        if is_new
        else f"{REGULATION}（2007年）第八条的规定，同一行政复议案件申请人超过5人，推选1至5名代表人"
    )
    return Composed(
        (
            Part(
                "text",
                (
                    f"我们{len(file.applicants)}名申请人{file.complaint(file.respondent_names)}，共同申请行政复议。"
                    f"根据{LAW}第十五条和{rule}，现推选下列人员为代表人参加行政复议：",
                    *(f"{part.name}　联系方式：{GAP}" for part in elected),
                    *(() if elected else (f"{GAP}　联系方式：{GAP}",) * 2),
                    "代表人参加行政复议的行为对其所代表的申请人发生效力，但是代表人变更行政复议请求、撤回行政复议申请、"
                    "承认第三人请求的，应当经被代表的申请人同意。",
                ),
            ),
            Part("form", (), "全体申请人签名"),
        )
    )


def election_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    head = tuple(Cell(text, label=True) for text in ("序号", "申请人", "签名、盖章或者按指印", "日期"))
    rows = [
        (Cell(str(number), align="center"), Cell(part.name), Cell(""), Cell(""))
        for number, part in enumerate(CaseFile(case).applicants, 1)
    ]
    table = Table((head, *rows), widths=(1, 3, 4, 2.4), heights=(9, *(11 for _row in rows)), header_rows=1)
    return {"form": (table,)}


def several_apply(case: Case) -> bool:
    return len(CaseFile(case).applicants) > 1


REPRESENTATIVE_ELECTION = party_form(
    code="representative_election",
    name=_("Election of representatives (form)"),
    title="代表人推选书",
    compose=election_text,
    blocks=election_blocks,
    offered_if=several_apply,
)


class WithdrawingForm(KindForm):
    party = forms.ModelChoiceField(
        Participation.objects.none(), label=pgettext_lazy("reconsideration", "Who withdraws"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.case.participations.filter(role=Role.APPLICANT, left_on__isnull=True)
        self.fields["party"].queryset = rows
        self.fields["party"].label_from_instance = lambda part: part.name
        first = rows.order_by("order", "pk").first()
        if not self.is_bound and self.subject is self.case and first is not None:
            self.fields["party"].initial = first.pk


def withdrawal_text(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    part = _of(case, data, "party")
    asked = [fact for fact in file.facts_of_kind("withdrawn") if part and fact.party_id == part.party_id]
    told = asked[-1].data if asked else {}
    settled = "■" if told.get("after_settlement") else "□"
    return Composed(
        (
            Part("parties", (f"申请人：{part.name if part else GAP}", f"被申请人：{file.respondent_names or GAP}")),
            Part(
                "text",
                (
                    f"申请人{file.complaint()}，于{chinese_date(file.received_on)}提出行政复议申请（{case.number}）。"
                    "现自愿撤回行政复议申请。",
                    f"撤回理由：{closed(told['content']) if told.get('content') else GAP * 4}",
                    f"{settled}当事人已经达成和解　□其他原因",
                ),
            ),
            Part(
                "statement",
                (
                    f"申请人已知悉：根据{LAW}第七十四条第二款的规定，当事人达成和解后撤回行政复议申请的，"
                    "不得再以同一事实和理由提出行政复议申请，但是能够证明撤回违背其真实意愿的除外。",
                ),
            ),
            Part("closing", ("此致", organs.authority_name(today))),
        )
    )


WITHDRAWAL_APPLICATION = party_form(
    code="withdrawal_application",
    name=_("Request to withdraw (form)"),
    title="撤回行政复议申请书",
    form=WithdrawingForm,
    compose=withdrawal_text,
    blocks=lambda case, data: {"signatures": (SignLines(("申请人（签名、盖章或者按指印）",)),)},
    requires=lambda case, data: lacking(data, ("party", _("Choose who withdraws."), "74(2)")),
)


class ReplyForm(KindForm):
    respondent = forms.ModelChoiceField(Participation.objects.none(), label=_("Respondent"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.case.participations.filter(role=Role.RESPONDENT, left_on__isnull=True)
        self.fields["respondent"].queryset = rows
        self.fields["respondent"].label_from_instance = lambda part: part.name
        first = rows.order_by("order", "pk").first()
        if not self.is_bound and self.subject is self.case and first is not None:
            self.fields["respondent"].initial = first.pk


def reply_text(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    article = f"（{REGULATION}第四十一条）" if REGULATION_2026.covers(today) else ""
    return Composed(
        (
            Part(
                "parties",
                (*particulars(_of(case, data, "respondent"), "被申请人"), f"委托代理人（本机关工作人员）：{GAP}"),
            ),
            Part(
                "introduction",
                (
                    f"申请人{file.applicant_names}{file.complaint('我单位')}申请行政复议一案（{case.number}），我单位于"
                    f"{_copy_day(file)}收到行政复议答复通知书，现答复如下{article}：",
                ),
            ),
            Part("form"),
            Part("attachments", ("附：证据、依据目录及材料；负责人身份证明；授权委托书。",)),
            Part("closing", ("此致", organs.authority_name(today))),
        )
    )


def reply_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    """Room to answer on legality, propriety and each request (Implementing Regulation 2026, art. 41)."""
    requests = without_opening(CaseFile(case).facts.requests.splitlines(), "申请人请求", "请求")
    rows = [
        ("一、行政行为的合法性", "职权依据、认定的事实和证据、适用的依据、程序："),
        ("二、行政行为的适当性", ""),
        *(
            (f"三、对请求的答复（{number}）", f"对“{closed(line, '')}”的答复：")
            for number, line in enumerate(requests, 1)
        ),
        ("四、答复请求", ""),
    ]
    table = Table(
        tuple((Cell(label, label=True), Cell(text)) for label, text in rows),
        widths=(2, 7),
        heights=(70, 30, *(30 for _line in requests), 20),
    )
    return {"form": (table,), "signatures": (SignLines(("被申请人（印章）",)),)}


def _copy_day(file: CaseFile) -> str:
    return chinese_date(file.day("copy_served"))


REPLY_FORM = party_form(
    code="reply_form",
    name=_("Respondent's reply (form)"),
    title="行政复议答复书",
    form=ReplyForm,
    compose=reply_text,
    blocks=reply_blocks,
    states=("ACCEPTED", "AWAIT_REPLY", "IN_REVIEW", "SUSPENDED"),
    requires=lambda case, data: lacking(data, ("respondent", _("Choose the respondent."), "48")),
)

PARTY_FORMS = (
    APPLICATION_FORM,
    POWER_OF_ATTORNEY,
    REPRESENTATIVE_ELECTION,
    WITHDRAWAL_APPLICATION,
    REPLY_FORM,
)
__all__ = ["PARTY_FORMS"]
