"""The indicators of reconsideration: periods, quality (dossier §6, T11), and the help of mediation organisations."""

from reconsideration.indicators.helping import HELP
from reconsideration.indicators.periods import DECISION_PERIODS, SIXTY_DAYS
from reconsideration.indicators.quality import CORRECTION, QUALITY

INDICATORS = (SIXTY_DAYS, *QUALITY, *HELP)

__all__ = ["CORRECTION", "DECISION_PERIODS", "INDICATORS"]
