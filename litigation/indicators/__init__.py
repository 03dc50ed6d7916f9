"""The indicators of litigation: heads in court (dossier §4.5), lost suits (T8), and the backlog (§4.4)."""

from litigation.indicators.appearance import APPEARANCE, CASES, COUNTED, HEADS, JUSTIFIED, PLAN, RAW
from litigation.indicators.backlog import BACKLOG, CLEARANCE, DYNAMIC
from litigation.indicators.losses import LOSSES

INDICATORS = (*HEADS, *LOSSES, *BACKLOG)

__all__ = [
    "APPEARANCE",
    "CASES",
    "CLEARANCE",
    "COUNTED",
    "DYNAMIC",
    "INDICATORS",
    "JUSTIFIED",
    "PLAN",
    "RAW",
]
