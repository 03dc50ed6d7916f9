"""What a volume must hold and does not, where to get it, and the reason given for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from casemgr.cases.models import Case
from casemgr.documents.models import Document, Service
from casemgr.documents.states import DocumentState, ServiceState
from casemgr.documents.uploads.models import Material
from casemgr.documents.volumes.contents import Content, contents
from casemgr.documents.volumes.models import LackReason, VolumeItem
from casemgr.documents.volumes.order import Need, VolumeOrder, order_of

PROOF = "proof:"
"""How the code of a lacking receipt begins; the paper's number follows."""


@dataclass(frozen=True)
class Lack:
    """A need nothing meets. `reason` is what the clerk said about it, or empty."""

    need: Need
    reason: str = ""


def lacks(case: Case, found: list[Content] | None = None) -> list[Lack]:
    """Everything required that is neither there nor frozen already, in the order of the volume."""
    order = order_of(case)
    found = contents(case) if found is None else found
    frozen = set(VolumeItem.objects.filter(volume__case_id=case.pk).values_list("slot", "key"))
    reasons = dict(LackReason.objects.filter(case_id=case.pk).values_list("code", "reason"))
    filled = {content.fills for content in found if content.fills} | _filled_before(case, frozen)
    return [
        Lack(need, reasons.get(need.code, ""))
        for need in needs(case, order)
        if need.code not in filled and not _is_met(need, found, frozen)
    ]


def needs(case: Case, order: VolumeOrder) -> list[Need]:
    """The procedure's own, and a receipt for every paper that was served."""
    found = [*order.needs(case), *_receipts(case, order)]
    return sorted(found, key=lambda need: order.place(need.slot))


def _is_met(need: Need, found: list[Content], frozen: set[tuple[str, str]]) -> bool:
    if need.documents and _has_documents(need, found, frozen):
        return True
    if need.party is not None:
        return _is_brought(need, found, frozen)
    if need.documents:
        return False
    return any(content.slot.code == need.slot for content in found) or any(slot == need.slot for slot, _key in frozen)


def _has_documents(need: Need, found: list[Content], frozen: set[tuple[str, str]]) -> bool:
    if any(content.document_kind in need.documents for content in found):
        return True
    papers, copies = _ids(frozen, "document:"), _ids(frozen, "material:")
    if papers and Document.objects.filter(pk__in=papers, kind__in=need.documents).exists():
        return True
    return bool(copies) and Material.objects.filter(pk__in=copies, document__kind__in=need.documents).exists()


def _is_brought(need: Need, found: list[Content], frozen: set[tuple[str, str]]) -> bool:
    if any(content.slot.code == need.slot and content.party == need.party for content in found):
        return True
    ids = _ids({(slot, key) for slot, key in frozen if slot == need.slot}, "material:")
    return bool(ids) and Material.objects.filter(pk__in=ids, received_from=need.party).exists()


def _ids(frozen: set[tuple[str, str]], prefix: str) -> list[str]:
    return [key.removeprefix(prefix) for _slot, key in frozen if key.startswith(prefix)]


def _filled_before(case: Case, frozen: set[tuple[str, str]]) -> set[str]:
    ids = [key.partition(":")[2] for _slot, key in frozen if key.startswith("entry:")]
    return set(case.loose_entries.filter(pk__in=ids).values_list("fills", flat=True)) if ids else set()


def _receipts(case: Case, order: VolumeOrder) -> Iterator[Need]:
    """A paper handed over, left, posted or announced leaves a receipt (Civil Procedure Law, art. 87)."""
    served = Service.objects.filter(
        document__case_id=case.pk, state=ServiceState.EFFECTIVE, proof_file="", document__corrects__isnull=True
    )
    served = served.exclude(method=Service.Method.ELECTRONIC).exclude(document__state=DocumentState.WITHDRAWN)
    names: dict[Document, list[str]] = {}
    for service in served.select_related("document", "participation").order_by("document_id", "id"):
        names.setdefault(service.document, []).append(service.participation.name)
    for document, people in names.items():
        yield Need(
            code=f"{PROOF}{document.pk}",
            slot=order.services,
            title=f"送达回证：{document.title}（{'、'.join(people)}）"[:200],
            where=_("Scan or photograph the signed receipt and add it to the service on the page of the paper."),
        )
