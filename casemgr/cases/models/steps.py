"""What was done to a case, action by action: enough to take one back and to know what then remains."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models.register import Case


class CaseStep(models.Model):
    """One performed action. `changes`: column → [before, after], of the case ("case.…") and its facts ("facts.…").

    A column that the action stated stands there even when its value was the same before.
    Written once; later only the four columns of its annulment change.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="steps_taken")
    sequence = models.PositiveIntegerField()
    action = models.CharField(_("action"), max_length=80)
    on = models.DateField(_("performed on"))
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    from_state = models.CharField(max_length=24)
    to_state = models.CharField(max_length=24, blank=True)
    changes = models.JSONField(default=dict)
    annulled_at = models.DateTimeField(null=True, blank=True)
    annulled_by_id = models.BigIntegerField(null=True, blank=True)
    annulled_by_name = models.CharField(max_length=80, blank=True)
    annul_reason = models.TextField(_("reason of the annulment"), blank=True)
    history = history()

    class Meta:
        verbose_name = _("step taken")
        ordering = ["case_id", "sequence"]
        constraints = [models.UniqueConstraint(fields=["case", "sequence"], name="step_sequence")]

    def __str__(self) -> str:
        return f"{self.action} {self.on}"

    def delete(self, *args, **kwargs):
        raise ValueError("steps are never deleted: one taken wrongly is annulled with a reason")

    @property
    def is_standing(self) -> bool:
        return self.annulled_at is None

    @property
    def moved(self) -> bool:
        return self.from_state != self.to_state
