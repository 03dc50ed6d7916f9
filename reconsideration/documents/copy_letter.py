"""抄告函: the decision or the opinion letter goes to the respondent's superior department too (art. 79(2))."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, Missing, Part
from casemgr.documents.models import Document
from reconsideration.actions.letters import CopyToSuperior
from reconsideration.aftermath.copies import DECISION, departments
from reconsideration.aftermath.letters import letters_of
from reconsideration.documents import series
from reconsideration.documents.casefile import CaseFile
from reconsideration.documents.shapes import ProposingForm, authority_letter, ending_paper, lacking, paper_words
from reconsideration.documents.trial_notice import LAW


class CopyLetterForm(ProposingForm):
    what = forms.ChoiceField(label=_("What is copied"), required=False)
    superior = forms.CharField(label=_("Superior department of the respondent"), required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        opinions = [one for one in letters_of(self.case) if one.is_opinion]
        named = [(one.subject, _("Opinion letter to %(organ)s") % {"organ": one.organ}) for one in opinions]
        self.fields["what"].choices = [(DECISION, _("The decision")), *named]
        above = [part.party.superior for part in departments(self.case) if part.party.superior_id]
        self.propose(what=DECISION, superior=above[0].name if above else "")


def _paper(case: Case, data: Data) -> Document | None:
    subject = str(data.get("what") or DECISION)
    if not subject.startswith("letter:"):
        return ending_paper(case)
    return Document.objects.filter(case_id=case.pk, pk=int(subject.removeprefix("letter:"))).first()


def compose(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    organ = "、".join(part.name for part in departments(case)) or file.respondent_names
    text = (
        f"本机关办理的申请人{file.applicant_names}{file.complaint(organ)}申请行政复议一案，"
        f"{paper_words(_paper(case, data))}"
        f"已经发生法律效力。根据{LAW}第七十九条第二款的规定，现将该文书抄告你单位。",
        "特此函告。",
    )
    return Composed((Part("text", text),), addressee=str(data.get("superior") or ""))


def requires(case: Case, data: Data) -> list[Missing]:
    message = _("Name the superior department; it can be kept with the agency in the registry of parties.")
    found = lacking(data, ("superior", message, "79(2)"))
    if _paper(case, data) is None:
        found.append(Missing("paper", _("The paper that is copied is not issued."), "79(2)", "what"))
    return found


def _attached(case: Case, data: Data) -> tuple[str, ...]:
    paper = _paper(case, data)
    return (f"{paper.title}（{paper.number_text}）",) if paper is not None else ()


COPY_LETTER = authority_letter(
    code="copy_letter",
    name=_("Copy to the superior department"),
    title="抄告函",
    compose=compose,
    states=CopyToSuperior.states,
    series=series.LETTER,
    form=CopyLetterForm,
    issue_action="reconsideration.copy_to_superior",
    issue_data=lambda document: {
        "what": document.data.get("what") or DECISION,
        "superior": document.data.get("superior", ""),
    },
    requires=requires,
    attachments=_attached,
    offered_if=lambda case: bool(departments(case)),
)
