"""The approval sheet (审批表) of a paper: every submission, opinion, return and signature, round after round."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history


class ApprovalIsFinal(RuntimeError):
    """Somebody tried to change or delete what was said of a paper."""


class ApprovalQuerySet(models.QuerySet):
    def update(self, **values: Any) -> int:
        raise ApprovalIsFinal("an opinion is never changed: a later one is added")

    def delete(self):
        raise ApprovalIsFinal("an opinion is never deleted")


class Approval(models.Model):
    """One entry of the sheet. Written once, by the step it records.

    `text` is what was handed in with a submission, and with a return the text the examiner proposes, if any;
    `digest` is that of the text the person judged.
    """

    class Level(models.TextChoices):
        DRAFT = "draft", _("Drafting")
        EXAMINE = "examine", _("Examination")
        SIGN = "sign", _("Signature")

    class Outcome(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        PASSED = "passed", _("Examined and passed")
        SIGNED = "signed", _("Signed")
        RETURNED = "returned", _("Returned for changes")

    document = models.ForeignKey(
        "documents.Document", models.PROTECT, related_name="approvals", verbose_name=_("document")
    )
    round = models.PositiveSmallIntegerField(_("round"))
    level = models.CharField(_("level"), max_length=8, choices=Level.choices)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    name = models.CharField(_("name"), max_length=80)
    on = models.DateField(_("day"))
    opinion = models.TextField(_("opinion"), blank=True)
    digest = models.CharField(_("digest (SHA-256)"), max_length=64)
    text = models.JSONField(null=True, blank=True)
    is_own = models.BooleanField(_("on a draft of their own"), default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    history = history()

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the approval sheet")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "round"], condition=models.Q(outcome="submitted"), name="approval_one_submission"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.name}"

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise ApprovalIsFinal("an opinion is never changed: a later one is added")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ApprovalIsFinal("an opinion is never deleted")
