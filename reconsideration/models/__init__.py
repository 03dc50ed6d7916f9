"""What reconsideration keeps beside the register, one file per subject."""

from reconsideration.models.areas import ManagementAreaRow
from reconsideration.models.facts import (
    ACCEPTANCE_TESTS,
    PROCEDURE,
    AcceptanceTest,
    ReconsiderationCase,
    ReconsiderationFacts,
)
from reconsideration.terms import ManagementArea

__all__ = [
    "ACCEPTANCE_TESTS",
    "PROCEDURE",
    "AcceptanceTest",
    "ManagementArea",
    "ManagementAreaRow",
    "ReconsiderationCase",
    "ReconsiderationFacts",
]
