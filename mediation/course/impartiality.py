"""Whether a mediator is impartial: what the register itself shows, and what must be disclosed.

Provisions on invited mediation, art. 15; Rules on online mediation, art. 13: a relative of a party or its agent, an
interest of one's own, or another relation that could affect impartiality is disclosed; the parties may agree in spite.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.cases.models import Case

SHOWN = 5


def namesakes(case: Case, people: Iterable[str]) -> list[str]:
    """Names that are also those of a party or an agent of this case: perhaps the same person."""
    taken = {part.name for part in case.participations.all()}
    return [name for name in people if name and name in taken]


def hints(case: Case, user: Any, today: date) -> list[str]:
    """What the reader should look at before answering: other open disputes of the parties with the same mediator.

    Only cases the reader may see are named.
    """
    parties = [part.party_id for part in case.participations.all()]
    other = Case.objects.visible_to(user, today).filter(
        participations__party_id__in=parties, mediators__left_on__isnull=True, mediators__isnull=False
    )
    rows = other.exclude(pk=case.pk).values_list("number", "mediators__name").distinct().order_by("-pk")[:SHOWN]
    return [
        _("%(name)s also mediates another case of one of the parties: %(case)s.") % {"name": name, "case": number}
        for number, name in rows
    ]
