"""The reconsideration committee (行政复议委员会): its members, and what it was asked about a case and advised."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.audit.history import history
from casemgr.cases.models import Case
from casemgr.organisation.roles import RECONSIDERATION
from casemgr.organisation.scope import scope


class MemberQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> MemberQuerySet:
        """Everybody whose roles see reconsideration cases."""
        if getattr(user, "is_system", False) or RECONSIDERATION in scope(user, today).procedures:
            return self
        return self.none()

    def in_term(self, on: date) -> MemberQuerySet:
        return self.filter(Q(from_on__lte=on), Q(until_on__isnull=True) | Q(until_on__gte=on))


class CommitteeMember(models.Model):
    """One member with the term of office; who is appointed anew is entered anew."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", pgettext_lazy("committee", "Government department")
        EXPERT = "expert", pgettext_lazy("committee", "Expert")
        SCHOLAR = "scholar", pgettext_lazy("committee", "Scholar")

    class Duty(models.TextChoices):
        CHAIR = "chair", pgettext_lazy("committee", "Chair")
        VICE_CHAIR = "vice_chair", pgettext_lazy("committee", "Vice chair")
        MEMBER = "member", pgettext_lazy("committee", "Member")

    name = models.CharField(_("name"), max_length=50)
    kind = models.CharField(pgettext_lazy("committee", "kind of member"), max_length=12, choices=Kind.choices)
    duty = models.CharField(
        pgettext_lazy("committee", "duty"), max_length=12, choices=Duty.choices, default=Duty.MEMBER
    )
    organ = models.CharField(_("department or institution, post"), max_length=120)
    field = models.CharField(_("field of knowledge"), max_length=120, blank=True)
    from_on = models.DateField(_("term from"))
    until_on = models.DateField(_("term until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of the reconsideration committee")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")), name="committee_term"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.organ}）"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("committee_member", args=[self.pk])


class ConsultationQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> ConsultationQuerySet:
        """As the case is seen."""
        from reconsideration.models.facts import ReconsiderationCase

        return self.filter(case__in=ReconsiderationCase.objects.visible_to(user, today).values("pk"))

    def standing(self) -> ConsultationQuerySet:
        return self.filter(struck_on__isnull=True)


class Consultation(models.Model):
    """One question to the committee about one case, its meeting, its opinion, and what became of the opinion."""

    class Trigger(models.TextChoices):
        """Reconsideration Law 2023, art. 52(2), items 1 to 4."""

        GRAVE = "grave", _("The case is grave, difficult or complex, art. 52(2)(1)")
        TECHNICAL = "technical", _("It is highly professional or technical, art. 52(2)(2)")
        PROVINCIAL = "provincial", _("A case under art. 24(2), decided by a provincial government, art. 52(2)(3)")
        OFFICE = "office", _("The reconsideration office holds it necessary, art. 52(2)(4)")

    class Meeting(models.TextChoices):
        """Implementing Regulation 2026, art. 51."""

        PLENARY = "plenary", _("Plenary meeting")
        CONSULTATION = "consultation", _("Case consultation meeting")
        OTHER = "other", _("In another form")

    class Adoption(models.TextChoices):
        ADOPTED = "adopted", pgettext_lazy("committee", "Adopted")
        PARTLY = "partly", pgettext_lazy("committee", "Adopted in part")
        NOT = "not", pgettext_lazy("committee", "Not adopted")

    case = models.ForeignKey(Case, models.PROTECT, related_name="consultations")
    trigger = models.CharField(_("ground of the consultation"), max_length=12, choices=Trigger.choices)
    question = models.TextField(_("question to the committee"))
    referred_on = models.DateField(_("referred on"))
    meeting = models.CharField(_("form of the meeting"), max_length=14, choices=Meeting.choices, blank=True)
    held_on = models.DateField(pgettext_lazy("meeting", "held on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    presided_by = models.CharField(_("presided by"), max_length=50, blank=True)
    recorded_by = models.CharField(_("recorded by"), max_length=50, blank=True)
    opinion = models.TextField(_("opinion of the committee"), blank=True)
    dissent = models.TextField(_("differing opinions of members"), blank=True)
    adoption = models.CharField(_("adoption of the opinion"), max_length=8, choices=Adoption.choices, blank=True)
    explanation = models.TextField(_("explanation of the adoption, or reasons against it"), blank=True)
    explained_on = models.DateField(_("explained on"), null=True, blank=True)
    struck_on = models.DateField(_("struck on"), null=True, blank=True)
    strike_reason = models.CharField(_("why struck"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation of the committee")
        ordering = ["referred_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(held_on__isnull=True, struck_on__isnull=True),
                name="committee_one_open",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_trigger_display())

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("case_detail", args=[self.case_id])

    @property
    def subject(self) -> str:
        """Of its entries in the course of the case."""
        return f"committee:{self.pk}"

    @property
    def is_answered(self) -> bool:
        return self.held_on is not None


class ConsultedMember(models.Model):
    """A member at the meeting, or one who stood aside because of an interest."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="members")
    member = models.ForeignKey(CommitteeMember, models.PROTECT, related_name="+")
    stands_aside = models.BooleanField(_("stands aside"), default=False)
    interest = models.CharField(_("interest declared"), max_length=200, blank=True)
    history = history()

    class Meta:
        verbose_name = _("member at a meeting of the committee")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["consultation", "member"], name="committee_member_once")]

    def __str__(self) -> str:
        return str(self.member)


__all__ = ["CommitteeMember", "Consultation", "ConsultedMember"]
