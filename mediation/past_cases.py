"""Published mediations with known gaps: entered as far as their facts reach."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from casemgr.actions.perform import perform
from casemgr.cases.models import Case
from mediation.models import PROCEDURE, MediationCase
from mediation.past_source import past_case_data

REAL_CASES = Path(settings.BASE_DIR) / "tests" / "data" / "real-cases.yaml"


def load_real_cases(path: Path, actor: Any, today: date) -> dict[str, tuple[Case, bool]]:
    """Enter the file's mediations through `record_past_case`; the same file twice adds nothing.

    Returns by the source's mark the case, and whether it is new.
    """
    found: dict[str, tuple[Case, bool]] = {}
    for source in yaml.safe_load(path.read_text(encoding="utf-8"))["mediation"]:
        data = past_case_data(source)
        known = MediationCase.objects.filter(procedure=PROCEDURE, is_past_record=True, number=data["number"]).first()
        case = known or perform("mediation.record_past_case", None, data, actor, today)
        found[source["id"]] = (case, known is None)
    return found


def load_for_demo(office: Mapping[str, Any], today: date) -> int:
    """The demo's option: how many cases were entered."""
    return sum(is_new for _case, is_new in load_real_cases(REAL_CASES, office["guidance"], today).values())
