"""Rules of alerts, and what they raised for whom."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.audit.history import history
from casemgr.organisation.roles import ROLES

SETTING = ("head", "admin")
"""Who says when an alert is raised."""


class Condition(models.TextChoices):
    ABOVE = "above", pgettext_lazy("alert", "is more than")
    BELOW = "below", pgettext_lazy("alert", "is less than")

    def holds(self, value: Decimal | int, threshold: Decimal) -> bool:
        return value > threshold if self == Condition.ABOVE else value < threshold


class AlertRuleQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> AlertRuleQuerySet:
        return self if user.role_codes(today).intersection(SETTING) else self.none()


class AlertRule(models.Model):
    """When somebody is to be told of a number. `watched`: the code of a measure, or `figure:` and an indicator's."""

    watched = models.CharField(_("what is watched"), max_length=60)
    condition = models.CharField(_("alert when it"), max_length=5, choices=Condition.choices)
    threshold = models.DecimalField(_("threshold"), max_digits=9, decimal_places=2)
    roles = models.JSONField(_("whom to tell"), default=list)
    """Codes of roles: each of their holders is told of the number of their own reach."""
    every_days = models.PositiveSmallIntegerField(
        _("tell again after so many days"),
        default=7,
        validators=[MinValueValidator(0), MaxValueValidator(366)],
        help_text=_("As long as it lasts and nobody has taken note. 0: never again."),
    )
    is_active = models.BooleanField(_("in force"), default=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = AlertRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of alerts")
        ordering = ["id"]

    def __str__(self) -> str:
        from casemgr.boards.alerts.watching import measure_of

        return str(measure_of(self.watched).name)

    def get_absolute_url(self) -> str:
        return reverse("alert_rule_list")

    @property
    def threshold_words(self) -> str:
        return f"{self.threshold.normalize():f}"

    @property
    def role_words(self) -> list[str]:
        return [str(ROLES[code].label) for code in self.roles if code in ROLES]

    def holds(self, value: Decimal | int | None) -> bool:
        return value is not None and Condition(self.condition).holds(value, self.threshold)


class AlertQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> AlertQuerySet:
        return self.filter(user_id=user.pk)

    def lasting(self) -> AlertQuerySet:
        return self.filter(cleared_on__isnull=True)


class Alert(models.Model):
    """What a rule raised for one person; it lasts until the number is back within its threshold."""

    rule = models.ForeignKey(AlertRule, models.CASCADE, related_name="alerts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="alerts")
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2)
    raised_on = models.DateField(_("raised on"))
    told_on = models.DateField(_("told on"))
    cleared_on = models.DateField(_("over since"), null=True, blank=True)
    noted_on = models.DateField(_("taken note of on"), null=True, blank=True)
    note = models.CharField(_("what is done about it"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "user"], condition=models.Q(cleared_on__isnull=True), name="alert_lasts_once"
            )
        ]
        indexes = [models.Index(fields=["user", "-id"], name="alert_of_person")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.value_words}"

    def get_absolute_url(self) -> str:
        return f"{reverse('alert_list')}#alert-{self.pk}"

    @property
    def value_words(self) -> str:
        return f"{self.value.normalize():f}"


__all__ = ["SETTING", "Alert", "AlertRule", "Condition"]
