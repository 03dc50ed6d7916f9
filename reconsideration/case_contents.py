"""Which kinds of records a case has, in one query: a section asks for its rows only where there are some."""

from __future__ import annotations

from django.db.models import Exists, Model, OuterRef

from casemgr.cases.models import Case
from reconsideration.models import Evidence, Investigation, ReadingRequest, Visit

KINDS: dict[str, type[Model]] = {
    "evidence": Evidence,
    "investigations": Investigation,
    "reading": ReadingRequest,
    "visits": Visit,
}
"""Name of the kind → its model, with a foreign key `case` and `struck_on`."""


def has(case: Case, kind: str) -> bool:
    """Whether a record of the kind stands; looked up once for a case object."""
    if "_contents" not in case.__dict__:
        looks = {
            f"has_{name}": Exists(model._default_manager.filter(case=OuterRef("pk"), struck_on__isnull=True))
            for name, model in KINDS.items()
        }
        row = Case.objects.filter(pk=case.pk).values(**looks).first() or {}
        case._contents = frozenset(name for name in KINDS if row.get(f"has_{name}"))
    return kind in case._contents
