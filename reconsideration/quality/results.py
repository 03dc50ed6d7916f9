"""The result of a year's review in figures: average, grades, the items under which most was found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from reconsideration.models import FileReview, ReviewFinding, ReviewRound

MOST_FREQUENT = 8


@dataclass(frozen=True)
class Result:
    """`average` is None before the first review."""

    drawn: int
    reviewed: int
    average: Decimal | None
    excellent: int
    passed: int
    failed: int
    frequent: list[tuple[dict[str, Any], int]]
    findings: int
    open_findings: int


def result_of(found: ReviewRound, reviews: list[FileReview], findings: list[ReviewFinding]) -> Result:
    checklist = found.checklist
    scores = [review.score for review in reviews if review.score is not None]
    average = None
    if scores:
        average = (sum(scores, Decimal(0)) / len(scores)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    counted = Counter(finding.item for finding in findings)
    frequent = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_FREQUENT]
    excellent = sum(score >= checklist.excellent_from for score in scores)
    passed = sum(checklist.passed_from <= score < checklist.excellent_from for score in scores)
    return Result(
        drawn=len(reviews),
        reviewed=len(scores),
        average=average,
        excellent=excellent,
        passed=passed,
        failed=len(scores) - excellent - passed,
        frequent=[(checklist.item(code), count) for code, count in frequent],
        findings=len(findings),
        open_findings=sum(finding.repaired_on is None for finding in findings),
    )
