"""答辩状 with its catalogue of evidence, and the 证据目录 by itself (Litigation Law, art. 34, 67(1))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, Missing, Part
from casemgr.documents.rendering import Cell, Table, chinese_date
from casemgr.documents.uploads.models import Material
from litigation.documents.shapes import (
    AgencyForm,
    court_paper,
    needs,
    needs_court,
    needs_head,
    text_field,
    to_court,
)
from litigation.documents.suitfile import GAP, SuitFile, asked, file_of, head_line, lines, numbered, party_line, said
from litigation.documents.wording import ANSWER_OPENING
from litigation.states import RUNNING

BAR = "|"
EVIDENCE_HELP = _(
    "One a line: name | what it proves | pages. Evidence of facts first, then of the procedure, then of competence."
)
BASIS_HELP = _("One a line: the laws, regulations and normative documents, with the articles.")


class EvidenceForm(AgencyForm):
    """The catalogue: proposed is what was brought to the file as evidence of the agencies."""

    evidence = text_field(_("Evidence"), 8, EVIDENCE_HELP)
    basis = text_field(_("Legal basis of the act"), 4, BASIS_HELP)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.propose(evidence="\n".join(brought(self.file)))


class AnswerForm(EvidenceForm):
    claims = text_field(_("What is asked of the court"), 2)
    facts = text_field(_("Facts of the act"), 6)
    reasons = text_field(_("Reasons: competence, facts, law, procedure, on the plaintiff's claims"), 8)
    field_order = ("agency", "claims", "facts", "reasons", "evidence", "basis")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.propose(claims="依法驳回原告的诉讼请求")


def brought(file: SuitFile) -> list[str]:
    """Evidence on the file as lines of the catalogue; secret pieces are named by hand."""
    kept = file.case.materials.living().of_case().filter(kind=Material.Kind.EVIDENCE, is_secret=False)
    givers = [part.pk for part in file.agencies]
    found = kept.filter(received_from__in=givers).order_by("id")
    return [f"{one.title} {BAR}  {BAR} {one.pages or ''}".rstrip() for one in found]


def rows_of(data: Data) -> list[tuple[str, str, str]]:
    """Name, what it proves, pages."""
    found = []
    for line in lines(data, "evidence"):
        name, proves, pages = (*(piece.strip() for piece in line.replace("｜", BAR).split(BAR, 2)), "", "")[:3]
        found.append((name, proves, pages))
    return found


def catalogue(data: Data) -> Table:
    """序号, 证据名称, 证明目的, 页数."""
    head = tuple(Cell(text, label=True) for text in ("序号", "证据名称", "证明目的", "页数"))
    rows: Sequence[tuple[str, str, str]] = rows_of(data) or [("", "", "")]
    body = [
        (Cell(str(number) if name else "", align="center"), Cell(name), Cell(proves), Cell(pages, align="center"))
        for number, (name, proves, pages) in enumerate(rows, 1)
    ]
    return Table((head, *body), widths=(1.1, 3.4, 4.4, 1.1), header_rows=1)


def basis(data: Data) -> tuple[str, ...]:
    return numbered(lines(data, "basis"))


def answer_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    part = file.agency(data)
    received = file.day("complaint_received", party=part.party_id) if part else None
    opening = f"答辩人因{file.suit}，"
    opening += f"于{chinese_date(received)}收到起诉状副本，" if received else ""
    return Composed(
        (
            Part("parties", _parties(file, data)),
            Part("introduction", (f"{opening}{ANSWER_OPENING.say()}",)),
            Part("claims", asked(data, "claims"), "一、答辩请求"),
            Part("facts", said(data, "facts"), "二、事实"),
            Part("reasons", said(data, "reasons"), "三、理由"),
            Part("basis", basis(data) or (GAP,), "四、所依据的规范性文件"),
            Part("evidence", (), "五、证据目录"),
            to_court(file.court or GAP),
        )
    )


def _parties(file: SuitFile, data: Data) -> tuple[str, ...]:
    part = file.agency(data)
    if part is None:
        return (f"答辩人：{GAP}",)
    others = [party_line(one, "被答辩人（原告）") for one in file.plaintiffs]
    return (party_line(part, "答辩人"), head_line(part), *others)


def needs_evidence(data: Data) -> list[Missing]:
    return needs(
        data,
        ("evidence", _("List the evidence: what is not handed in with the answer counts as none."), "34"),
        ("basis", _("Name the normative documents the act rests on."), "67(1)"),
    )


def answer_requires(case: Case, data: Data) -> list[Missing]:
    return [
        *needs_court(case, data),
        *needs_head(case, data),
        *needs(
            data,
            ("claims", _("Say what is asked of the court.")),
            ("facts", _("State the facts of the act."), "34"),
            ("reasons", _("Give the reasons of the answer."), "67(1)"),
        ),
        *needs_evidence(data),
    ]


ANSWER = court_paper(
    code="answer",
    name=_("Answer to the complaint"),
    title="行政答辩状",
    form=AnswerForm,
    compose=answer_text,
    blocks=lambda case, data: {"evidence": (catalogue(data),)},
    states=RUNNING,
    requires=answer_requires,
    passages=(ANSWER_OPENING,),
    primary=55,
)


def list_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    part = file.agency(data)
    return Composed(
        (
            Part("introduction", (f"提交人：{part.name if part else GAP}", f"案由：{file.suit}")),
            Part("evidence", (), "一、证据"),
            Part("basis", basis(data) or (GAP,), "二、所依据的规范性文件"),
            to_court(file.court or GAP),
        )
    )


EVIDENCE_LIST = court_paper(
    code="evidence_list",
    name=_("Catalogue of evidence"),
    title="证据目录",
    form=EvidenceForm,
    compose=list_text,
    blocks=lambda case, data: {"evidence": (catalogue(data),)},
    states=RUNNING,
    requires=lambda case, data: [*needs_court(case, data), *needs_evidence(data)],
    primary=50,
    layout="record",
)
