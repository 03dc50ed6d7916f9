"""A party's part in a case."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models.register import Case
from casemgr.parties.models import Party


class Group(models.Model):
    """Participants of one side who elected representatives, as their election paper says."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="groups", verbose_name=_("case"))
    side = models.CharField(_("side"), max_length=16)
    elected_on = models.DateField(_("elected on"))
    paper = models.CharField(_("election paper"), max_length=200)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)
    history = history()

    class Meta:
        verbose_name = _("group with representatives")
        ordering = ["case_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "side"], condition=models.Q(ended_on__isnull=True), name="one_group_per_side"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.side} {self.elected_on}"


class Participation(models.Model):
    """A party's part in a case, with the snapshot of the party as it was then."""

    class Role(models.TextChoices):
        APPLICANT = "applicant", _("Applicant")
        RESPONDENT = "respondent", _("Respondent")
        THIRD_PARTY = "third_party", _("Third party")
        REPRESENTATIVE = "representative", _("Representative")
        AGENT = "agent", _("Agent")
        STATUTORY_AGENT = "statutory_agent", _("Statutory agent")

    case = models.ForeignKey(Case, models.CASCADE, related_name="participations", verbose_name=_("case"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="participations", verbose_name=_("party"))
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    order = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(_("name as it was"), max_length=100)
    represents = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="represented_by")
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="participations", verbose_name=_("group")
    )
    """Of a member, and of the representative whom the members elected."""
    snapshot = models.BinaryField(null=True, editable=False)
    consents_to_electronic_service = models.BooleanField(_("agrees to electronic service"), default=False)
    electronic_address = models.CharField(_("electronic service system or address"), max_length=120, blank=True)
    left_on = models.DateField(_("left the case on"), null=True, blank=True)
    history = history()

    class Meta:
        verbose_name = _("participation")
        ordering = ["case_id", "role", "order"]
        constraints = [models.UniqueConstraint(fields=["case", "party", "role"], name="one_part_per_role")]

    def __str__(self) -> str:
        return self.name

    def get_role_display(self) -> str:
        """The part's name in its procedure's own words (`Procedure.extra["role_words"]`): 原告 instead of 申请人.

        Words may hang on the case, so they are a mapping or a function of the case that gives one.
        """
        words = self.case.definition.extra.get("role_words")
        if callable(words):
            words = words(self.case)
        return str((words or {}).get(self.role) or self.Role(self.role).label)

    @property
    def with_role(self) -> str:
        """王宝音（原告）: how a choice or a sentence names somebody who takes part."""
        return f"{self.name}（{self.get_role_display()}）"
