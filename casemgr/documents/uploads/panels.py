"""Materials on the page of a case and of a paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from casemgr.actions import registry
from casemgr.cases.models import Case
from casemgr.documents.internal import may_read_internal
from casemgr.documents.models import Document
from casemgr.documents.uploads import refusals
from casemgr.documents.uploads.models import Material, MaterialQuerySet

TEMPLATE = "uploads/_case_materials.html"
SHOWN = 8
ORDER = 61
"""Right behind the papers of the case."""


def rows_of(case: Case, user: Any, today: date) -> MaterialQuerySet:
    """Materials of a case the person sees, with what their line shows; secret ones only to who may read inner papers.

    Attached copies stand with their paper.
    """
    rows = case.materials.of_case().select_related("received_from")
    return rows if may_read_internal(user, case, today) else rows.filter(is_secret=False)


def case_materials_context(case: Case, user: Any, today: date) -> dict[str, Any]:
    """For `uploads/_case_materials.html`: the latest ones, and whether there are more."""
    found = list(rows_of(case, user, today).living().order_by("-id")[: SHOWN + 1])
    return {
        "materials": found[:SHOWN],
        "has_more": len(found) > SHOWN,
        "may_add_material": registry.get("material.add").is_permitted(case, user, today)
        and not registry.get("material.add").state_refusal(case, today),
    }


def copies_of(document: Document) -> list[Material]:
    """Stamped and sealed copies of an issued paper, withdrawn ones left out."""
    if not document.is_sealed:
        return []
    return list(document.materials.living().order_by("id")[:50])


def feature_lines(material: Material) -> list[str]:
    """What a reader must know of the file, in words."""
    return [str(refusals.FEATURES[code]) for code in material.features if code in refusals.FEATURES]
