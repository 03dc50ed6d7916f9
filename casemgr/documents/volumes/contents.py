"""What belongs into a case's volumes now, in lawful order; what a frozen volume holds already is left out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from casemgr.cases.models import Case
from casemgr.documents.approvals.sheet import approval_sheet
from casemgr.documents.models import Document, Publication, Service
from casemgr.documents.rendering import render_pdf
from casemgr.documents.states import SEALED, DocumentState, ServiceState
from casemgr.documents.uploads.models import Material
from casemgr.documents.volumes.models import Arrangement, Carrier, LooseEntry, VolumeItem
from casemgr.documents.volumes.order import Slot, VolumeOrder, order_of

PDF = "application/pdf"
SHOWN = (PDF, "image/jpeg", "image/png")


@dataclass(frozen=True)
class Content:
    """One thing to be filed. `pages` None: counted when the volume is put together.

    `make` renders what is no file yet; `document_kind` is of an issued paper, or of the paper a copy stands in for.
    """

    key: str
    slot: Slot
    title: str
    carrier: str = Carrier.ELECTRONIC
    dated_on: date | None = None
    pages: int | None = None
    number_text: str = ""
    author: str = ""
    note: str = ""
    file: str = ""
    sha256: str = ""
    size: int = 0
    media_type: str = ""
    document_kind: str = ""
    fills: str = ""
    party: int | None = None
    """The participant who brought it."""
    make: Callable[[], bytes] | None = None


Source = Callable[[Case, VolumeOrder], Iterable[Content]]
_sources: dict[str, Source] = {}


def register_source(name: str, source: Source) -> None:
    """Add something that is filed, such as approval sheets; called from `AppConfig.ready()`."""
    _sources[name] = source


def contents(case: Case, part: str | None = None) -> list[Content]:
    """Everything not frozen yet, of one part or of both: the lawful order, within a place the clerk's, then by day."""
    order = order_of(case)
    frozen = set(VolumeItem.objects.filter(volume__case_id=case.pk).values_list("key", flat=True))
    found = [
        content
        for source in _sources.values()
        for content in source(case, order)
        if content.key not in frozen and part in (None, content.slot.part)
    ]
    kept = Arrangement.objects.filter(case_id=case.pk).values_list("keys", flat=True).first() or []
    arranged = {key: place for place, key in enumerate(kept)}
    return sorted(
        found,
        key=lambda content: (
            order.place(content.slot.code),
            arranged.get(content.key, len(arranged)),
            content.dated_on or date.max,
            content.key.partition(":")[0],
            int(content.key.rpartition(":")[2]),
        ),
    )


def fingerprint(found: Iterable[Content], more: object = "") -> str:
    """Equal for equal contents: a volume is frozen only as it was put together."""
    plain = [
        [c.key, c.slot.code, c.title, c.carrier, str(c.dated_on), c.pages, c.number_text, c.author, c.note, c.sha256]
        for c in found
    ]
    return hashlib.sha256(json.dumps([plain, more], ensure_ascii=False, default=str).encode()).hexdigest()


def _papers(case: Case, order: VolumeOrder) -> Iterator[Content]:
    """Issued papers; a stamped or sealed copy stands in for the printed file. Withdrawn ones are inner papers."""
    copies: dict[int, list[Material]] = {}
    for material in Material.objects.living().filter(case_id=case.pk, document__isnull=False).order_by("id"):
        copies.setdefault(material.document_id, []).append(material)
    for document in Document.objects.filter(case_id=case.pk, state__in=SEALED).order_by("id"):
        document.case = case
        is_withdrawn = document.state == DocumentState.WITHDRAWN
        slot = order.slot(order.internal_others) if is_withdrawn else order.of_document(document.kind)
        common = {
            "slot": slot,
            "number_text": document.number_text,
            "author": document.issuer_name,
            "document_kind": "" if is_withdrawn else document.kind,
        }
        stamped = copies.get(document.pk, [])
        for material in stamped:
            yield _material_content(material, title=document.title, dated_on=document.issued_on, **common)
        is_replaced = any(_is_shown(material) for material in stamped)
        if not is_replaced and (not document.kind_info.is_form or is_withdrawn):
            yield Content(
                key=f"document:{document.pk}",
                title=document.title,
                dated_on=document.issued_on,
                pages=document.pages,
                note="发出前撤回" if is_withdrawn else "",
                file=document.file,
                sha256=document.sha256,
                size=document.size,
                media_type=PDF,
                **common,
            )


def _is_shown(material: Material) -> bool:
    return not material.is_inert and not material.is_locked and material.media_type in SHOWN


def _material_content(material: Material, **values) -> Content:
    is_shown = _is_shown(material)
    return Content(
        key=f"material:{material.pk}",
        carrier=Carrier.ELECTRONIC if is_shown else Carrier.INERT,
        pages=material.pages if is_shown else 1,
        note=material.note,
        file=material.file,
        sha256=material.sha256,
        size=material.size,
        media_type=material.media_type,
        party=material.received_from_id,
        **values,
    )


def _materials(case: Case, order: VolumeOrder) -> Iterator[Content]:
    rows = Material.objects.living().of_case().filter(case_id=case.pk).select_related("received_from")
    for material in rows.order_by("id"):
        giver = material.received_from
        slot = order.of_material(material.kind, giver.role if giver else "", is_secret=material.is_secret)
        author = giver.name if giver else ""
        yield _material_content(material, slot=slot, title=material.title, dated_on=material.received_on, author=author)


_PROOF_TYPES = {"pdf": PDF, "jpg": "image/jpeg", "png": "image/png"}


def _proofs(case: Case, order: VolumeOrder) -> Iterator[Content]:
    """Receipts of service, also of attempts that failed."""
    rows = Service.objects.filter(document__case_id=case.pk).exclude(proof_file="").exclude(state=ServiceState.STRUCK)
    for service in rows.select_related("document", "participation").order_by("id"):
        failed = service.state == ServiceState.FAILED
        yield Content(
            key=f"service:{service.pk}",
            slot=order.slot(order.services),
            title=f"送达回证（{service.document.title}，{service.participation.name}）",
            number_text=service.document.number_text,
            author=service.participation.name,
            dated_on=service.effective_on or service.served_on or service.sent_on,
            note="未送达" if failed else "",
            file=service.proof_file,
            sha256=service.proof_sha256,
            size=service.proof_size,
            media_type=_PROOF_TYPES.get(service.proof_file.rpartition(".")[2], "application/octet-stream"),
        )


def _publications(case: Case, order: VolumeOrder) -> Iterator[Content]:
    """Where and when public notices were posted or printed."""
    rows = Publication.objects.filter(service__document__case_id=case.pk).exclude(proof_file="")
    rows = rows.exclude(service__state=ServiceState.STRUCK).select_related("service__document")
    for one in rows.order_by("id"):
        yield Content(
            key=f"publication:{one.pk}",
            slot=order.slot(order.services),
            title=f"公告送达证明（{one.service.document.title}，{one.name}）",
            number_text=one.service.document.number_text,
            dated_on=one.published_on,
            file=one.proof_file,
            sha256=one.proof_sha256,
            size=one.proof_size,
            media_type=_PROOF_TYPES.get(one.proof_file.rpartition(".")[2], "application/octet-stream"),
        )


def _approvals(case: Case, order: VolumeOrder) -> Iterator[Content]:
    """The approval sheet of every issued paper that was examined or signed: inner papers."""
    for document in Document.objects.filter(case_id=case.pk, state__in=SEALED).order_by("id"):
        document.case = case
        kind = document.kind_info
        if kind.is_form or not (kind.reviewer_roles or kind.signer_roles):
            continue
        yield Content(
            key=f"approval:{document.pk}",
            slot=order.slot(order.approvals),
            title=f"审批表（{document.title}）",
            number_text=document.number_text,
            dated_on=document.signed_on or document.reviewed_on or document.issued_on,
            make=partial(_approval_sheet, document),
        )


def _approval_sheet(document: Document) -> bytes:
    return render_pdf(approval_sheet(document), numbered=False)


def _entries(case: Case, order: VolumeOrder) -> Iterator[Content]:
    for entry in LooseEntry.objects.filter(case_id=case.pk, struck_on__isnull=True).order_by("id"):
        yield Content(
            key=f"entry:{entry.pk}",
            slot=order.slot(entry.slot),
            title=entry.title,
            carrier=entry.carrier,
            author=entry.author,
            dated_on=entry.dated_on,
            pages=entry.pages,
            note=entry.note,
            fills=entry.fills,
        )


register_source("papers", _papers)
register_source("materials", _materials)
register_source("proofs", _proofs)
register_source("publications", _publications)
register_source("approvals", _approvals)
register_source("entries", _entries)
