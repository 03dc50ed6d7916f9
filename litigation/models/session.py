"""Court sessions, and who came for each agency."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from litigation.models.instance import Instance, Standing
from litigation.terms import AbsenceGround, HeadCategory, SessionKind


class CourtSession(models.Model):
    """One day the court called the parties for. Planned until it is held or called off."""

    in_instance = models.ForeignKey(Instance, models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField(_("session"))
    kind = models.CharField(_("kind"), max_length=10, choices=SessionKind.choices, default=SessionKind.SESSION)
    planned_at = models.DateTimeField(_("planned for"))
    place = models.CharField(_("court room"), max_length=120, blank=True)
    is_online = models.BooleanField(_("online"), default=False)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    is_month_only = models.BooleanField(_("only the month is known"), default=False)
    """Of a ledger of the past: the days above are the first of that month."""
    called_off_on = models.DateField(_("called off on"), null=True, blank=True)
    why_off = models.CharField(_("why it was called off"), max_length=200, blank=True)
    is_postponed_for_head = models.BooleanField(_("postponed because the head could not come"), default=False)
    report = models.TextField(_("how it went"), blank=True)
    held_with = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    """Where the court hears several suits together, the session that was entered first, which names itself."""
    history = history()

    class Meta:
        verbose_name = _("court session")
        ordering = ["in_instance_id", "number"]
        constraints = [models.UniqueConstraint(fields=["in_instance", "number"], name="court_session_once")]
        indexes = [
            models.Index(
                fields=["planned_at"],
                condition=models.Q(held_on__isnull=True, called_off_on__isnull=True),
                name="court_session_coming",
            ),
            models.Index(fields=["held_on"], name="court_session_held"),
        ]

    def __str__(self) -> str:
        return f"{self.in_instance} {self.number}"

    @property
    def subject(self) -> str:
        """Under which its entries stand in the case's course."""
        return f"{self.in_instance.subject}/session:{self.number}"

    @property
    def day(self) -> str:
        """2026-06-10, or the month of which no more is known; empty before it was held."""
        if self.held_on is None:
            return ""
        return f"{self.held_on:%Y-%m}" if self.is_month_only else self.held_on.isoformat()

    @property
    def is_open(self) -> bool:
        return self.held_on is None and self.called_off_on is None


class Appearance(models.Model):
    """How one agency appeared, or is to appear, in one session."""

    session = models.ForeignKey(CourtSession, models.CASCADE, related_name="appearances")
    standing = models.ForeignKey(Standing, models.CASCADE, related_name="appearances")
    # before
    court_calls_head = models.BooleanField(_("the court calls the head"), default=False)
    head_name = models.CharField(_("head"), max_length=50, blank=True)
    head_post = models.CharField(_("post"), max_length=60, blank=True)
    head_category = models.CharField(_("category"), max_length=16, choices=HeadCategory.choices, blank=True)
    # Appearance Provisions 2020, art. 6: a certificate with name, post and the agency's seal, before the session
    certificate_on = models.DateField(_("identity certificate handed in on"), null=True, blank=True)
    is_certificate_refused = models.BooleanField(_("the court does not accept the certificate"), default=False)
    # art. 8, 9: why the head stays away, proved and sealed or signed by the principal head
    absence_ground = models.CharField(
        _("why the head stays away"), max_length=14, choices=AbsenceGround.choices, blank=True
    )
    absence_note = models.CharField(_("what prevents it"), max_length=300, blank=True)
    has_absence_papers = models.BooleanField(_("evidence with seal or signature handed in"), default=False)
    is_absence_accepted = models.BooleanField(_("the court accepts the reason"), null=True, blank=True)
    # as it was
    head_came = models.BooleanField(_("the head came"), null=True, blank=True)
    left_early = models.BooleanField(_("left without leave"), default=False)
    spoke = models.BooleanField(_("spoke on how to settle the dispute"), default=False)
    refused_to_explain = models.BooleanField(_("refused to explain"), default=False)
    staff = models.CharField(_("staff members who came"), max_length=200, blank=True)
    lawyers = models.CharField(_("lawyers"), max_length=200, blank=True)
    is_recorded = models.BooleanField(_("as a ledger tells it"), default=False)
    """Then only who came, or why not, is known: what stands nowhere else is not held against anybody."""
    history = history()

    class Meta:
        verbose_name = _("appearance")
        ordering = ["session_id", "standing_id"]
        constraints = [models.UniqueConstraint(fields=["session", "standing"], name="appearance_once")]

    def __str__(self) -> str:
        return f"{self.session} {self.standing}"


__all__ = ["Appearance", "CourtSession"]
