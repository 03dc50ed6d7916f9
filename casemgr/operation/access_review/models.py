"""The yearly review of who holds which role at a unit, and what was opened to it besides; kept as it was signed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.organisation.models import RoleAssignment, Unit

FINDINGS = {
    "closed": _("The account is closed"),
    "no_login": _("Never logged in"),
    "stale": _("No log-in for 90 days"),
    "unused": _("The role was never used"),
    "open_end": _("Open without a last day"),
}


class AccessReview(models.Model):
    """One review of one unit. Once signed it never changes; `next_on` is when the next one begins."""

    class Status(models.TextChoices):
        OPEN = "open", _("Not signed yet")
        SIGNED = "signed", _("Signed")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="access_reviews", verbose_name=_("unit"))
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.OPEN)
    opened_on = models.DateField(_("begun on"))
    due_on = models.DateField(_("to be signed by"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed off by"),
    )
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    statement = models.TextField(_("remark"), blank=True)
    digest = models.CharField(_("digest (SHA-256)"), max_length=64, blank=True)
    next_on = models.DateField(_("next review on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    class Meta:
        verbose_name = _("access review")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["unit"], condition=Q(status="open"), name="review_open_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.opened_on}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("access_review", args=[self.pk])

    def delete(self, *args, **kwargs):
        raise ValueError("access reviews are never deleted")


class AccessReviewLine(models.Model):
    """One role of one person, or one case opened besides the roles, by value: as it was when the review began."""

    class Kind(models.TextChoices):
        ROLE = "role", _("Role")
        CASE = "case", _("Access to a case")

    class Verdict(models.TextChoices):
        PENDING = "", _("Not decided yet")
        KEEP = "keep", _("Confirmed")
        REVOKE = "revoke", _("Revoked")
        GONE = "gone", _("Ended meanwhile")

    review = models.ForeignKey(AccessReview, models.CASCADE, related_name="lines")
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    assignment = models.ForeignKey(RoleAssignment, models.SET_NULL, null=True, blank=True, related_name="+")
    grant = models.ForeignKey("cases.CaseAccess", models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("person or unit"), max_length=80)
    what = models.CharField(_("role or case"), max_length=120)
    since_on = models.DateField(_("since"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)
    last_login_on = models.DateField(_("last log-in"), null=True, blank=True)
    last_used_on = models.DateField(_("last used"), null=True, blank=True)
    findings = models.JSONField(_("findings"), default=list, blank=True)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    history = history()

    class Meta:
        verbose_name = _("line of an access review")
        ordering = ["kind", "name", "pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.what}"

    @property
    def finding_labels(self) -> list[str]:
        return [str(FINDINGS.get(code, code)) for code in self.findings]
