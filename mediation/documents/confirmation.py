"""D16: 司法确认申请书, signed by both sides, and the committee's certificate that it mediated.

Civil Procedure Law 2023, art. 205; Interpretation of it, art. 351, 354: agreement, certificate, property papers,
identity, address and contact of both sides.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, Missing, Part
from casemgr.documents.rendering import Table, chinese_date
from casemgr.organisation.office import office_on
from mediation.documents.agreement import WrittenForm
from mediation.documents.casefile import CaseFile, file_of
from mediation.documents.obligations import items, numbered
from mediation.documents.people import own_signatures, party_lines, sign_table
from mediation.documents.shapes import PARTIES, chosen, letter, printed_form, wants
from mediation.models import Agreement
from mediation.terms import AgreementForm


class CourtForm(WrittenForm):
    court = forms.CharField(label=_("Court"), max_length=80, required=False)

    rows: ClassVar = WrittenForm.rows

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["court"].initial = _court(file_of(self.case), file_of(self.case).agreement, self.today)


def _court(file: CaseFile, agreement: Agreement | None, on: date) -> str:
    """The court chosen for the confirmation; else the inviting one, or that of the committee's place."""
    applied = [one.court for one in agreement.confirmations.all()] if agreement else []
    return applied[-1] if applied else file.facts.court or office_on(on).basic_court


def _effective(agreement: Agreement) -> str:
    return chinese_date(agreement.effective_on) if agreement.effective_on else "　　年　　月　　日"


def application_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    agreement = chosen(file.agreements, data, "agreement")
    if agreement is None:
        return Composed(())
    return Composed(
        (
            Part("parties", party_lines(file, today, last4=True)),
            Part("request", (f"请求依法确认{agreement.number}人民调解协议有效。",), "申请事项"),
            Part(
                "reasons",
                (
                    f"申请人因{file.dispute}，经{file.committee.name}主持调解，于{chinese_date(agreement.made_on)}达成调解协议，"
                    f"该协议于{_effective(agreement)}生效。协议主要内容如下：",
                    *numbered(items(agreement)),
                    "申请人出于解决纠纷的目的自愿达成协议，没有恶意串通、规避法律的行为；如因该协议内容给他人造成损害，愿意承担相应的民事责任和其他法律责任。",
                    "现根据《中华人民共和国民事诉讼法》第二百零五条、《中华人民共和国人民调解法》第三十三条的规定，共同申请司法确认。",
                ),
                "事实和理由",
            ),
            Part(
                "papers",
                (
                    "1. 人民调解协议书；",
                    "2. 人民调解委员会主持调解的证明；",
                    "3. 与调解协议相关的财产权利证明等材料；",
                    "4. 各方当事人的身份、住所、联系方式证明。",
                ),
                "附交材料",
            ),
        ),
        addressee=str(data.get("court") or ""),
    )


def application_blocks(case: Case, data: Data) -> dict[str, tuple[Table, ...]]:
    file = file_of(case)
    signatories = (one for part in file.parties for one in own_signatures(file, part))
    return {"signatures": (sign_table(*signatories),)}


def application_requires(case: Case, data: Data) -> list[Missing]:
    found = wants("agreement", _("Choose the agreement."))(case, data)
    if not data.get("court"):
        found.append(Missing("court", _("Name the court."), "《民事诉讼法》第205条", "court"))
    return found


def _has_written(case: Case) -> bool:
    return bool(file_of(case).agreements_in(AgreementForm.WRITTEN))


CONFIRMATION_APPLICATION = printed_form(
    code="confirmation_application",
    issuer=PARTIES,
    name=_("Joint application for judicial confirmation"),
    title="司法确认申请书",
    form=CourtForm,
    compose=application_text,
    blocks=application_blocks,
    requires=application_requires,
    offered_if=_has_written,
)


def certificate_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    agreement = chosen(file.agreements, data, "agreement")
    if agreement is None:
        return Composed(())
    accepted = file.day("accepted")
    since = f"于{chinese_date(accepted)}受理，" if accepted else ""
    return Composed(
        (
            Part(
                "text",
                (
                    f"兹证明：{file.both_sides}{file.dispute}一案，我委员会{since}由人民调解员{file.mediator_names}主持调解，"
                    f"当事人于{chinese_date(agreement.made_on)}自愿达成调解协议，协议编号为{agreement.number}，于{_effective(agreement)}生效。",
                    "我委员会系依法设立的人民调解委员会。",
                    "特此证明。",
                ),
            ),
        ),
        addressee=str(data.get("court") or ""),
    )


MEDIATION_CERTIFICATE = letter(
    code="mediation_certificate",
    name=_("Certificate of mediation for the court"),
    title="人民调解组织主持调解证明",
    form=CourtForm,
    compose=certificate_text,
    requires=application_requires,
    offered_if=_has_written,
)
