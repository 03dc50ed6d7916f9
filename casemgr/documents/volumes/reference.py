"""The table of retention an installation begins with; lines the office has changed stay as they are."""

from __future__ import annotations

from casemgr.documents.volumes.models import RetentionRule
from casemgr.documents.volumes.retention import CLASSES, DEFAULTS, OFFICE


def load_reference() -> None:
    known = set(RetentionRule.objects.values_list("procedure", "outcome"))
    for procedure, lines in DEFAULTS.items():
        for outcome, term in lines.items():
            if (procedure, outcome) not in known:
                RetentionRule.objects.create(
                    procedure=procedure, outcome=outcome, term=term, source=f"{CLASSES}；{OFFICE}"
                )
