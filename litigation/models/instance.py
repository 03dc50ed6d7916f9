"""One instance per court number, and what each agency is in it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models import Case, Participation
from litigation.terms import AgencyRole, Deed, Level, Outcome, Remark, Seen, Track


class Instance(models.Model):
    """A suit's course before one court under one number: first, second, retrial, remanded, review, execution."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="instances")
    order = models.PositiveSmallIntegerField(_("order"))
    level = models.CharField(_("instance"), max_length=16, choices=Level.choices)
    court = models.CharField(_("court"), max_length=80)
    court_number = models.CharField(_("court's number"), max_length=80, blank=True)
    """As the court writes it."""
    court_key = models.CharField(max_length=80, blank=True, editable=False)
    """The number in one spelling (`court_numbers.key_of`): a number is an instance of one file only."""
    track = models.CharField(_("court's procedure"), max_length=12, choices=Track.choices, blank=True)
    earlier = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="later")
    """The instance whose paper it examines, or that is done again."""
    is_remanded = models.BooleanField(_("after a remand"), default=False)
    judge = models.CharField(_("judge"), max_length=60, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    heard_on = models.DateField(_("first session held on"), null=True, blank=True)
    seen = models.CharField(_("appearance in the case"), max_length=12, choices=Seen.choices, blank=True)
    """Of all agencies together; follows from theirs (`appearing.follow_sessions`)."""
    history = history()

    class Meta:
        verbose_name = _("instance")
        ordering = ["case_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["case", "order"], name="instance_once"),
            models.UniqueConstraint(fields=["court_key"], condition=~models.Q(court_key=""), name="court_number_once"),
        ]

    def __str__(self) -> str:
        return self.court_number or f"{self.court} {self.get_level_display()}"

    @property
    def subject(self) -> str:
        """Under which its entries stand in the case's course."""
        return f"instance:{self.order}"


class Standing(models.Model):
    """What an agency is in one instance, and from which of its deeds that follows."""

    in_instance = models.ForeignKey(Instance, models.CASCADE, related_name="standings")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="standings")
    role = models.CharField(_("part before the court"), max_length=14, choices=AgencyRole.choices)
    deed = models.CharField(_("what it did"), max_length=14, choices=Deed.choices, default=Deed.ACTED)
    reason = models.CharField(_("why, where the law leaves it open"), max_length=200, blank=True)
    head_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    """The co-defendant whose head comes for both, as agreed or as the court decided (Appearance Provisions, art. 3)."""
    head_agreement = models.CharField(_("paper in which the defendants agreed"), max_length=200, blank=True)
    heard_on = models.DateField(_("first session held on"), null=True, blank=True)
    seen = models.CharField(_("appearance"), max_length=12, choices=Seen.choices, blank=True)
    """Both follow from the sessions (`appearing.follow_sessions`); empty: nothing to count."""
    remarks = models.JSONField(_("remarks on the appearance"), default=list, blank=True)
    """Codes of `terms.Remark`."""
    history = history()

    class Meta:
        verbose_name = _("agency in an instance")
        ordering = ["in_instance_id", "id"]
        constraints = [models.UniqueConstraint(fields=["in_instance", "participation"], name="standing_once")]
        indexes = [models.Index(fields=["heard_on"], name="standing_heard")]

    def __str__(self) -> str:
        return self.participation.name

    @property
    def words(self) -> list[str]:
        """What stands out in the appearance."""
        labels = dict(Remark.choices)
        return [str(labels[code]) for code in self.remarks if code in labels]


__all__ = ["Instance", "Standing"]
