"""Every statutory period of reconsideration, both versions of the law."""

from reconsideration.timelimits.law2017 import RULES as RULES_2017
from reconsideration.timelimits.law2023 import RULES as RULES_2023

RULES = (*RULES_2023, *RULES_2017)
