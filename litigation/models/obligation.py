"""What an effective paper asks of a party, and what was done of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models import Participation
from litigation.models.ruling import Ruling
from litigation.terms import ObligationKind, TermUnit


class Obligation(models.Model):
    """One duty under one paper, or one instalment of it."""

    ruling = models.ForeignKey(Ruling, models.CASCADE, related_name="obligations")
    order = models.PositiveSmallIntegerField(_("order"))
    debt = models.PositiveSmallIntegerField(_("debt"), default=1)
    """Instalments of one debt share it: of a civil paper they have one period for enforcement (民事诉讼法250(2))."""
    instalment = models.PositiveSmallIntegerField(_("instalment"), default=1)
    debtor = models.ForeignKey(Participation, models.PROTECT, related_name="litigation_debts")
    creditor = models.ForeignKey(Participation, models.PROTECT, null=True, blank=True, related_name="litigation_claims")
    is_joint = models.BooleanField(_("owed jointly with others"), default=False)
    kind = models.CharField(_("kind"), max_length=10, choices=ObligationKind.choices)
    text = models.CharField(_("what is to be done"), max_length=500)
    amount_yuan = models.DecimalField(_("amount in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    due_on = models.DateField(_("last day of the term"), null=True, blank=True)
    """As the paper names it, or computed from the effective day and the term; then it moves with the effect."""
    term_length = models.PositiveSmallIntegerField(_("length of the term after effect"), null=True, blank=True)
    term_unit = models.CharField(_("unit of the term"), max_length=12, choices=TermUnit.choices, blank=True)
    done_on = models.DateField(_("performed on"), null=True, blank=True)
    waived_on = models.DateField(_("waived on"), null=True, blank=True)
    enforceable_from = models.DateField(_("two years for enforcement counted from"), null=True, blank=True)
    """None while the term runs, and of what no court enforces."""
    history = history()

    class Meta:
        verbose_name = _("obligation")
        ordering = ["ruling_id", "order"]
        constraints = [models.UniqueConstraint(fields=["ruling", "order"], name="litigation_obligation_once")]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=models.Q(done_on__isnull=True, waived_on__isnull=True),
                name="litigation_obligation_owed",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def subject(self) -> str:
        """Under which its entries stand in the case's course."""
        return f"{self.ruling.subject}/obligation:{self.order}"

    @property
    def is_settled(self) -> bool:
        """Nothing more is to be done."""
        return self.done_on is not None or self.waived_on is not None


class Performed(models.Model):
    """A step of performance with its proof. Partly paid is not performed."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="performances")
    on = models.DateField(_("on"))
    amount_yuan = models.DecimalField(_("amount in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    proof = models.CharField(_("proof"), max_length=300)
    """Transfer slip, receipt, the new act as served, the court's notice that execution is closed."""
    is_same_act = models.BooleanField(_("repeats the same act"), default=False)
    """A new act on the same facts and reasons with the same result is no performance (Litigation Law, art. 71)."""
    is_false = models.BooleanField(_("found false"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    history = history()

    class Meta:
        verbose_name = _("performance")
        ordering = ["obligation_id", "on", "id"]

    def __str__(self) -> str:
        return f"{self.obligation} {self.on}"

    @property
    def counts(self) -> bool:
        """What repeats the act, or was found false, performs nothing."""
        return not self.is_same_act and not self.is_false


__all__ = ["Obligation", "Performed"]
