"""What the aftermath tells the ground of: notices, the work page, tabs, what clues can be about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casemgr.actions import outbox
from casemgr.actions.signals import performed
from casemgr.documents.clues import sources
from casemgr.web import navigation
from reconsideration.aftermath import suits
from reconsideration.clues import AUTHORS, READERS, SOURCE

SUPERVISING = ("officer", "head", "authority", "leader", "archive", "auditor")


def connect() -> None:
    """Called from the procedure's AppConfig.ready()."""
    sources.register(SOURCE)
    outbox.declare(*suits.NOTICES)
    performed.connect(suits.after_step, dispatch_uid="reconsideration.suits")
    navigation.register(
        navigation.Entry(
            _("Performance of decisions"), "performance_list", SUPERVISING, order=36, group=navigation.HANDLING
        )
    )
    navigation.share(
        navigation.Entry(
            _("Handovers of clues"), "clue_list", (*AUTHORS, *READERS), order=56, group=navigation.HANDLING
        )
    )
