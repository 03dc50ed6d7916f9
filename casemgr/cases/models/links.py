"""How cases belong together, across procedures."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models.register import Case


class CaseLink(models.Model):
    """One directed link: `from_case` is the later one, `to_case` what it goes back to."""

    class Kind(models.TextChoices):
        REFERRED_TO = "referred_to", _("referred from")
        AROSE_FROM = "arose_from", _("arose from")
        SUED_OVER = "sued_over", _("suit over")
        SAME_ACT = "same_act", _("same act as")
        REDO_OF = "redo_of", _("new act after")
        CONTINUES = "continues", _("continues")

    kind = models.CharField(_("kind of link"), max_length=12, choices=Kind.choices)
    from_case = models.ForeignKey(Case, models.CASCADE, related_name="links_back", verbose_name=_("case"))
    to_case = models.ForeignKey(Case, models.CASCADE, related_name="links_on", verbose_name=_("earlier case"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    history = history()

    class Meta:
        verbose_name = _("link between cases")
        constraints = [
            models.UniqueConstraint(fields=["kind", "from_case", "to_case"], name="link_once"),
            models.CheckConstraint(name="link_two_cases", condition=~models.Q(from_case=models.F("to_case"))),
        ]

    def __str__(self) -> str:
        return f"{self.from_case} {self.get_kind_display()} {self.to_case}"
