"""D06 身份证明核验单 (seen, instead of copies: PIPL, art. 6), D07 授权委托书 and 法定代表人证明, D08 代表人推选书."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case, Group, Participation
from casemgr.documents.kinds import Composed, Data, Part
from casemgr.documents.rendering import Cell, SignLines, Table, chinese_date
from casemgr.parties.models import Party
from mediation.documents.casefile import CaseFile, file_of, head_word, is_person, names
from mediation.documents.people import AGENT_WORDS, SIGN_ALONE, Signatory, sign_table
from mediation.documents.shapes import PARTIES, ChoiceForm, chosen, no_text, printed_form, wants

Role = Participation.Role
PAPER_WORDS: dict[str, str] = {
    "RID": "居民身份证",
    "HKB": "户口簿（出生医学证明）",
    "HMT": "港澳台居民居住证",
    "FPR": "外国人永久居留身份证",
    "PASS": "护照",
    "PERMIT": "来往内地（大陆）通行证",
    "USCC": "营业执照（登记证书）",
    "ORG_OLD": "登记证书",
    "NONE": "无证件",
}
MATTER_WORDS = {
    "change_requests": "变更、放弃调解请求",
    "withdraw": "撤回调解申请",
    "admit": "承认对方的请求",
    "settle": "进行和解，签订调解协议",
}
MATTERS = "代为承认、变更、放弃调解请求，进行和解，签订调解协议，代收文书"


def identity_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file = file_of(case)
    heads = ("身份", "姓名或者名称", "核验的证件", "证件末四位", "核验结果")
    rows = [tuple(Cell(head, label=True) for head in heads)]
    for part in _identified(file):
        party = part.party
        cells = (
            Cell(AGENT_WORDS.get(part.role) or file.side(part), align="center"),
            Cell(part.name),
            Cell(PAPER_WORDS.get(party.identity_kind, "")),
            Cell(party.identity_last4, align="center"),
            Cell("□核验原件，人证一致\n□留存复印件"),
        )
        rows.append(cells)
    return {
        "form": (Table(tuple(rows), widths=(1.7, 2.4, 2.4, 1.5, 3.4), header_rows=1),),
        "signatures": (SignLines((f"核验人（签名）{file.lead}",)),),
    }


def _identified(file: CaseFile) -> list[Participation]:
    return [*file.parties, *file.of_role(Role.STATUTORY_AGENT, Role.AGENT, Role.REPRESENTATIVE)]


IDENTITY_SEEN = printed_form(
    code="identity_seen",
    name=_("Note that identity papers were seen"),
    title="当事人身份核验单",
    compose=no_text,
    blocks=identity_blocks,
)


class PrincipalForm(ChoiceForm):
    rows: ClassVar = {
        "principal": lambda case: case.participations.filter(
            role__in=(Role.APPLICANT, Role.RESPONDENT, Role.THIRD_PARTY), left_on__isnull=True
        )
    }
    principal = forms.ModelChoiceField(Participation.objects.none(), label=_("Who entrusts"), required=False)


def power_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    principal = chosen(file.parties, data, "principal")
    mandate = next((one for one in file.mandates if principal and one.principal_id == principal.pk), None)
    agent = mandate.agent.name if mandate else "　　　　　　"
    powers = "代为参加调解，陈述事实和意见"
    if mandate is None:
        powers = f"（请选定并划去不用的）□一般授权：{powers}；□特别授权：{MATTERS}"
    elif mandate.power == mandate.Power.SPECIAL:
        powers = "特别授权：" + "；".join(MATTER_WORDS[code] for code in mandate.matters if code in MATTER_WORDS)
    else:
        powers = f"一般授权：{powers}"
    return Composed(
        (
            Part("parties", (f"委托人：{principal.name if principal else ''}", f"受托人：{agent}")),
            Part(
                "text",
                (
                    f"委托人因{file.both_sides}{file.dispute}一案（{case.number}），委托上列受托人为代理人，参加{file.committee.name}主持的调解。",
                    f"委托事项和权限：{powers}。",
                    "委托期限：自签署之日起至本纠纷调解终结之日止。",
                ),
            ),
        )
    )


def power_blocks(case: Case, data: Data) -> dict[str, tuple[Table, ...]]:
    agent = Signatory("受托人", "签名", "")
    return {"signatures": (sign_table(Signatory("委托人", SIGN_ALONE, ""), agent),)}


POWER_OF_ATTORNEY = printed_form(
    code="power_of_attorney",
    issuer=PARTIES,
    name=_("Power of attorney (form)"),
    title="授权委托书",
    form=PrincipalForm,
    compose=power_text,
    blocks=power_blocks,
    requires=wants("principal", _("Choose who entrusts.")),
)


class OrganisationForm(ChoiceForm):
    rows: ClassVar = {
        "organisation": lambda case: case.participations.filter(left_on__isnull=True).exclude(
            party__kind=Party.Kind.PERSON
        )
    }
    organisation = forms.ModelChoiceField(Participation.objects.none(), label=_("Organisation"), required=False)


def head_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    part = chosen(file.everybody, data, "organisation")
    party = part.party if part else Party()
    who = party.legal_representative or "　　　　　　"
    post = party.representative_post or "　　　　　　"
    word = head_word(part) if part else "法定代表人"
    return Composed(
        (
            Part("text", (f"兹证明{who}同志，在我单位任{post}职务，系我单位{word}。",)),
            Part("more", (f"单位全称：{party.name}", f"单位地址：{party.address or '　　　　　　'}")),
        ),
        addressee=file.committee.name,
    )


def head_blocks(case: Case, data: Data) -> dict[str, tuple[SignLines, ...]]:
    part = chosen(file_of(case).everybody, data, "organisation")
    return {"signatures": (SignLines((f"单位（盖章）{part.name if part else ''}",)),)}


REPRESENTATIVE_CERTIFICATE = printed_form(
    code="representative_certificate",
    issuer=PARTIES,
    name=_("Certificate of the legal representative (form)"),
    title="法定代表人（负责人）身份证明",
    form=OrganisationForm,
    compose=head_text,
    blocks=head_blocks,
    requires=wants("organisation", _("Choose the organisation.")),
    offered_if=lambda case: any(not is_person(part) for part in file_of(case).parties),
)


class GroupForm(ChoiceForm):
    rows: ClassVar = {"group": lambda case: case.groups.filter(ended_on__isnull=True)}
    group = forms.ModelChoiceField(Group.objects.none(), label=_("Group with representatives"), required=False)


def election_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    group = case.groups.filter(pk=data.get("group")).first()
    mine = [part for part in file.everybody if group and part.group_id == group.pk]
    elected = [part for part in mine if part.role == Role.REPRESENTATIVE]
    members = [part for part in mine if part.role != Role.REPRESENTATIVE]
    day = chinese_date(group.elected_on) if group else ""
    return Composed(
        (
            Part(
                "text",
                (
                    f"我们系{file.both_sides}{file.dispute}一案（{case.number}）的当事人，共{len(members)}人，于{day}推选"
                    f"{names(elected)}为代表人，代表我们参加{file.committee.name}主持的调解。",
                    "代表人参加调解的行为对全体被代表人发生效力；代表人变更、放弃调解请求，承认对方的请求，进行和解或者签订调解协议，须经被代表人同意。",
                    "被代表人名单及签名如下：",
                ),
            ),
            Part("list"),
        )
    )


def election_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file = file_of(case)
    mine = [part for part in file.everybody if data.get("group") and part.group_id == data["group"]]
    heads = ("序号", "姓名", "住址", "签名或者按指印")
    rows = [tuple(Cell(head, label=True) for head in heads)]
    members = (part for part in mine if part.role != Role.REPRESENTATIVE)
    for number, part in enumerate(members, 1):
        rows.append((Cell(str(number), align="center"), Cell(part.name), Cell(part.party.address), Cell("")))
    labels = tuple(f"代表人（签名）{part.name}" for part in mine if part.role == Role.REPRESENTATIVE)
    return {
        "list": (Table(tuple(rows), widths=(0.8, 2, 4, 3), header_rows=1),),
        "signatures": (SignLines(labels or ("代表人（签名）",)),),
    }


ELECTION = printed_form(
    code="election",
    issuer=PARTIES,
    name=_("Election of representatives (form)"),
    title="代表人推选书",
    form=GroupForm,
    compose=election_text,
    blocks=election_blocks,
    requires=wants("group", _("Choose the group: record its election first.")),
    offered_if=lambda case: any(part.group_id for part in file_of(case).everybody),
)
