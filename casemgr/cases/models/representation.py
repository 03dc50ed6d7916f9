"""Who speaks for whom in a case: agents with their powers, representatives of many, and what those many agreed to."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models.participation import Group, Participation


class Matter(models.TextChoices):
    """What nobody does for another without being told so by that other."""

    CHANGE_REQUESTS = "change_requests", _("Change or give up requests")
    WITHDRAW = "withdraw", _("Withdraw the application")
    ADMIT = "admit", _("Admit the requests of the other side or of a third party")
    SETTLE = "settle", _("Settle, or sign a mediation paper")


class Mandate(models.Model):
    """An agent's power to act for one participant: by entrustment, legal aid, designation, or by statute."""

    class Basis(models.TextChoices):
        ENTRUSTED = "entrusted", _("Entrusted by the party")
        LEGAL_AID = "legal_aid", _("Legal aid")
        DESIGNATED = "designated", _("Designated by the agency")
        STATUTORY = "statutory", _("Statutory agent (guardian)")

    class Profession(models.TextChoices):
        LAWYER = "lawyer", _("Lawyer")
        LEGAL_SERVICE = "legal_service", _("Legal-services worker")
        RELATIVE = "relative", _("Close relative")
        STAFF = "staff", _("Staff of the party")
        GUARDIAN = "guardian", _("Guardian")
        OTHER = "other", _("Other person")

    class Power(models.TextChoices):
        GENERAL = "general", _("General authority")
        SPECIAL = "special", _("Special authority for what is listed")

    agent = models.ForeignKey(Participation, models.CASCADE, related_name="mandates", verbose_name=_("agent"))
    principal = models.ForeignKey(Participation, models.CASCADE, related_name="agents", verbose_name=_("acts for"))
    basis = models.CharField(_("basis"), max_length=12, choices=Basis.choices)
    profession = models.CharField(_("who the agent is"), max_length=16, choices=Profession.choices)
    power = models.CharField(_("authority"), max_length=8, choices=Power.choices)
    matters = models.JSONField(_("what the special authority covers"), default=list, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    paper = models.CharField(_("paper"), max_length=200)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)
    history = history()

    class Meta:
        verbose_name = _("power of an agent")
        ordering = ["from_on", "id"]

    def __str__(self) -> str:
        return f"{self.agent} → {self.principal}"

    @property
    def is_statutory(self) -> bool:
        return self.basis == self.Basis.STATUTORY

    @property
    def last_on(self) -> date | None:
        """The last day of the power; None: to the end of the case."""
        return min((day for day in (self.until_on, self.ended_on) if day), default=None)

    @property
    def matter_labels(self) -> list[str]:
        return [str(Matter(code).label) for code in self.matters]

    def stands_on(self, day: date) -> bool:
        return self.from_on <= day and (self.last_on is None or day <= self.last_on)

    def covers(self, matter: str) -> bool:
        """A statutory agent acts like the person; an entrusted one only as the paper says."""
        return self.is_statutory or (self.power == self.Power.SPECIAL and matter in self.matters)


class Consent(models.Model):
    """One member agrees that the representatives do one thing; revoked, not deleted."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="consents", verbose_name=_("group"))
    member = models.ForeignKey(Participation, models.CASCADE, related_name="consents", verbose_name=_("member"))
    matter = models.CharField(_("what is agreed to"), max_length=16, choices=Matter.choices)
    given_on = models.DateField(_("given on"))
    paper = models.CharField(_("paper"), max_length=200)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    history = history()

    class Meta:
        verbose_name = _("consent of a member")
        ordering = ["group_id", "matter", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "group", "matter"], condition=Q(revoked_on__isnull=True), name="consent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.get_matter_display()}"
