"""Every kind of paper of a procedure, as it would be printed, without going through a whole case for each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms

from casemgr.cases.models import Case
from casemgr.documents import text
from casemgr.documents.definition import definition_of
from casemgr.documents.kinds import DocumentKind, kinds_of
from casemgr.documents.models import Document
from casemgr.documents.rendering import DocumentText
from tests.support.litigation_papers import SUIT_PAPERS
from tests.support.papers import CORRECTION, DECIDED, DECISION, RECEIPT, REFUSAL

DATA: dict[str, dict[str, dict[str, Any]]] = {
    "reconsideration": {
        "receipt": RECEIPT,
        "correction_notice": CORRECTION,
        "refusal": REFUSAL,
        "decision": DECISION,
    },
    "litigation": SUIT_PAPERS,
}
"""By procedure and kind what people enter; for kinds that are not named each field is filled with some answer."""
NUMBERS = {"litigation": "达应诉交字〔2026〕12号"}
_SENTENCE = "案件涉及的法律适用问题须由有权机关作出解释，双方当事人对此均无异议"


def printed_papers(case: Case, author: Any, on: date = DECIDED) -> Iterator[tuple[str, DocumentText]]:
    """Each kind's paper of the case's procedure, numbered and dated as if issued; nothing is stored."""
    for kind in kinds_of(case.procedure).values():
        yield kind.code, definition_of(_paper(case, kind, author, on))


def _paper(case: Case, kind: DocumentKind, author: Any, on: date) -> Document:
    data = DATA.get(case.procedure, {}).get(kind.code) or _some_answers(kind, case, author, on)
    composed = kind.compose(case, data, on)
    return Document(
        case=case,
        kind=kind.code,
        title=kind.title,
        addressee=composed.addressee,
        data=data,
        sections=text.drafted(composed),
        author=author,
        drafted_on=on,
        issued_on=on,
        number_text=NUMBERS.get(case.procedure, "达政复〔2026〕12号") if kind.series else "",
    )


def _some_answers(kind: DocumentKind, case: Case, author: Any, on: date) -> dict[str, Any]:
    form = kind.form(subject=case, actor=author, today=on)
    answers = {name: _some_answer(field, on) for name, field in form.fields.items()}
    return {name: answer for name, answer in answers.items() if answer not in (None, "")}


def _some_answer(field: forms.Field, on: date) -> Any:
    if isinstance(field, forms.ModelChoiceField):
        return next((row.pk for row in field.queryset), None)
    if isinstance(field, forms.ChoiceField):
        chosen = next((code for code, _label in field.choices if code), "")
        return [chosen] if isinstance(field, forms.MultipleChoiceField) else chosen
    if isinstance(field, forms.DateField):
        return (on - timedelta(days=2)).isoformat()
    if isinstance(field, forms.IntegerField):
        return 15
    if isinstance(field, forms.BooleanField):
        return True
    return _SENTENCE
