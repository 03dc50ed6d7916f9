"""What only a reconsideration case has: one row of facts beside the register's row, and its proxy."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases import events
from casemgr.cases.matters import Matter
from casemgr.cases.models import Case, Participation
from casemgr.cases.queries import CaseQuerySet
from reconsideration.states import ReconsiderationStates
from reconsideration.terms import (
    ApplicationMethod,
    KnowledgeGround,
    RefusalGround,
    SimplifiedGround,
    Track,
)

PROCEDURE = "reconsideration"


class ReconsiderationManager(models.Manager.from_queryset(CaseQuerySet)):
    """Only this procedure's rows: an unfiltered proxy would run its transitions on another procedure's case."""

    def get_queryset(self) -> CaseQuerySet:
        return super().get_queryset().filter(procedure=PROCEDURE)


class ReconsiderationCase(ReconsiderationStates, Case):
    """The proxy that carries the transitions."""

    objects = ReconsiderationManager()
    facts_name = "reconsideration_facts"

    class Meta:
        proxy = True
        verbose_name = _("reconsideration case")

    @property
    def facts(self) -> ReconsiderationFacts:
        return self.reconsideration_facts

    def trial_state(self) -> str:
        """Where the trial stands by what has happened: copy not sent, reply awaited, under review."""
        found = events.facts_of(self)
        kinds = {fact.kind for fact in found}
        answered = {fact.party_id for fact in found if fact.kind in ("reply_received", "reply_missing")}
        respondents = self.participations.filter(role=Participation.Role.RESPONDENT, left_on__isnull=True)
        if "copy_sent" not in kinds:
            return "ACCEPTED"
        return "IN_REVIEW" if {part.party_id for part in respondents} <= answered else "AWAIT_REPLY"


@dataclass(frozen=True)
class AcceptanceTest:
    """One of the seven conditions of acceptance."""

    item: int
    text: object


# Reconsideration Law 2023, art. 30(1)
ACCEPTANCE_TESTS: tuple[AcceptanceTest, ...] = (
    AcceptanceTest(1, _("There is a definite applicant and a proper respondent")),
    AcceptanceTest(2, _("The applicant has an interest in the act")),
    AcceptanceTest(3, _("There is a concrete request with reasons")),
    AcceptanceTest(4, _("The application was made in time")),
    AcceptanceTest(5, _("The matter is within the scope of reconsideration")),
    AcceptanceTest(6, _("This authority has jurisdiction")),
    AcceptanceTest(
        7, _("No reconsideration authority or court has already accepted the same applicant's case on the same act")
    ),
)


class ReconsiderationFacts(models.Model):
    """Facts that are not dates of events: those are in the register."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="reconsideration_facts")
    application_method = models.CharField(_("how it was filed"), max_length=12, choices=ApplicationMethod.choices)
    sent_on = models.DateField(_("sent on (postmark or platform time)"), null=True, blank=True)
    requests = models.TextField(_("requests"), blank=True)
    reasons = models.TextField(_("facts and reasons"), blank=True)
    oral_record = models.TextField(_("record of the oral application"), blank=True)
    matter = models.CharField(_("matter"), max_length=20, choices=Matter.choices, blank=True)
    area = models.ForeignKey(
        "reconsideration.ManagementAreaRow",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("field of administration"),
    )
    is_mandatory_first = models.BooleanField(_("reconsideration must come before a suit"), default=False)
    act_basis = models.TextField(_("what the act names as its basis"), blank=True)
    amount_yuan = models.DecimalField(_("amount in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    # the application period, arts. 20 and 21
    known_on = models.DateField(_("the applicant knew or should have known of the act on"), null=True, blank=True)
    known_ground = models.CharField(
        _("how that day is fixed"), max_length=16, choices=KnowledgeGround.choices, blank=True
    )
    content_known_on = models.DateField(_("knew the content on"), null=True, blank=True)
    duty_requested_on = models.DateField(
        _("the agency received the request to perform its duty on"), null=True, blank=True
    )
    was_told_remedies = models.BooleanField(_("was told right, authority and period"), null=True, blank=True)
    concerns_real_estate = models.BooleanField(_("the act concerns real estate"), default=False)
    special_period_days = models.PositiveSmallIntegerField(
        _("longer period set by a law, in days"), null=True, blank=True
    )
    obstacle_days = models.PositiveSmallIntegerField(_("days of obstacle or excluded time"), default=0)
    obstacle_reason = models.CharField(_("why those days do not count"), max_length=200, blank=True)
    # examination and track
    acceptance_tests = models.JSONField(_("acceptance tests"), default=dict, blank=True)
    track = models.CharField(_("procedure"), max_length=12, choices=Track.choices, blank=True)
    simplified_ground = models.CharField(max_length=16, choices=SimplifiedGround.choices, blank=True)
    correction_items = models.JSONField(_("items to correct"), default=list, blank=True)
    correction_term_days = models.PositiveSmallIntegerField(
        _("longer correction term in working days"), null=True, blank=True
    )
    refusal_ground = models.CharField(max_length=24, choices=RefusalGround.choices, blank=True)
    competent_organ = models.CharField(_("competent authority"), max_length=80, blank=True)
    decision_term_days = models.PositiveSmallIntegerField(
        _("shorter decision period set by a law, in days"), null=True, blank=True
    )
    # hearing, art. 50
    hearing_grounds = models.JSONField(_("why a hearing must be held"), default=list, blank=True)
    hearing_requested_on = models.DateField(_("a hearing was asked for on"), null=True, blank=True)
    hearing_answer = models.CharField(_("answer to the request for a hearing"), max_length=500, blank=True)
    # trial and decision
    reply_is_missing = models.BooleanField(_("no reply in time, art. 70"), default=False)
    opinion_excuse = models.TextField(_("why an opinion could not be heard"), blank=True)
    redo_is_ordered = models.BooleanField(_("a new act is ordered"), default=False)
    redo_term_days = models.PositiveSmallIntegerField(_("term for the new act, in days"), null=True, blank=True)
    performance_duty = models.TextField(_("what must be performed"), blank=True)
    performance_due_on = models.DateField(_("performance due on"), null=True, blank=True)
    source_note = models.TextField(_("note on the source"), blank=True)
    history = history()

    class Meta:
        verbose_name = _("facts of a reconsideration case")

    @property
    def procedure(self) -> str:
        """The track the statutory rules ask for: ordinary unless simplified."""
        return self.track or Track.ORDINARY

    def test_result(self, item: int) -> bool | None:
        return self.acceptance_tests.get(str(item), {}).get("met")

    @property
    def all_tests_pass(self) -> bool:
        return all(self.test_result(test.item) is True for test in ACCEPTANCE_TESTS)

    @property
    def failed_tests(self) -> list[AcceptanceTest]:
        return [test for test in ACCEPTANCE_TESTS if self.test_result(test.item) is False]
