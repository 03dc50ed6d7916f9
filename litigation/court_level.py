"""At which level a first instance belongs, by who is sued: a hint for the objection to jurisdiction.

A suit over an act of a banner's government or one above it goes to the intermediate court (Litigation Law, art. 15(1));
where the reconsidering government is only co-defendant, the acting agency decides (Interpretation 2018, art. 134(3)).
Courts also take cases by importance or by designation: a person judges.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from django.utils.translation import gettext as _

from litigation.instances import defendants_of, running_instance
from litigation.models import LitigationCase
from litigation.states import RUNNING
from litigation.terms import Deed, Level

_TOWN = re.compile(r"(?:镇|乡|苏木)人民政府$")
_INTERMEDIATE, _SPECIAL = "中级", re.compile("高级|最高|铁路|海事|知识产权|互联网|金融")


LEVEL_CITATION = "行政诉讼法15；行诉解释134(3)"


class CourtLevel(StrEnum):
    BASIC = "basic"
    INTERMEDIATE = "intermediate"


def is_county_government(agency: str) -> bool:
    """A people's government of a banner or above; a town's is none."""
    return agency.endswith("人民政府") and not _TOWN.search(agency)


def level_of(defendants: Sequence[tuple[str, str]]) -> CourtLevel:
    """`defendants`: name and deed (`terms.Deed`) of each."""
    acting = [name for name, deed in defendants if deed != Deed.RECONSIDERED]
    deciding = acting or [name for name, _deed in defendants]
    return CourtLevel.INTERMEDIATE if any(map(is_county_government, deciding)) else CourtLevel.BASIC


def court_hint(case: LitigationCase) -> str:
    """What speaks against the level of the court before which the first instance runs; empty where nothing does."""
    instance = running_instance(case)
    if (
        instance is None
        or instance.level != Level.FIRST
        or case.state not in RUNNING
        or _SPECIAL.search(instance.court)
    ):
        return ""
    defendants = [(one.participation.name, one.deed) for one in defendants_of(instance)]
    if not defendants or (level_of(defendants) == CourtLevel.INTERMEDIATE) == (_INTERMEDIATE in instance.court):
        return ""
    if level_of(defendants) == CourtLevel.INTERMEDIATE:
        return _("An act of a government of a banner or above is sued over: the intermediate court is competent.")
    return _("The acting agency is no government of a banner or above: by rule the basic court is competent.")


__all__ = ["LEVEL_CITATION", "CourtLevel", "court_hint", "is_county_government", "level_of"]
