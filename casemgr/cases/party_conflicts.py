"""Where a merge would put the same person on two sides of one case, and who must know."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.outbox import NoticeKind, tell
from casemgr.cases.models import Case, Participation, Referral
from casemgr.parties.merging import Conflict, line_ids
from casemgr.parties.models import Party, PartyMerge

NOTICES = (
    NoticeKind(
        "parties_merged",
        gettext_lazy("Parties merged"),
        lambda data: (
            _("Two records of a party of %(case)s are one now. Check for a conflict of interest.")
            % {"case": data["case"]}
        ),
        is_urgent=True,
    ),
)
LIMIT = 50


def conflicts(first: Collection[int], second: Collection[int]) -> Iterator[Conflict]:
    """Cases in which both take part: as opponents, as agent of the other side, or twice on one side."""
    theirs = Participation.objects.filter(party_id__in=second).values("case_id")
    parts = Participation.objects.filter(party_id__in=first, case_id__in=theirs).select_related("case")
    for part in parts.order_by("case_id")[:LIMIT]:
        others = Participation.objects.filter(case_id=part.case_id, party_id__in=second)
        roles = "、".join(other.get_role_display() for other in others)
        people = [part.case.lead_handler_id] if part.case.lead_handler_id else []
        words = {"case": part.case.number, "first": part.get_role_display(), "second": roles}
        yield Conflict(_("%(case)s: one record is %(first)s, the other %(second)s.") % words, tuple(people))


def tell_handlers(merge: PartyMerge) -> None:
    """The handlers of running cases of either record learn of the merge."""
    ids = line_ids([merge.survivor_id, merge.merged_id])
    cases = Case.objects.running().filter(participations__party_id__in=ids, lead_handler__isnull=False)
    for case in cases.distinct().order_by("pk")[:LIMIT]:
        tell(
            "parties_merged", [case.lead_handler_id], subject=case, once=f"merge:{merge.pk}:{case.pk}", case=case.number
        )


def files_to_keep(party: Party) -> Iterator[str]:
    """Who stands in a file is kept with it (Archives Law, art. 14, 21; PIPL, art. 47(2))."""
    numbers = [
        *Participation.objects.filter(party=party).order_by("case_id").values_list("case__number", flat=True)[:5]
    ]
    referrals = Referral.objects.filter(parties__party=party).select_related("number").order_by("pk")[:5]
    numbers += [str(referral) for referral in referrals]
    if numbers:
        text = _("The party stands in files that must be kept (Archives Law, art. 14; PIPL, art. 47(2)): %(cases)s.")
        yield text % {"cases": "、".join(numbers)}
