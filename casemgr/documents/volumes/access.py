"""Who does what with volumes. Who reads the internal one: `casemgr.documents.internal`."""

from __future__ import annotations

from casemgr.organisation.roles import HANDS

PREPARERS = (*HANDS, "archive")
"""Who puts volumes together."""
KEEPERS = ("archive",)
"""Who keeps the frozen ones: shelf, loans, appraisal."""
TABLE_APPROVERS = ("head", "authority", "leader")
"""Who agrees to a change of the office's table of retention."""
APPROVERS = (*TABLE_APPROVERS, "town")
"""Who may agree to what the keeper proposes for a volume whose term is over."""
