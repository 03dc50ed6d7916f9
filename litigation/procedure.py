"""The one object through which the ground knows litigation follow-up."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.cases.models import Case, Participation
from casemgr.cases.procedure import Procedure, Step, Text
from casemgr.numbering.series import Series, declare
from litigation import demo, measures
from litigation.actions import ACTIONS
from litigation.api import RESOURCES
from litigation.backlog.reminders import remind_of_returns
from litigation.causes import CAUSES
from litigation.court.notices import remind_of_sessions
from litigation.documents import DOCUMENT_KINDS
from litigation.events import EVENT_KINDS, ORDER
from litigation.file_kinds import is_suggestion, is_supervision
from litigation.following import take_effect_by_night
from litigation.indicators import INDICATORS
from litigation.ledger import LEDGER
from litigation.models import PROCEDURE, LitigationCase
from litigation.reached import ends_the_suit
from litigation.registration.entering import SERIES
from litigation.representation import REPRESENTATION
from litigation.sections import SECTIONS
from litigation.states import STATES
from litigation.suggestions.section import is_answer_missing
from litigation.terms import FileKind, Outcome
from litigation.timelimits import LITIGATION_LAW, RULES
from litigation.two_years.telling import remind_of_two_years

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
RECIPIENT_WORDS = {Role.RESPONDENT: pgettext_lazy("suggestion", "Recipient")}
CONCERNED_WORDS = {Role.RESPONDENT: pgettext_lazy("supervision", "Agency concerned")}
WORDS = {
    FileKind.ENFORCEMENT: IN_ENFORCEMENT,
    FileKind.SUGGESTION: RECIPIENT_WORDS,
    FileKind.SUPERVISION: CONCERNED_WORDS,
}


def role_words(case: LitigationCase) -> Mapping[str, Text]:
    """In a file about the enforcement of an act nobody is plaintiff or defendant; whoever got a letter is neither."""
    return WORDS.get(case.litigation_facts.file_kind, ROLE_WORDS)


def _only_once_reached(case: Case) -> bool:
    """Of a step that no file waits for."""
    return True


def _of_others(case: Case) -> bool:
    """A step of suits, which neither a suggestion nor the enforcement of an act waits for."""
    return case.facts.file_kind != FileKind.SUIT


def _of_no_supervision(case: Case) -> bool:
    """A step of supervision, which no other file waits for."""
    return not is_supervision(case)


def _of_suits(case: Case) -> bool:
    """A step of suggestions, which no suit waits for."""
    return not is_suggestion(case)


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
        Step(pgettext_lazy("court step", "Answered"), ("answer_filed",), is_optional=_of_others),
        Step(pgettext_lazy("court step", "Session"), ("session_held",), is_optional=_only_once_reached),
        Step(
            pgettext_lazy("step", "Court's paper"),
            ("judgment_made", "suit_withdrawn"),
            is_optional=_of_others,
            counts=ends_the_suit,
        ),
        Step(
            pgettext_lazy("step", "Effective"),
            ("ruling_effective", "suit_withdrawn"),
            is_optional=_of_others,
            counts=ends_the_suit,
        ),
        Step(pgettext_lazy("step", "Performed"), ("performed",), is_optional=_only_once_reached),
        Step(
            pgettext_lazy("suggestion step", "Answered"),
            ("suggestion_answered",),
            is_optional=_of_suits,
            is_unfinished=is_answer_missing,
        ),
        Step(pgettext_lazy("suggestion step", "Performed"), ("suggestion_performed",), is_optional=_only_once_reached),
        Step(pgettext_lazy("suggestion step", "Closed"), ("suggestion_closed",), is_optional=_of_suits),
        Step(pgettext_lazy("supervision step", "Decided"), ("supervision_decided",), is_optional=_of_no_supervision),
        Step(pgettext_lazy("step", "Archived"), ("archived",)),
    ),
    case_sections=SECTIONS,
    document_kinds=DOCUMENT_KINDS,
    facts_of=lambda case: case.litigation_facts,
    own_bodies=("agency", "recipient", "maker"),
    extra={
        "demo": demo.load,
        "demo_share": 0.01,
        "order": ORDER,
        "resources": RESOURCES,
        "register_actions": {
            "enforcement": "litigation.register_enforcement",
            "suggestion": "litigation.register_suggestion",
            "supervision": "litigation.register_supervision",
        },
        "indicators": (*INDICATORS, *measures.INDICATORS),
        "sheet_measures": measures.MEASURES,
        "ledgers": (LEDGER,),
        "statute": LITIGATION_LAW.name,
        "outcomes": dict(Outcome.choices),
        "void_states": ("VOID",),
        "causes": CAUSES,
        "joined": ("litigation_facts__responsible",),
        "prefetched": (
            "instances__standings__participation__party",
            "instances__rulings__obligations",
            "instances__earlier",
            "suit_settlements",
        ),
        "representation": REPRESENTATION,
        "role_words": role_words,
        "register_url": "litigation_register",
        "urls": "litigation.urls",
        "nightly": (
            take_effect_by_night,
            remind_of_sessions,
            remind_of_two_years,
            remind_of_returns,
        ),
    },
)
