"""The rules of alerts that an installation begins with; whoever changes or ends one keeps what they set."""

from __future__ import annotations

from decimal import Decimal

from casemgr.boards.alerts.watching import watched
from casemgr.boards.models import AlertRule, Condition

ABOVE, BELOW = Condition.ABOVE, Condition.BELOW
RULES: tuple[tuple[str, Condition, str, tuple[str, ...], int], ...] = (
    ("overdue", ABOVE, "0", ("leader", "head", "town"), 7),
    ("figure:on-time", BELOW, "98", ("leader", "head"), 30),
    ("figure:sixty-days", BELOW, "90", ("head",), 30),
    ("decisions-due-14", ABOVE, "10", ("head",), 7),
    ("decisions-overdue", ABOVE, "0", ("head", "authority"), 1),
    ("suits-without-head", ABOVE, "0", ("leader", "liaison"), 3),
    ("appearance-spare", BELOW, "1", ("leader",), 7),
    ("backlog-missing", ABOVE, "0", ("leader",), 30),
    ("disputes-at-risk", ABOVE, "0", ("leader", "town", "guidance"), 3),
)
"""What is watched, when, the threshold, whom, and after how many days again."""


def load_reference() -> None:
    """Each once: a rule for something that any rule has ever watched is not seeded again."""
    known, seeded = watched(), set(AlertRule.history.values_list("watched", flat=True))
    for code, condition, threshold, roles, days in RULES:
        if code in known and code not in seeded:
            AlertRule.objects.create(
                watched=code, condition=condition, threshold=Decimal(threshold), roles=list(roles), every_days=days
            )
