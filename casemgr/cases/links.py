"""Cases that belong together: linking two, and the one line of a dispute through all procedures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.topics import Topic
from casemgr.cases.about_case import AboutCase
from casemgr.cases.models import Case, CaseLink, Referral
from casemgr.organisation.roles import HANDS
from casemgr.pages.forms import ContextForm

LINE_LIMIT = 60
"""Cases of one line that a page shows at most."""


class LinkForm(ContextForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("This case"), choices=[("", gettext_lazy("— choose —")), *CaseLink.Kind.choices]
    )
    number = forms.CharField(label=gettext_lazy("Number of the other case"), max_length=80)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        number = (data.get("number") or "").strip()
        if not number:
            return data
        found = list(Case.objects.visible_to(self.actor, self.today).filter(number=number)[:2])
        if len(found) != 1:
            self.add_error(
                "number",
                _("There is no such case within your scope. Copy the whole number, like 达政复字〔2026〕12号."),
            )
        elif found[0].pk == self.subject.pk:
            self.add_error("number", _("This is the case itself. Enter the number of the other one."))
        else:
            data["other"] = found[0]
        return data


class LinkCases(AboutCase):
    """Say how this case belongs to an earlier one."""

    name = "cases.link"
    label = gettext_lazy("Link with another case")
    topic: ClassVar = Topic.LINKS
    roles = HANDS
    form = LinkForm

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None or "other" not in data:
            return []
        if CaseLink.objects.filter(kind=data["kind"], from_case=subject, to_case=data["other"]).exists():
            return [Refusal("linked-already", _("The two cases are already linked in this way."), field="number")]
        return []

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        link(data["kind"], subject, data["other"], data["note"])
        return subject


class UnlinkForm(ContextForm):
    link = forms.ModelChoiceField(CaseLink.objects.none(), label=gettext_lazy("Link"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["link"].queryset = links_of(self.subject)


class UnlinkCases(LinkCases):
    """Take back a link made by mistake; history keeps it."""

    name = "cases.unlink"
    label = gettext_lazy("Remove a link")
    topic: ClassVar = None  # beside each link
    form = UnlinkForm

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        return []

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        data["link"].delete()
        return subject


def link(kind: str, later: Case, earlier: Case, note: str = "") -> CaseLink:
    """Link two cases; the same link twice is one."""
    return CaseLink.objects.get_or_create(
        kind=kind, from_case_id=later.pk, to_case_id=earlier.pk, defaults={"note": note}
    )[0]


def links_of(case: Case):
    return CaseLink.objects.filter(Q(from_case_id=case.pk) | Q(to_case_id=case.pk))


@dataclass(frozen=True)
class LineCase:
    """One case of a line, and in words how it hangs on those before it."""

    case: Case
    relations: tuple[str, ...]
    is_this: bool


@dataclass
class Line:
    """One dispute through all procedures, oldest first. `hidden`: how many of its cases lie outside the scope."""

    cases: list[LineCase] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    hidden: int = 0
    is_cut: bool = False


def line_of(case: Case, user, today: date) -> Line:
    """Everything linked with the case, directly or through others, and what attacks the same act."""
    links, ids, is_cut = _closure(case)
    seen = {
        found.pk: found
        for found in Case.objects.visible_to(user, today).filter(pk__in=ids).select_related("unit", "lead_handler")
    }
    relations: dict[int, list[str]] = {}
    for found in links:
        other = seen.get(found.to_case_id)
        if other is not None:
            words = f"{found.get_kind_display()} {other.number}"
            relations.setdefault(found.from_case_id, []).append(words)
    ordered = sorted(seen.values(), key=lambda one: (one.opened_on or date.max, one.pk))
    return Line(
        cases=[LineCase(one, tuple(relations.get(one.pk, ())), one.pk == case.pk) for one in ordered],
        referrals=list(
            Referral.objects.visible_to(user, today)
            .filter(Q(case_id__in=seen) | Q(opened_case_id__in=seen))
            .select_related("to_unit", "number")
            .order_by("pk")[:LINE_LIMIT]
        ),
        hidden=len(ids) - len(seen),
        is_cut=is_cut,
    )


def _closure(case: Case) -> tuple[list[CaseLink], set[int], bool]:
    """Links and ids reached from the case, breadth first, one or two queries a step."""
    ids, links, waiting = {case.pk}, {}, {case.pk}
    while waiting and len(ids) < LINE_LIMIT:
        found = CaseLink.objects.filter(Q(from_case_id__in=waiting) | Q(to_case_id__in=waiting))[: 4 * LINE_LIMIT]
        links |= {one.pk: one for one in found}
        reached = {pk for one in found for pk in (one.from_case_id, one.to_case_id)}
        same_act = Case.objects.filter(act__cases__in=waiting).values_list("pk", flat=True)[:LINE_LIMIT]
        waiting = (reached | set(same_act)) - ids
        ids |= waiting
    return list(links.values()), ids, len(ids) >= LINE_LIMIT


ACTIONS = (LinkCases, UnlinkCases)
