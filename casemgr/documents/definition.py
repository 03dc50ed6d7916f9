"""From a stored paper to what is printed: references resolved, number, day and blocks added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from casemgr.cases.models import Case, Participation
from casemgr.documents.models import Document
from casemgr.documents.references import resolve
from casemgr.documents.rendering import (
    DocumentText,
    Section,
    SignatureBlock,
    render_pdf,
    render_word,
)

Format = Literal["pdf", "docx"]


def participations_of(document: Document) -> list[Participation]:
    """The case's participants with their parties, read once per paper."""
    if "_participations" not in document.__dict__:
        case = document.case
        loaded = "participations" in getattr(case, "_prefetched_objects_cache", {})
        rows = case.participations.all() if loaded else case.participations.select_related("party")
        document._participations = list(rows)
    return document._participations


def definition_of(document: Document, on: date | None = None) -> DocumentText:
    """The paper as it is printed. `on` is its day when it is not issued yet (a preview leaves room for it)."""
    kind = document.kind_info
    day = document.issued_on or on
    issuer = issuer_of(document, day)
    return DocumentText(
        title=document.title,
        issuer=issuer if kind.is_headed else "",
        number=document.number_text,
        addressee=document.addressee,
        sections=_sections(document, participations_of(document)),
        signature_block=SignatureBlock(issuer, None if kind.dated_by_hand else day) if kind.signed_by_issuer else None,
        seal_place=kind.signed_by_issuer,
        attachments=tuple(kind.attachments(document.case, document.data)),
        kind=kind.layout,
        subject=document.case.number,
        address=case_address(document.case) if kind.finds_case else "",
    )


def case_address(case: Case) -> str:
    """Where the case's page is reached from outside; empty where nobody has said under what name (`SITE_URL`)."""
    return f"{settings.SITE_URL}{reverse('case_detail', args=[case.pk])}" if settings.SITE_URL else ""


def issuer_of(document: Document, on: date | None = None) -> str:
    """The name the paper was issued under; of an unfinished one, the name on that day or on the day it was drafted."""
    if document.issuer_name:
        return document.issuer_name
    issuer = document.kind_info.issuer_of(document.case, document.data)
    return issuer.name(document.case, on or drafted_for(document))


def drafted_for(document: Document) -> date:
    """The day whose names, addresses and courts the text follows."""
    return document.drafted_on or timezone.localdate(document.created_at)


def _sections(document: Document, participations: Sequence[Participation]) -> tuple[Section, ...]:
    blocks = dict(document.kind_info.blocks(document.case, document.data))
    made = [
        Section(
            text="\n".join(resolve(paragraph, participations) for paragraph in section["paragraphs"]),
            blocks=blocks.pop(section["code"], ()),
            heading=section["heading"],
            code=section["code"],
        )
        for section in document.sections
    ]
    return (*made, *(Section(blocks=rest, code=code) for code, rest in blocks.items()))


def preview(document: Document, file_format: Format = "pdf") -> bytes:
    """The PDF or Word file of an unfinished paper, marked as a draft."""
    render = render_pdf if file_format == "pdf" else render_word
    return render(definition_of(document), draft=True)
