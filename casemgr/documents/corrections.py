"""更正通知书: a new paper that says what in an issued one was a slip of the pen, and what it reads.

No article of the Reconsideration Law names it; it stands on what an authority may always do, put right its own clerical
error (as courts do by a ruling: Civil Procedure Law, art. 157(1)(7)). The issued paper stays; nothing in it but the
slips changes; the case does not move again.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.documents.approvals.differences import Line, lines_between
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing, Part
from casemgr.documents.rendering import chinese_date

if TYPE_CHECKING:
    from casemgr.cases.models import Case, Participation
    from casemgr.documents.models import Document

CLOSE = 12
"""Slips with no more characters than this between them are named together."""
CONTEXT = 30
"""How much of a slip's clause the notice repeats on either side at most, so that its place can be found."""
_CLAUSE_END = "，。；：、！？"
_BRACES = re.compile(r"\{[^{}]*\}|.", re.DOTALL)


class CorrectionForm(KindForm):
    """The text of the issued paper as it should read; the notice names each difference by itself."""

    corrected = forms.CharField(
        label=gettext_lazy("Text of the issued paper: put the slips right here"),
        required=False,
        max_length=120_000,
        widget=forms.Textarea({"rows": 18}),
        help_text=gettext_lazy("Change only the wrong words. The new paper then says what read what."),
    )
    is_slip = forms.BooleanField(
        label=gettext_lazy("Only slips of the pen are corrected; what was decided or asked stays as it is"),
        required=False,
    )


def correcting(kind: DocumentKind, original: Document) -> DocumentKind:
    """The kind as a correction of `original`: its issuer, approval and recipients; text, number and effect its own."""
    return dataclasses.replace(
        kind,
        name=_("Correction of “%(paper)s”") % {"paper": kind.name},
        title=f"{kind.title}更正通知书",
        compose=lambda case, data, today: compose(original, data),
        states=(),
        series=str(original.case.definition.extra.get("correction_series", "")),
        form=CorrectionForm,
        issue_action="",
        served_action="",
        recipients=lambda case: recipients(kind, case, original),
        requires=lambda case, data: requires(original, data),
        blocks=lambda case, data: {},
        attachments=lambda case, data: (),
        passages=(),
        layout="official",
        is_single=False,
        primary=0,
    )


def whole_text(document: Document) -> str:
    """All of a paper's text, a paragraph a line, as a correction starts from it."""
    return "\n".join(paragraphs_of(document))


def paragraphs_of(document: Document) -> list[str]:
    return [
        line for section in document.sections for line in (section["heading"], *section["paragraphs"]) if line.strip()
    ]


def compose(original: Document, data: Data) -> Composed:
    items = slips(original, str(data.get("corrected") or ""))
    number = f"（{original.number_text}）" if original.number_text else ""
    paper = f"《{original.title}》"
    opening = f"本机关于{chinese_date(original.issued_on)}作出的{paper}{number}存在文字错误，现更正如下："
    last = len(items)
    return Composed(
        (
            Part("introduction", (opening,)),
            Part("items", tuple(f"{n}. {item}{'。' if n == last else '；'}" for n, item in enumerate(items, 1))),
            Part("closing", (f"除上述更正外，{paper}的其他内容不变。本通知书与{paper}一并使用。", "特此通知。")),
        ),
        addressee=original.addressee or "、".join(part.name for part in served_on(original)),
    )


def slips(original: Document, corrected: str) -> list[str]:
    """What read what, one sentence a slip, by the paragraph it stands in."""
    found = []
    number = 0
    for line in lines_between(paragraphs_of(original), [line for line in corrected.splitlines() if line.strip()]):
        is_new = all(piece.kind == "ins" for piece in line.pieces)
        number += 0 if is_new else 1
        if not line.is_changed:
            continue
        if is_new:
            found.append(f"第{number}段之后增加“{_text(line, 'ins')}”" if number else f"文首增加“{_text(line, 'ins')}”")
        elif all(piece.kind == "del" for piece in line.pieces):
            found.append(f"删去第{number}段“{_text(line, 'del')}”")
        else:
            found += [f"第{number}段中“{old}”更正为“{new}”" for old, new in _clauses(line)]
    return found


def _text(line: Line, kind: str) -> str:
    return "".join(piece.text for piece in line.pieces if piece.kind == kind).strip()


def _clauses(line: Line) -> Iterator[tuple[str, str]]:
    """Each change with as much around it as shows where it is; changes close to each other are one."""
    old = new = ""
    is_open = False
    pieces = line.pieces
    for position, piece in enumerate(pieces):
        if piece.kind == "del":
            old, is_open = old + piece.text, True
        elif piece.kind == "ins":
            new, is_open = new + piece.text, True
        elif is_open and position < len(pieces) - 1 and len(piece.text) <= CLOSE:
            old, new = old + piece.text, new + piece.text
        elif is_open:
            after = _clause(piece.text, from_end=False)
            yield old + after, new + after
            old = new = _clause(piece.text, from_end=True)
            is_open = False
        else:
            old = new = _clause(piece.text, from_end=True)
    if is_open:
        yield old, new


def _clause(text: str, *, from_end: bool) -> str:
    """The nearest words up to the end of the clause; a reference in braces is never cut."""
    tokens = _BRACES.findall(text)
    kept: list[str] = []
    for token in reversed(tokens) if from_end else tokens:
        if token in _CLAUSE_END or len("".join(kept)) + len(token) > CONTEXT:
            break
        kept.append(token)
    return "".join(reversed(kept) if from_end else kept)


def requires(original: Document, data: Data) -> list[Missing]:
    found = []
    if not slips(original, str(data.get("corrected") or "")):
        message = _("Nothing differs from the issued paper yet: put the wrong words right.")
        found.append(Missing("corrected", message, field="corrected"))
    if not data.get("is_slip"):
        message = _(
            "Confirm that only slips of the pen are corrected. What was decided is not changed by a correction: "
            "withdraw the paper while nobody has received it, or decide anew where the law allows it."
        )
        found.append(Missing("is-slip", message, field="is_slip"))
    return found


def served_on(document: Document) -> list[Participation]:
    """On whom the paper was served, or is on its way to."""
    rows = document.services.exclude(state__in=("FAILED", "STRUCK")).select_related("participation__party")
    return list({row.participation_id: row.participation for row in rows}.values())


def recipients(kind: DocumentKind, case: Case, original: Document) -> Sequence[Participation]:
    """Whoever is to receive such a paper now, and whoever received the wrong one."""
    found = {part.pk: part for part in (*kind.recipients(case), *served_on(original))}
    return list(found.values())


def corrections_of(document: Document) -> list[Document]:
    """The papers that correct this one, discarded ones left out."""
    return [paper for paper in document.corrections.order_by("pk") if paper.state not in ("VOID", "WITHDRAWN")]
