"""The base of reconsideration: what its marks and their words are called, and what files of single cases may say."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.cases.matters import Matter
from casemgr.indicators.tables.facts import Base
from casemgr.parties.models import Party
from reconsideration.models import PROCEDURE
from reconsideration.tables import course
from reconsideration.terms import Outcome, RefusalGround, TerminationGround, Track

BASE = Base(
    code="reconsideration",
    name=_("Administrative reconsideration"),
    procedure=PROCEDURE,
    version=2,
    read=course.read,
    kinds={
        course.APPLICATION: _("Application"),
        course.TRIAL: pgettext_lazy("table", "Trial"),
        course.SUSPENDED: _("Suspended"),
        course.CORRECTING: _("Waiting for correction"),
        "extended": _("Decision period extended"),
        "hearing": _("Hearing held"),
        "committee": _("Committee's opinion recorded"),
        "opinion": _("Opinion letter issued"),
        "suggestion": _("Suggestion letter issued"),
        "annexed": _("Annexed review opened"),
        "sued": _("A party sued"),
    },
    dims={
        "matter": _("Matter"),
        "area": _("Field of administration"),
        "level": _("Respondent"),
        "ended": _("Ended as"),
        "ground": pgettext_lazy("table", "Ground"),
        "after": _("Withdrawal"),
        "entry": pgettext_lazy("table", "Entry"),
        "how": _("Acceptance"),
        "group": _("Group case"),
        "track": _("Procedure"),
    },
    words={
        "matter": dict(Matter.choices),
        "level": dict(Party.AgencyKind.choices),
        "ended": {**dict(Outcome.choices), "other": pgettext_lazy("outcome", "Others")},
        "ground": {**dict(RefusalGround.choices), **dict(TerminationGround.choices)},
        "after": {"settled": _("withdrawn after a settlement"), "withdrawn": _("otherwise withdrawn")},
        "entry": {course.NEW: pgettext_lazy("table", "new"), course.REOPENED: _("opened again")},
        "how": {course.DEEMED: _("by silence"), course.BY_ORDER: _("on the superior's order")},
        "track": dict(Track.choices),
    },
)
