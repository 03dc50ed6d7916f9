"""The one object through which the ground knows reconsideration."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.cases.procedure import Procedure, Step
from casemgr.cases.referrals.receivers import Receiver
from casemgr.numbering.series import Series, declare
from casemgr.organisation.models import Unit
from reconsideration import demo, measures
from reconsideration.actions import ACTIONS
from reconsideration.api import DESK_RESOURCES
from reconsideration.causes import CAUSES
from reconsideration.committee.actions import STEPS as COMMITTEE_STEPS
from reconsideration.documents import DOCUMENT_KINDS, series, wording
from reconsideration.events import EVENT_KINDS, ORDER
from reconsideration.hearings.api import HEARINGS
from reconsideration.helping.api import RESOURCES as HELPING
from reconsideration.helping.pages import referral_links
from reconsideration.indicators import INDICATORS
from reconsideration.indicators.closed import keep_days
from reconsideration.ledger import LEDGER
from reconsideration.models import PROCEDURE, ReconsiderationCase
from reconsideration.normative.api import RESOURCES
from reconsideration.openness.api import RESOURCES as OPENNESS
from reconsideration.openness.nightly import NIGHTLY
from reconsideration.past_cases import load_for_demo
from reconsideration.representation import REPRESENTATION
from reconsideration.sections import SECTIONS
from reconsideration.states import STATES
from reconsideration.terms import Outcome, Track
from reconsideration.timelimits import RULES
from reconsideration.timelimits.laws import LAW_2023

CASE_SERIES = declare(Series("reconsideration.case", _("Reconsideration cases"), "达政复字〔{year}〕{number}号"))

RECONSIDERATION = Procedure(
    code=PROCEDURE,
    name=_("Administrative reconsideration"),
    case_model=ReconsiderationCase,
    states=STATES,
    event_kinds=EVENT_KINDS,
    rules=RULES,
    actions=(*ACTIONS, *COMMITTEE_STEPS),
    number_series=CASE_SERIES.code,
    register_action="reconsideration.register",
    steps=(
        Step(pgettext_lazy("step", "Received"), ("received",)),
        Step(pgettext_lazy("step", "Accepted"), ("accepted", "refused", "abandoned", "not_handled")),
        Step(pgettext_lazy("step", "Replied"), ("reply_received", "reply_missing")),
        # Reconsideration Law 2023, art. 54(2); 2017, art. 22
        Step(
            pgettext_lazy("step", "Opinions heard"),
            ("opinion_heard", "hearing_held"),
            is_optional=lambda case: case.facts.procedure == Track.SIMPLIFIED or case.law_version == "2017",
        ),
        Step(pgettext_lazy("step", "Decided"), ("decided", "dismissed", "terminated", "mediated")),
        Step(
            pgettext_lazy("step", "Served"),
            ("decision_served", "refusal_served", "dismissal_served", "termination_served"),
            is_optional=lambda case: case.state == "MEDIATED",
            is_unfinished=lambda case: case.state == "DECIDED",
        ),
        Step(pgettext_lazy("step", "Archived"), ("archived",)),
    ),
    document_kinds=DOCUMENT_KINDS,
    case_sections=SECTIONS,
    facts_of=lambda case: case.reconsideration_facts,
    extra={
        "order": ORDER,
        "indicators": (*INDICATORS, *measures.INDICATORS),
        "kept_for_figures": keep_days,
        "sheet_measures": measures.MEASURES,
        "referral_links": referral_links,
        "ledgers": (LEDGER,),
        "urls": "reconsideration.urls",
        "register_url": "reconsideration_register",
        "demo": demo.load,
        "demo_share": 0.25,
        "demo_real": load_for_demo,
        "statute": LAW_2023.name,
        "correction_series": series.PAPER_CORRECTION,
        "phrases": wording.PHRASES,
        "outcomes": dict(Outcome.choices),
        "representation": REPRESENTATION,
        "void_states": ("VOID",),
        "causes": CAUSES,
        "receiver": Receiver(unit_kinds=(Unit.Kind.GOVERNMENT, Unit.Kind.OFFICE), decision_rules=("R-DEC", "R-DEC-S")),
        "joined": ("reconsideration_facts__area",),
        "resources": (*RESOURCES, *HELPING, *DESK_RESOURCES, *OPENNESS, HEARINGS),
        "public_urls": "reconsideration.openness.public.urls",
        "nightly": NIGHTLY,
        "api": "reconsideration.quality.api.router",
    },
)
