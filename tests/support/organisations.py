"""Committees, mediators and studios for tests: written directly, or made through the actions people take."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from casemgr.actions.perform import perform
from casemgr.organisation.models import Unit
from mediation.models import Committee, Engagement, Mediator, Studio, StudioPeriod
from mediation.organisations.days import term_end

TODAY = date(2026, 11, 23)
FOUNDED = date(2025, 3, 3)
_words = count(1)


def town(code: str = "150621100") -> Unit:
    return Unit.objects.get(code=code)


def committee_row(place: Unit | None = None, *, kind: str = "town", founded_on: date = FOUNDED) -> Committee:
    """A committee without members, written directly."""
    place, number = place or town(), next(_words)
    name = f"{place.name}第{number}人民调解委员会"
    unit = Unit(code=f"{place.code}-X{number}", name=name, short_name=f"字{number}", kind="committee", parent=place)
    unit.save()
    return Committee.objects.create(
        unit=unit, kind=kind, founded_by=place.name, founded_on=founded_on, term_from=founded_on,
        term_until=term_end(founded_on),
    )  # fmt: skip


def mediator_row(committee: Committee, name: str = "", **engaged: Any) -> Mediator:
    """A mediator engaged by the committee, written directly."""
    person = {key: engaged.pop(key) for key in ("sex", "ethnicity", "user") if key in engaged}
    mediator = Mediator.objects.create(name=name or f"调解员{next(_words)}", **{"sex": "M", **person})
    values = {"position": "member", "how": "elected", "from_on": committee.founded_on, **engaged}
    Engagement.objects.create(mediator=mediator, committee=committee, **values)
    return mediator


def whole_committee(place: Unit | None = None, **options: Any) -> Committee:
    """A committee as the law asks: a chair, a woman, a Mongolian."""
    committee = committee_row(place, **options)
    mediator_row(committee, position="chair")
    mediator_row(committee, sex="F")
    mediator_row(committee, ethnicity="蒙古族")
    return committee


def studio_row(place: Unit, *periods: tuple[date, date | None], state: str = "ACTIVE") -> Studio:
    """A studio with these stretches of activity, written directly; the first of them is its setting up."""
    committee = committee_row(place, founded_on=date(2015, 1, 1))
    giver = mediator_row(committee)
    studio = Studio.objects.create(
        committee=committee, town=place, name_type="person", name_word=giver.name, name_giver=giver, state=state,
        full_name=f"{committee}{giver}调解工作室"[:80], short_name=f"{giver}调解工作室",
    )  # fmt: skip
    for number, (first, until) in enumerate(periods):
        StudioPeriod.objects.create(studio=studio, from_on=first, until_on=until, is_first=number == 0)
    return studio


def application(committee: Committee, giver: Mediator, **changed: Any) -> dict[str, Any]:
    """What the form of an application sends; it meets the first rules for studios."""
    return {
        "committee": committee.pk, "name_type": "person", "name_giver": giver.pk, "consented_on": "2026-10-08",
        "place": "便民服务中心一楼", "years_of_mediation": 8, "cases_in_three_years": 75, "success_rate": "96.5",
        "recommended_by": str(committee), **changed,
    }  # fmt: skip


def active_studio(committee: Committee, giver: Mediator, people: Any, on: date = TODAY, **changed: Any) -> Studio:
    """A studio brought to work by its actions; `people` has `town` and `leader`."""
    studio = perform("studio.draft", None, application(committee, giver, **changed), people.town, on)
    studio = perform("studio.submit", studio, {}, people.town, on)
    studio = perform("studio.review", studio, {"opinion": "情况属实，同意。"}, people.town, on)
    decision = {"decision_no": "达司发〔2026〕9号", "approved_on": on.isoformat(), "opinion": "同意命名。"}
    studio = perform("studio.approve", studio, decision, people.leader, on)
    return perform("studio.start", studio, {"started_on": on.isoformat()}, people.town, on)
