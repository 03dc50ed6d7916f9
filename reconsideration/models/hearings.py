"""Hearings: plan, panel, who came, and the record step by step (Reconsideration Law 2023, art. 50, 51)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, FSMModelMixin

from casemgr.audit.history import history
from casemgr.cases.models import Case, Participation
from casemgr.rooms.models import Booking
from reconsideration.hearings.states import HearingStates
from reconsideration.hearings.terms import OPEN_STATES, HearingGround, HearingState, Seat


class HearingQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> HearingQuerySet:
        """Of the cases the person sees, and those on whose panel they sit."""
        cases = Case.objects.visible_to(user, today).order_by().values("pk")
        return self.filter(case__in=cases)

    def open(self) -> HearingQuerySet:
        return self.filter(state__in=OPEN_STATES)


class Hearing(HearingStates, FSMModelMixin, models.Model):
    """One day on which a case is heard. Its time, room and panel are taken by its booking."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="hearings")
    number = models.PositiveSmallIntegerField(_("hearing no."))
    plan = models.PositiveSmallIntegerField(default=1)
    """Which plan stands: each change of time, place or panel makes a new one, with a notice of its own."""
    state = FSMField(
        _("state"), max_length=10, choices=HearingState.choices, default=HearingState.PLANNED, protected=True
    )
    ground = models.CharField(_("why it is held"), max_length=10, choices=HearingGround.choices)
    matters = models.TextField(_("matters to be heard"), blank=True)
    booking = models.OneToOneField(Booking, models.PROTECT, related_name="hearing")
    is_remote = models.BooleanField(_("held remotely"), default=False)
    remote_note = models.CharField(_("how to take part remotely"), max_length=200, blank=True)
    change_reason = models.CharField(_("why it was changed"), max_length=300, blank=True)
    changed_from = models.CharField(_("time and place before the change"), max_length=120, blank=True)
    # the public
    is_open = models.BooleanField(_("open to the public"), default=False)
    announced_on = models.DateField(_("announced on"), null=True, blank=True)
    announcement = models.CharField(_("subject, as the public reads it"), max_length=120, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats for the public"), default=0)
    seats_taken = models.PositiveSmallIntegerField(_("seats given out"), default=0)
    # as it went
    continues = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    """The adjourned hearing that goes on with this one."""
    record = models.JSONField(_("record"), default=dict, blank=True)
    """Text by step (`reconsideration.hearings.script`); of the step of evidence a list of items."""
    closed_on = models.DateField(_("held, adjourned or cancelled on"), null=True, blank=True)
    close_reason = models.CharField(_("why it was adjourned or cancelled"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = HearingQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("hearing", "hearing")
        ordering = ["case_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="hearing_once"),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state__in=["planned", "notified"]), name="hearing_open_once"
            ),
            models.CheckConstraint(name="hearing_seats", condition=models.Q(seats_taken__lte=models.F("seats"))),
        ]

    def __str__(self) -> str:
        return f"{self.case.number} {self.booking}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("hearing_detail", args=[self.pk])

    @property
    def subject(self) -> str:
        """Under which its own entries stand in the case's course."""
        return f"hearing:{self.number}"

    @property
    def plan_subject(self) -> str:
        """Under which the entries of the standing plan stand: a notice of an earlier one does not meet its period."""
        return f"{self.subject}/plan:{self.plan}"

    @property
    def on(self) -> date:
        return self.booking.on

    @property
    def is_running(self) -> bool:
        return self.state in OPEN_STATES


class PanelMember(models.Model):
    """Who sits at the hearing, with the declared interest."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="panel")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    seat = models.CharField(pgettext_lazy("hearing", "seat"), max_length=10, choices=Seat.choices)
    declared_on = models.DateField(_("declared on"), null=True, blank=True)
    interest = models.CharField(_("interest declared"), max_length=300, blank=True)
    """Empty once declared: none."""
    may_stay = models.BooleanField(_("may sit in spite of it"), null=True, blank=True)
    """What the head of the office decided on the declared interest."""
    signed_on = models.DateField(_("signed the record on"), null=True, blank=True)
    history = history()

    class Meta:
        verbose_name = _("panel member")
        ordering = ["hearing_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["hearing", "user"], name="panel_member_once")]

    def __str__(self) -> str:
        return f"{self.get_seat_display()} {self.user}"

    @property
    def is_doubtful(self) -> bool:
        """An interest is declared and the head has not let the person stay."""
        return bool(self.interest) and not self.may_stay


class HearingParty(models.Model):
    """One party and one hearing: told when, who comes, who came, signed or not."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="parties")
    participation = models.ForeignKey(Participation, models.CASCADE, related_name="+")
    notified_on = models.DateField(_("notice served on"), null=True, blank=True)
    waived_on = models.DateField(_("waived the notice period in writing on"), null=True, blank=True)
    # art. 51(3): the respondent's head, or why not and who instead
    head_name = models.CharField(_("head"), max_length=50, blank=True)
    head_post = models.CharField(_("post"), max_length=60, blank=True)
    head_absence = models.CharField(_("why the head does not come"), max_length=300, blank=True)
    delegate = models.CharField(_("who comes for the head, with post"), max_length=120, blank=True)
    # as it was
    came = models.BooleanField(_("came"), null=True, blank=True)
    came_by = models.CharField(_("who was there"), max_length=200, blank=True)
    absence = models.CharField(_("why absent"), max_length=300, blank=True)
    is_excused = models.BooleanField(_("with good reason"), default=False)
    signed_on = models.DateField(_("signed the record on"), null=True, blank=True)
    refused_to_sign = models.CharField(_("why not signed"), max_length=300, blank=True)
    history = history()

    class Meta:
        verbose_name = _("party at a hearing")
        ordering = ["hearing_id", "participation_id"]
        constraints = [models.UniqueConstraint(fields=["hearing", "participation"], name="hearing_party_once")]

    def __str__(self) -> str:
        return f"{self.hearing} {self.participation}"

    @property
    def is_respondent(self) -> bool:
        return self.participation.role == Participation.Role.RESPONDENT

    @property
    def is_applicant(self) -> bool:
        return self.participation.role == Participation.Role.APPLICANT

    @property
    def is_head_missing(self) -> bool:
        """Of the respondent: neither a head is named, nor explained who comes instead."""
        return self.is_respondent and not (self.head_name or (self.head_absence and self.delegate))

    @property
    def gave_up(self) -> bool:
        """An applicant who stayed away without reason gave the hearing up (art. 51(2))."""
        return self.is_applicant and self.came is False and not self.is_excused
