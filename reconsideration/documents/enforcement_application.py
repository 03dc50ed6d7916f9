"""强制执行申请书: of the organ that art. 78 names, to the court (Coercion Law, art. 53–55)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case, Participation
from casemgr.documents.kinds import Composed, Data, Issuer, Missing, Part
from casemgr.documents.rendering import chinese_date
from casemgr.organisation.office import seal_on
from reconsideration.aftermath.enforcement import AGAINST, route_of
from reconsideration.aftermath.terms import Enforcer
from reconsideration.documents import organs, series
from reconsideration.documents.casefile import CaseFile, closed, lines, party_line
from reconsideration.documents.shapes import ProposingForm, area, authority_letter, ending_paper, lacking, paper_words
from reconsideration.documents.trial_notice import LAW
from reconsideration.terms import Outcome

ITEM = {"78①": "第七十八条第一项", "78②": "第七十八条第二项", "78③": "第七十八条第三项"}


class EnforcementForm(ProposingForm):
    against = forms.ModelChoiceField(Participation.objects.none(), label=_("Against whom"), required=False)
    court = forms.CharField(label=_("Court"), required=False, max_length=60)
    claims = area(_("What is to be enforced, one a line"), 3)
    facts = area(_("What was not performed; demand letter with its day"), 4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["against"]
        field.queryset = self.case.participations.filter(role__in=AGAINST, left_on__isnull=True)
        field.label_from_instance = lambda part: part.with_role
        first = field.queryset.order_by("order", "pk").first()
        self.propose(against=first and first.pk)


def by_authority(case: Case) -> bool:
    route = route_of(case)
    return route is not None and route.enforcer == Enforcer.AUTHORITY


def issuer(case: Case, data: Data) -> Issuer:
    """The authority's own seal; the acting organ's lies in that organ's office."""
    if by_authority(case):
        return organs.AUTHORITY
    part = next(iter(CaseFile(case).respondents), None)
    name, unit = (part.name, part.party.unit) if part is not None else ("", None)
    return Issuer(
        name=lambda case, on: name,
        seal=lambda case, on: (seal_on(unit.code, on) if unit is not None else "") or name,
        is_sealed_elsewhere=True,
    )


def _against(case: Case, data: Data) -> Participation | None:
    rows = case.participations.select_related("party")
    return rows.filter(pk=data.get("against") or 0).first()


def compose(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    paper, route, against = ending_paper(case), route_of(case), _against(case, data)
    who = organs.authority_name(today) if by_authority(case) else file.respondent_names
    item = ITEM[route.article] if route is not None else "第七十八条"
    served = [
        fact for fact in file.events if fact.kind == "decision_served" and against and fact.party_id == against.party_id
    ]
    effect = f"于{chinese_date(served[-1].occurred_on)}送达被申请执行人，" if served else ""
    sued = "" if case.outcome == Outcome.MEDIATED else "在法定期限内不提起行政诉讼，又"
    debtor = party_line(against).split("：", 1)[1] if against else ""
    return Composed(
        (
            Part("parties", (f"申请执行人：{who}。", f"被申请执行人：{debtor}" if debtor else "")),
            Part("claims", tuple(closed(line) for line in lines(data, "claims")), "申请执行事项"),
            Part(
                "facts",
                (
                    f"{paper_words(paper)}{effect}已经发生法律效力。被申请执行人{sued}不履行。",
                    *(closed(line) for line in lines(data, "facts")),
                    f"根据{LAW}{item}和《中华人民共和国行政强制法》第五十三条的规定，申请强制执行。",
                ),
                "事实和理由",
            ),
            Part("closing", ("此致", str(data.get("court") or ""))),
        )
    )


def requires(case: Case, data: Data) -> list[Missing]:
    found = lacking(
        data,
        ("against", _("Choose against whom enforcement is asked for."), "78"),
        ("court", _("Enter the court that is applied to."), "78"),
        ("claims", _("Write what is to be enforced."), "78"),
    )
    if route_of(case) is None:
        found.append(Missing("route", _("With this outcome nothing is enforced against an applicant."), "78"))
    return found


ENFORCEMENT_APPLICATION = authority_letter(
    code="enforcement_application",
    name=_("Application for enforcement"),
    title="强制执行申请书",
    compose=compose,
    states=("SERVED", "PERFORMING", "PERFORMED", "MEDIATED"),
    series=series.ENFORCEMENT,
    form=EnforcementForm,
    issuer_from=issuer,
    requires=requires,
    attachments=lambda case, data: ("行政复议决定书（调解书）及送达回证", "行政行为文书", "催告书及送达回证"),
    offered_if=lambda case: route_of(case) is not None,
    is_headed=False,
)
