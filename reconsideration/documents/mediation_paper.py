"""行政复议调解书: requests, facts, reasons, result; in force with all signatures and the seal (art. 5, 73)."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing, Part
from casemgr.documents.rendering import SignLines
from casemgr.pages.forms import DateField
from reconsideration.documents import organs, series, wording
from reconsideration.documents.casefile import CaseFile, closed, lines, numbered, numeral, parties_block
from reconsideration.documents.trial_notice import LAW, everybody, introduction, sent
from reconsideration.signatures import unsigned
from reconsideration.states import UNDER_TRIAL


class MediationForm(KindForm):
    facts_found = forms.CharField(
        label=_("Facts and reasons"), required=False, max_length=6000, widget=forms.Textarea({"rows": 5})
    )
    result = forms.CharField(
        label=_("Result of the mediation"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4}),
        help_text=_("One item a line: who does what, until when."),
    )  # fmt: skip
    performance_duty = forms.CharField(
        label=_("What must be performed"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )
    performance_due_on = DateField(label=_("Performance due on"), required=False)
    signatures = forms.CharField(
        label=_("Signatures of the parties"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("One party a line: name and day of signature. Entered when they have signed, before the seal."),
    )  # fmt: skip


def compose(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    requests = closed(" ".join(file.facts.requests.split()), "") or "（见申请书）"
    result = numbered(lines(data, "result"), lambda n: f"{numeral(n)}、")
    return Composed(
        (
            Part("parties", parties_block(file)),
            Part("application", (introduction(file), f"申请人请求：{requests}。")),
            Part("facts", tuple(closed(line) for line in lines(data, "facts_found"))),
            Part(
                "result",
                (
                    f"本案在审理中，本机关根据{LAW}第五条的规定，遵循合法、自愿的原则进行调解，当事人自愿达成如下协议：",
                    *result,
                ),
            ),
            Part(
                "effect",
                (
                    "上述协议不损害国家利益、社会公共利益和他人合法权益，不违反法律、法规的强制性规定，本机关予以确认。",
                    f"根据{LAW}第七十三条第一款的规定，本调解书经各方当事人签字或者签章，并加盖本机关印章，即具有法律效力。",
                ),
            ),
        )
    )


def blocks(case: Case, data: Data) -> dict[str, tuple[SignLines, ...]]:
    """Where each party signs or seals the paper itself (art. 73(1))."""
    file = CaseFile(case)
    roles = (("申请人", file.applicants), ("被申请人", file.respondents), ("第三人", file.third_parties))
    lines = tuple(f"{word}（签字或者签章）{part.name}" for word, parts in roles for part in parts)
    return {"signatures": (SignLines(lines),)}


def requires(case: Case, data: Data) -> list[Missing]:
    found = []
    for code, message in (("facts_found", _("State the facts and reasons.")), ("result", _("State the result."))):
        if not lines(data, code):
            found.append(Missing(code, message, "73", code))
    if missing := unsigned(case, data.get("signatures") or "", None):
        message = _("Not yet signed by all parties: %(names)s.") % {"names": "、".join(missing)}
        found.append(Missing("signatures", message, "73(1)", "signatures"))
    return found


MEDIATION_PAPER = DocumentKind(
    code="mediation_paper",
    name=_("Mediation paper"),
    title="行政复议调解书",
    issuer=organs.AUTHORITY,
    compose=compose,
    states=(*UNDER_TRIAL, "SUSPENDED"),
    series=series.MEDIATION,
    reviewer_roles=("head",),
    signer_roles=("authority",),
    form=MediationForm,
    passages=wording.TRIAL_OPENING,
    issue_action="reconsideration.mediate",
    issue_data=lambda document: sent(document, "signatures", "performance_duty", "performance_due_on"),
    recipients=everybody,
    requires=requires,
    blocks=blocks,
    personal=True,
)
