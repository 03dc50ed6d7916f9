"""The one object through which the ground knows litigation follow-up."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.cases.models import Participation
from casemgr.cases.procedure import Procedure, Step
from casemgr.numbering.series import Series, declare
from litigation import demo
from litigation.actions import ACTIONS
from litigation.court.notices import remind_of_sessions
from litigation.documents import DOCUMENT_KINDS
from litigation.events import EVENT_KINDS, ORDER
from litigation.following import take_effect_by_night
from litigation.indicators import INDICATORS
from litigation.models import PROCEDURE, LitigationCase
from litigation.registration.entering import SERIES
from litigation.representation import REPRESENTATION
from litigation.sections import SECTIONS
from litigation.states import STATES
from litigation.terms import FileKind, Outcome
from litigation.timelimits import LITIGATION_LAW, RULES

CASE_SERIES = declare(Series(SERIES, _("Litigation files"), "达应诉〔{year}〕{number}号"))
Role = Participation.Role
ROLE_WORDS = {
    Role.APPLICANT: pgettext_lazy("court", "Plaintiff"),
    Role.RESPONDENT: pgettext_lazy("court", "Defendant"),
    Role.THIRD_PARTY: pgettext_lazy("court", "Third party"),
}
IN_ENFORCEMENT = {
    Role.APPLICANT: pgettext_lazy("enforcement", "Applicant agency"),
    Role.RESPONDENT: pgettext_lazy("enforcement", "Party that has to perform"),
}


def role_words(case: LitigationCase) -> dict[str, str]:
    """In a file about the enforcement of an act nobody is plaintiff or defendant."""
    return IN_ENFORCEMENT if case.litigation_facts.file_kind == FileKind.ENFORCEMENT else ROLE_WORDS


LITIGATION = Procedure(
    code=PROCEDURE,
    name=_("Litigation follow-up"),
    case_model=LitigationCase,
    states=STATES,
    event_kinds=EVENT_KINDS,
    rules=RULES,
    actions=ACTIONS,
    number_series=CASE_SERIES.code,
    register_action="litigation.register",
    steps=(
        Step(pgettext_lazy("court step", "Received"), ("registered",)),
        Step(pgettext_lazy("court step", "Answered"), ("answer_filed",)),
        Step(pgettext_lazy("court step", "Session"), ("session_held",), is_optional=lambda case: True),
        Step(pgettext_lazy("step", "Court's paper"), ("judgment_made", "suit_withdrawn")),
        Step(pgettext_lazy("step", "Effective"), ("ruling_effective", "suit_withdrawn")),
        Step(pgettext_lazy("step", "Performed"), ("performed",), is_optional=lambda case: True),
        Step(pgettext_lazy("step", "Archived"), ("archived",)),
    ),
    case_sections=SECTIONS,
    document_kinds=DOCUMENT_KINDS,
    facts_of=lambda case: case.litigation_facts,
    own_bodies=("agency", "recipient", "maker"),
    extra={
        "demo": demo.load,
        "order": ORDER,
        "indicators": INDICATORS,
        "statute": LITIGATION_LAW.name,
        "outcomes": dict(Outcome.choices),
        "void_states": ("VOID",),
        "joined": ("litigation_facts__responsible",),
        "prefetched": (
            "instances__standings__participation__party",
            "instances__rulings__obligations",
            "instances__earlier",
        ),
        "representation": REPRESENTATION,
        "role_words": role_words,
        "register_url": "litigation_register",
        "urls": "litigation.urls",
        "nightly": (
            take_effect_by_night,
            remind_of_sessions,
        ),
    },
)
