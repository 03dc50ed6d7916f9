"""The texts reconsideration's periods come from, with their spans in force."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from casemgr.timelimits.rules import Law

CHECKED = date(2026, 11, 23)
EXTENSION_CAP = 30
"""Days by which the period for the decision can be extended in all (2023, art. 62(1); 2017, art. 31(1))."""

LAW_2017 = Law(
    code="reconsideration-law-2017",
    name=_("Administrative Reconsideration Law (2017)"),
    in_force=(date(2018, 1, 1), date(2024, 1, 1)),
    published_on=date(2017, 9, 1),
    checked_on=CHECKED,
    version="2017",
    not_coded={
        "20": _("orders of the superior: no period is fixed"),
        "30": _("final decisions on natural resources: provincial level"),
    },
)
LAW_2023 = Law(
    code="reconsideration-law-2023",
    name=_("Administrative Reconsideration Law (2023)"),
    in_force=(date(2024, 1, 1), None),
    published_on=date(2023, 9, 1),
    checked_on=CHECKED,
    version="2023",
    not_coded={
        "35": _("orders of the superior: no period is fixed"),
        "38": _("taking up a case: the periods stand in the implementing regulation"),
        "85": _("handing over clues to supervision organs: no period is fixed"),
    },
)
REGULATION_2007 = Law(
    code="implementing-regulation-2007",
    name=_("Implementing Regulation (2007)"),
    in_force=(date(2007, 8, 1), date(2026, 7, 1)),
    published_on=date(2007, 5, 29),
    checked_on=CHECKED,
)
REGULATION_2026 = Law(
    code="implementing-regulation-2026",
    name=_("Implementing Regulation (2026)"),
    in_force=(date(2026, 7, 1), None),
    published_on=date(2026, 4, 29),
    checked_on=CHECKED,
)
