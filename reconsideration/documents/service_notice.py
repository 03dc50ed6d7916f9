"""送达公告: why, which paper with its main content, and when it counts as served.

Civil Procedure Law 2023, art. 95; Interpretation 2022, art. 138, 139: a notice states its reason, the main content of a
decision, and the remedies with period and court. It speaks to the public about the person it names, so the word “你”
of the paper it repeats becomes that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case, Participation
from casemgr.documents.definition import issuer_of
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing, Part
from casemgr.documents.models import Document, Service
from casemgr.documents.states import DocumentState
from reconsideration.documents import organs, service_receipt
from reconsideration.documents.casefile import CaseFile
from reconsideration.states import WITH_PAPERS

Ground = Service.NoticeGround
REASONS = {
    Ground.WHEREABOUTS_UNKNOWN: "因{name}下落不明",
    Ground.OTHER_WAYS_FAILED: "因采用直接送达、邮寄送达等其他方式无法向{name}送达",
}
NO_REASON = "因采用其他方式无法向{name}送达"
YOU = re.compile("你(?:们|单位|（单位）)?")
MAIN_PARTS = ("result", "decision", "acceptance", "how")
REMEDY_PARTS = ("remedy", "rights", "consequence", "effect")
BASIS = "根据《中华人民共和国行政复议法》第八十八条第一款和《中华人民共和国民事诉讼法》第九十五条的规定，"


class ServiceNoticeForm(KindForm):
    document = forms.ModelChoiceField(Document.objects.none(), label=_("Paper to be served"), required=False)
    recipient = forms.ModelChoiceField(Participation.objects.none(), label=_("Recipient"), required=False)
    ground = forms.ChoiceField(
        label=_("Why by public notice"), required=False, choices=[("", _("Please choose")), *Ground.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issued = self.case.documents.filter(state=DocumentState.ISSUED)
        self.fields["document"].queryset = issued.exclude(kind__in=("service_receipt", "service_notice"))
        self.fields["recipient"].queryset = self.case.participations.filter(left_on__isnull=True)


def _paragraphs(document: Document, codes: tuple[str, ...], who: str) -> Iterator[str]:
    """What the paper says under these parts, with the names of the organ and of the people it was written to.

    The notice is the office's, the paper mostly the government's: “本机关” would mean another organ here.
    """
    organ = issuer_of(document)
    for section in document.sections:
        if section["code"] in codes:
            lines = (line for line in section["paragraphs"] if not line.startswith("特此"))
            yield from (YOU.sub(lambda _match: who, line).replace("本机关", organ) for line in lines)


def compose(case: Case, data: Data, today: date) -> Composed:
    document = case.documents.filter(pk=data.get("document")).first()
    recipient = case.participations.filter(pk=data.get("recipient")).first()
    if document is None or recipient is None:
        return Composed(())
    file, name = CaseFile(case), recipient.name
    reason = REASONS.get(data.get("ground") or "", NO_REASON).format(name=name)
    paper = f"《{document.title}》（{document.number_text}）" if document.number_text else f"《{document.title}》"
    introduction = (
        f"申请人{file.applicant_names}{file.complaint(file.respondent_names)}行政复议一案（{case.number}），"
        f"{issuer_of(document)}已作出{paper}。{reason}，{BASIS}现依法向{name}公告送达。"
    )
    written_to = document.addressee or name
    main = tuple(_paragraphs(document, MAIN_PARTS, written_to))
    return Composed(
        (
            Part("introduction", (introduction,)),
            Part("main", ("文书主要内容如下：", *main) if main else ()),
            Part("rights", tuple(_paragraphs(document, REMEDY_PARTS, written_to))),
            Part(
                "effect",
                (
                    "自发出公告之日起，经过三十日，即视为送达。上述文书中自收到之日起计算的期限，自视为送达之日起计算。",
                    f"{name}可以到{organs.counter(today)}领取上述文书；逾期不领取的，不影响送达的效力。",
                    "特此公告。",
                ),
            ),
        ),
        addressee=name,
    )


def requires(case: Case, data: Data) -> list[Missing]:
    found = service_receipt.requires(case, data)
    if not data.get("ground"):
        # the reason is part of the notice: Interpretation of the Civil Procedure Law 2022, art. 139
        found.append(Missing("ground", _("Choose why the paper is served by public notice."), field="ground"))
    return found


SERVICE_NOTICE = DocumentKind(
    code="service_notice",
    name=_("Public notice of service"),
    title="送达公告",
    issuer=organs.OFFICE,
    compose=compose,
    states=WITH_PAPERS,
    form=ServiceNoticeForm,
    requires=requires,
    is_single=False,
    offered_if=lambda case: False,
    purpose="notice",
)
