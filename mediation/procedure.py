"""The one object through which the ground knows people's mediation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.cases.procedure import Procedure, Step
from casemgr.cases.referrals.receivers import Receiver
from casemgr.cases.referrals.senders import Sender
from casemgr.numbering.series import Series, declare
from casemgr.organisation.models import Unit
from mediation import demo
from mediation.actions import ACTIONS
from mediation.actions.deciding import withheld
from mediation.administrative import sections as line
from mediation.administrative.api import RESOURCES as ADMINISTRATIVE
from mediation.agreements import sections as agreements
from mediation.agreements.api import RESOURCES as AGREEMENT_RESOURCES
from mediation.agreements.visits import tell_visits
from mediation.campaigns.api import RESOURCES as SCREENING
from mediation.campaigns.notices import remind_of_screening
from mediation.course import risks
from mediation.course import sections as course
from mediation.docks import guards as docks
from mediation.docks import sections as referred
from mediation.docks.opening import opens
from mediation.docks.results import proposed
from mediation.docks.roster import roster
from mediation.documents import DOCUMENT_KINDS
from mediation.documents.wording import PHRASES
from mediation.events import EVENT_KINDS, ORDER
from mediation.indicators import INDICATORS
from mediation.indicators.days import keep_days
from mediation.ledger import LEDGER
from mediation.models import PROCEDURE, MediationCase
from mediation.oral_files.job import remove_old
from mediation.organisations.api import RESOURCES as ORGANISATIONS
from mediation.organisations.nightly import freeze_by_night
from mediation.past_cases import load_for_demo as load_real
from mediation.receiving import DOCKS, open_case
from mediation.registration import sections as registration
from mediation.registration.recording import SERIES
from mediation.representation import REPRESENTATION
from mediation.states import STATES
from mediation.subsidy.api import RESOURCES as SUBSIDY_RESOURCES
from mediation.tables.api import RESOURCES as TABLE_RESOURCES
from mediation.tables.reports import reports
from mediation.terms import Ending
from mediation.timelimits import MEDIATION_LAW, RULES

CASE_SERIES = declare(Series(SERIES, _("Mediation cases"), "达{owner}人调字〔{year}〕{number}号"))
ENDINGS = ("failed", "terminated", "withdrawn", "returned", "refused", "referred_out")

MEDIATION = Procedure(
    code=PROCEDURE,
    name=_("People's mediation"),
    case_model=MediationCase,
    states=STATES,
    event_kinds=EVENT_KINDS,
    rules=RULES,
    actions=ACTIONS,
    number_series=CASE_SERIES.code,
    register_action="mediation.register",
    steps=(
        Step(pgettext_lazy("step", "Registered"), ("registered",)),
        Step(pgettext_lazy("step", "Taken on"), ("accepted", "refused", "referred_out")),
        Step(pgettext_lazy("step", "Mediating"), ("mediation_begun",)),
        Step(pgettext_lazy("step", "Result"), ("agreed", *ENDINGS)),
        Step(
            pgettext_lazy("step", "Performed"),
            ("performed",),
            is_optional=lambda case: case.outcome != Ending.AGREED,
        ),
        Step(pgettext_lazy("step", "Closed"), ("closed",)),
        Step(pgettext_lazy("step", "Archived"), ("archived",)),
    ),
    case_sections=(*registration.SECTIONS, *course.SECTIONS, *agreements.SECTIONS, *referred.SECTIONS, *line.SECTIONS),
    document_kinds=DOCUMENT_KINDS,
    facts_of=lambda case: case.mediation_facts,
    own_bodies=("committee", "mediator"),
    extra={
        "order": ORDER,
        "indicators": INDICATORS,
        "kept_for_figures": keep_days,
        "resources": (
            *AGREEMENT_RESOURCES,
            *ORGANISATIONS,
            *SCREENING,
            *ADMINISTRATIVE,
            *TABLE_RESOURCES,
            *SUBSIDY_RESOURCES,
        ),
        "reports": reports,
        "demo": demo.load,
        "demo_share": 0.74,
        "demo_real": load_real,
        "statute": MEDIATION_LAW.name,
        "phrases": PHRASES,
        "outcomes": dict(Ending.choices),
        "void_states": ("VOID",),
        "ledgers": (LEDGER,),
        # People's Mediation Law, art. 8, 34: village, town and other committees; the towns' offices guide them.
        "receiver": Receiver(
            docks=DOCKS,
            open_case=open_case,
            opens=opens,
            guards=docks.GUARDS,
            proposed=proposed,
            roster=roster,
            unit_kinds=(Unit.Kind.COMMITTEE, Unit.Kind.STUDIO, Unit.Kind.TOWN, Unit.Kind.STREET),
        ),
        "sender": Sender(withheld),
        "joined": ("mediation_facts",),
        "representation": REPRESENTATION,
        "register_url": "mediation_register",
        "urls": "mediation.urls",
        "nightly": (tell_visits, freeze_by_night, remind_of_screening, remove_old),
        "marks": (risks.MARK,),
    },
)
