"""Published cases with known gaps: entered as far as their facts reach, and checked as far as they can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from casemgr.actions.perform import perform
from casemgr.cases.models import Case
from reconsideration.models import PROCEDURE
from reconsideration.past_checks import ANSWER_LABELS, Check, checks
from reconsideration.past_source import past_case_data

REAL_CASES = Path(settings.BASE_DIR) / "tests" / "data" / "real-cases.yaml"


@dataclass(frozen=True)
class CaseReport:
    """One file of the source: what was entered and what could be checked."""

    source_id: str
    case: Case
    is_new: bool
    checks: tuple[Check, ...]


@dataclass
class Report:
    """All files of one load."""

    cases: list[CaseReport] = field(default_factory=list)

    @property
    def created(self) -> int:
        return sum(item.is_new for item in self.cases)

    def text(self) -> str:
        """For a terminal or a file: one block per case."""
        lines = []
        for item in self.cases:
            lines.append(f"{item.source_id}  {item.case.number}  {item.case.state_info.label}")
            lines += [f"    {c.question}: {ANSWER_LABELS[c.answer]} — {c.why}" for c in item.checks]
        return "\n".join(lines)


def load_real_cases(path: Path, actor, today: date) -> Report:
    """Enter the file's reconsideration cases through `record_past_case`; the same file twice adds nothing."""
    report = Report()
    for source in yaml.safe_load(path.read_text(encoding="utf-8"))["reconsideration"]:
        data = past_case_data(source)
        known = Case.objects.filter(procedure=PROCEDURE, is_past_record=True, number=data["number"]).first()
        case = known or perform("reconsideration.record_past_case", None, data, actor, today)
        report.cases.append(CaseReport(source["id"], case, known is None, tuple(checks(source))))
    return report


def load_for_demo(office: Mapping[str, Any], today: date) -> int:
    """The demo's option: how many cases were entered."""
    return load_real_cases(REAL_CASES, office["officer"], today).created
