"""Mediators: who they are, in which committees, for how long, what they learnt and what was held against them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from mediation.models.organisations.reach import reached_units


class MediatorQuerySet(models.QuerySet):
    def visible_to(self, user, today: date) -> MediatorQuerySet:
        """Those engaged, now or formerly, by a committee within the person's reach."""
        units = reached_units(user, today)
        if units is None:
            return self
        return self.filter(pk__in=Engagement.objects.filter(committee__unit_id__in=units).values("mediator_id"))

    def active_on(self, day: date) -> MediatorQuerySet:
        """Engaged somewhere on the day."""
        return self.filter(pk__in=Engagement.objects.in_force(day).values("mediator_id"))


class Mediator(models.Model):
    """A mediator (People's Mediation Law, art. 13, 14).

    Kept of the person is what table M-2 counts and the roster names; no identity number and no private telephone.
    """

    class Sex(models.TextChoices):
        MALE = "M", _("Male")
        FEMALE = "F", _("Female")

    class Education(models.TextChoices):
        PRIMARY = "primary", _("Primary school")
        SECONDARY = "secondary", _("Secondary school")
        COLLEGE = "college", _("Junior college")
        BACHELOR = "bachelor", _("Bachelor's degree")
        MASTER = "master", _("Master's degree or more")

    name = models.CharField(_("name"), max_length=50)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices)
    ethnicity = models.CharField(_("nationality"), max_length=20, default="汉族")
    education = models.CharField(_("education"), max_length=10, choices=Education.choices, blank=True)
    is_party_member = models.BooleanField(_("party member"), null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    specialities = models.CharField(_("specialities"), max_length=120, blank=True)
    salaried_from = models.DateField(_("on public salary since"), null=True, blank=True)
    salaried_until = models.DateField(_("on public salary until"), null=True, blank=True)
    """The last day of the salary. Who is paid from public funds gets no subsidy for a case."""
    is_listed = models.BooleanField(_("named in the published roster"), default=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mediator",
        verbose_name=_("account"),
    )
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = MediatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("mediator")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["name"], name="mediator_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("mediator_detail", args=[self.pk])

    def is_salaried(self, day: date) -> bool:
        """Whether the person is on a public salary on the day."""
        since, until = self.salaried_from, self.salaried_until
        return since is not None and since <= day and (until is None or day <= until)

    def is_active(self, day: date) -> bool:
        return self.engagements.in_force(day).exists()

    def training_hours(self, year: int):
        """Hours of training in the year, as Decimal."""
        return self.trainings.filter(held_on__year=year).aggregate(sum=models.Sum("hours"))["sum"] or 0


class EngagementQuerySet(models.QuerySet):
    def in_force(self, day: date) -> EngagementQuerySet:
        """Begun and not ended. A term that ran out is a finding (`findings.py`), not an end by itself."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), from_on__lte=day)

    def members(self) -> EngagementQuerySet:
        """Members of the committee (委员), without mediators it hired."""
        return self.filter(position__in=MEMBERS)


class Engagement(models.Model):
    """A mediator in a committee: elected as its member, or hired by it (People's Mediation Law, art. 9, 13)."""

    class Position(models.TextChoices):
        CHAIR = "chair", _("Chair of the committee")
        VICE = "vice", _("Vice chair of the committee")
        MEMBER = "member", _("Member of the committee")
        MEDIATOR = "mediator", _("Hired mediator")

    class How(models.TextChoices):
        ELECTED = "elected", _("Elected")
        HIRED = "hired", _("Hired")

    class EndGround(models.TextChoices):
        TERM = "term", _("Term over")
        OWN_REQUEST = "own_request", _("At their own request")
        LEFT = "left", _("Moved away or transferred")
        DIED = "died", _("Died")
        MISCONDUCT = "misconduct", _("Removed or dismissed for misconduct")
        COMMITTEE_ENDED = "committee_ended", _("The committee was ended")

    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="engagements", verbose_name=_("mediator"))
    committee = models.ForeignKey(
        "mediation.Committee", models.PROTECT, related_name="engagements", verbose_name=_("committee")
    )
    position = models.CharField(_("position"), max_length=10, choices=Position.choices)
    how = models.CharField(_("how engaged"), max_length=8, choices=How.choices)
    is_full_time = models.BooleanField(_("full time"), default=False)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("term until"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    """The first day on which the person is no longer engaged."""
    end_ground = models.CharField(_("ground of the end"), max_length=16, choices=EndGround.choices, blank=True)
    history = history()

    objects = EngagementQuerySet.as_manager()

    class Meta:
        verbose_name = _("engagement")
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mediator", "committee"],
                condition=Q(ended_on__isnull=True),
                name="engaged_once_per_committee",
            )
        ]
        indexes = [models.Index(fields=["committee", "from_on"], name="engagement_committee")]

    def __str__(self) -> str:
        return f"{self.mediator} {self.get_position_display()}"


MEMBERS = (Engagement.Position.CHAIR, Engagement.Position.VICE, Engagement.Position.MEMBER)


class Training(models.Model):
    """Training a mediator took part in (People's Mediation Law, art. 14(2))."""

    mediator = models.ForeignKey(Mediator, models.CASCADE, related_name="trainings", verbose_name=_("mediator"))
    held_on = models.DateField(_("held on"))
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1)
    subject = models.CharField(_("subject"), max_length=120)
    organiser = models.CharField(_("organised by"), max_length=80, blank=True)
    history = history()

    class Meta:
        verbose_name = _("training")
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.held_on} {self.subject}"


class Sanction(models.Model):
    """What followed misconduct: by the committee, or when grave by whoever elected or hired (art. 15)."""

    class Kind(models.TextChoices):
        CRITICISM = "criticism", _("Criticised and instructed")
        CORRECTION = "correction", _("Ordered to correct")
        REMOVAL = "removal", _("Removed from office")
        DISMISSAL = "dismissal", _("Dismissed")

    class Ground(models.TextChoices):
        PARTIAL = "partial", _("Favoured one party")
        INSULT = "insult", _("Insulted a party")
        GAIN = "gain", _("Asked for or took money, goods or another undue advantage")
        LEAK = "leak", _("Disclosed private matters or business secrets of a party")

    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="sanctions", verbose_name=_("mediator"))
    committee = models.ForeignKey("mediation.Committee", models.PROTECT, related_name="+", verbose_name=_("committee"))
    kind = models.CharField(_("measure"), max_length=10, choices=Kind.choices)
    ground = models.CharField(_("ground"), max_length=8, choices=Ground.choices)
    decided_on = models.DateField(_("decided on"))
    decided_by = models.CharField(_("decided by"), max_length=80)
    note = models.CharField(_("remark"), max_length=300, blank=True)
    history = history()

    class Meta:
        verbose_name = _("measure against a mediator")
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.mediator} {self.get_kind_display()}"

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("measures against mediators are never deleted")


ENDING = (Sanction.Kind.REMOVAL, Sanction.Kind.DISMISSAL)
"""Measures that end the engagement."""
