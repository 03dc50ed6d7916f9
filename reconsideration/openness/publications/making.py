"""Text and PDF for the public, made once."""

from __future__ import annotations

import hashlib
import json
from datetime import date

from casemgr.cases.models import Participation
from casemgr.documents import files
from casemgr.documents.rendering import DocumentText, render_pdf, texts
from reconsideration.models import Publication, PublishedPaper
from reconsideration.openness.publications.sheet import Sheet


def made_public(publication: Publication, today: date) -> PublishedPaper:
    """Inside `perform`: a roll-back removes the file again. Its name and its metadata tell nothing of the case."""
    document, case = publication.document, publication.case
    text = Sheet(publication).redacted()
    stored = files.store(render_pdf(text), f"published/{today:%Y}", "pdf")
    content = text.as_json()
    facts = case.facts
    respondents = case.participations.filter(role=Participation.Role.RESPONDENT).values_list("name", flat=True)
    return PublishedPaper.objects.create(
        publication=publication,
        title=text.title.replace("\n", ""),
        number=text.number or document.number_text,
        respondent="、".join(respondents)[:200],
        area=facts.area.name if facts.area else "",
        matter=facts.matter,
        outcome=case.outcome,
        decided_on=document.issued_on,
        year=document.issued_on.year,
        published_on=today,
        content=content,
        plain="\n".join(texts(text)),
        text_sha256=digest_of(content),
        file=stored.name,
        sha256=stored.sha256,
        size=stored.size,
    )


def digest_of(content: dict) -> str:
    """What the digest of a published text is made from."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def text_of(paper: PublishedPaper) -> DocumentText:
    return DocumentText.from_json(paper.content)


__all__ = ["digest_of", "made_public", "text_of"]
