"""Shapes of the further papers: forms printed and signed by hand, letters of the office, letters of the authority."""

from __future__ import annotations

from typing import Any

from django import forms

from casemgr.cases.models import Case
from casemgr.documents.kinds import Data, DocumentKind, Issuer, KindForm, Missing
from casemgr.documents.models import Document
from casemgr.documents.rendering import chinese_date
from casemgr.parties.models import Party
from reconsideration.documents import organs
from reconsideration.documents.casefile import CaseFile
from reconsideration.states import WITH_PAPERS

GAP = "＿＿＿＿＿＿"
"""Room to write by hand."""

OUTSIDERS = Issuer(name=lambda case, on: "", seal=lambda case, on: "")
"""Of what a party makes out: no head and no seal of ours."""


def printed_form(**values: Any) -> DocumentKind:
    """Filled in from the case, printed in one step, signed by hand."""
    given = {
        "issuer": organs.OFFICE,
        "states": WITH_PAPERS,
        "signer_roles": (),
        "layout": "record",
        "is_form": True,
        "is_single": False,
        "signed_by_issuer": False,
    }
    return DocumentKind(**{**given, **values})


def party_form(**values: Any) -> DocumentKind:
    """A form that a party fills in and signs: nothing of the house stands on it."""
    return printed_form(**{"issuer": OUTSIDERS, "is_headed": False, **values})


def office_letter(**values: Any) -> DocumentKind:
    """Signed by the head of the office."""
    return DocumentKind(**{"issuer": organs.OFFICE, "is_single": False, **values})


def authority_letter(**values: Any) -> DocumentKind:
    """Examined by the head of the office, signed by the head of the authority, under its seal."""
    given = {
        "issuer": organs.AUTHORITY,
        "reviewer_roles": ("head",),
        "signer_roles": ("authority",),
        "is_single": False,
    }
    return DocumentKind(**{**given, **values})


class ProposingForm(KindForm):
    """`propose` gives a new draft what it begins with; a draft begun keeps what people made of it."""

    def propose(self, **values: Any) -> None:
        if self.is_bound or self.subject is not self.case:
            return
        for name, value in values.items():
            self.fields[name].initial = value


class OrganForm(ProposingForm):
    """Which organ the letter goes to: proposed is the respondent."""

    organ = forms.ModelChoiceField(Party.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = Party.objects.filter(kind=Party.Kind.AGENCY).order_by("name")
        self.propose(organ=next((part.party_id for part in CaseFile(self.case).respondents), None))


def organ_of(data: Data) -> Party | None:
    return Party.objects.filter(pk=data.get("organ") or 0, kind=Party.Kind.AGENCY).first()


def area(label: Any, rows: int = 4, help_text: Any = "", limit: int = 6000) -> forms.CharField:
    """Sentences or items a line each, as they go into the paper."""
    return forms.CharField(
        label=label, required=False, max_length=limit, widget=forms.Textarea({"rows": rows}), help_text=help_text
    )


def lacking(data: Data, *wanted: tuple[str, Any, str]) -> list[Missing]:
    """Fields of the paper's own form that are empty: name, message, article."""
    return [
        Missing(name.replace("_", "-"), message, article, name)
        for name, message, article in wanted
        if not data.get(name)
    ]


def ending_paper(case: Case) -> Document | None:
    """The decision or mediation paper that stands."""
    kinds = ("decision", "mediation_paper")
    rows = Document.objects.filter(case_id=case.pk, kind__in=kinds, corrects=None).exclude(issued_on=None)
    return rows.living().order_by("-pk").first()


def paper_words(paper: Document | None) -> str:
    """《行政复议决定书》（达政复决字〔2026〕12号）."""
    if paper is None:
        return "行政复议决定"
    return f"《{paper.title}》（{paper.number_text}）" if paper.number_text else f"《{paper.title}》"


def made(paper: Document | None) -> str:
    """于2026年10月20日作出……: the paper with its day."""
    day = f"于{chinese_date(paper.issued_on)}" if paper is not None and paper.issued_on else ""
    return f"{day}作出{paper_words(paper)}"


__all__ = [
    "GAP",
    "OUTSIDERS",
    "OrganForm",
    "ProposingForm",
    "area",
    "authority_letter",
    "ending_paper",
    "lacking",
    "made",
    "office_letter",
    "organ_of",
    "paper_words",
    "party_form",
    "printed_form",
]
