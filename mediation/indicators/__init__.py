"""The indicators of people's mediation; every rate names what it divides by (dossier §4.1, trap 15)."""

from mediation.indicators.hotline import HOTLINE
from mediation.indicators.leads import LEAD_TO_SETTLEMENT
from mediation.indicators.levels import LEVELS
from mediation.indicators.results import RESULTS
from mediation.indicators.towns import COVERAGE

INDICATORS = (*RESULTS, *LEVELS, LEAD_TO_SETTLEMENT, *COVERAGE, *HOTLINE)

__all__ = ["INDICATORS"]
