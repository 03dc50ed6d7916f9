"""A report as a document, from its sections as they are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casemgr.assessment.models import Report
from casemgr.documents.rendering import DocumentText, Section, SignatureBlock
from casemgr.organisation.office import office_on


def kept(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """Sections as plain values; `made` is the text as drafted."""
    plain = DocumentText("", sections=tuple(sections)).as_json()["sections"]
    return [{**one, "made": one["text"]} for one in plain]


def sections_of(report: Report) -> tuple[Section, ...]:
    plain = [{name: value for name, value in one.items() if name != "made"} for one in report.sections]
    return DocumentText.from_json({"title": "", "sections": plain}).sections


def text_of(report: Report) -> DocumentText:
    office = office_on(report.issued_on or report.as_of)
    return DocumentText(
        title=report.title,
        sections=sections_of(report),
        signature_block=SignatureBlock(office.name, report.issued_on),
        seal_place=False,
        subject=report.title,
    )


__all__ = ["kept", "sections_of", "text_of"]
