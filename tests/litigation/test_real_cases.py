"""The published suits of the dossier through the ordinary actions, as far as their facts reach.

What the sources do not show is not invented: no outcome is known of any, so no judgment is entered; of dates only those
that are printed. The names of courts and parties are masked in the sources.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from casemgr.actions.perform import perform
from litigation.models import CourtSession, Instance, Letter, LitigationCase, Standing
from tests.support.litigation import Suit, liaison

pytestmark = pytest.mark.django_db
SOURCE = yaml.safe_load((Path(__file__).parents[1] / "data" / "real-cases.yaml").read_text())
REAL = SOURCE["litigation"]
LETTERS = SOURCE["suggestions"]
TODAY = date(2026, 11, 27)
MATTERS = {
    "处罚": "penalty", "没收": "penalty", "强制": "coercive_exec", "工伤": "work_injury", "公开": "disclosure",
    "征": "expropriation", "权属": "right_determ",
}  # fmt: skip
POSTS = {"副区长": "deputy", "副局长": "deputy", "副县长": "deputy"}


def day(text: str | None) -> date | str:
    return date.fromisoformat(text) if text else ""


def agency(source: dict[str, Any], place: int) -> dict[str, Any]:
    named = source["defendants"][place]
    name = named.split("(")[0]
    kind = "other" if "政府" in name else "department"
    row = {"name": f"{source['id']}{name}", "agency_kind": kind}
    if served := source["served_on_defendant"]:
        row["received_on"] = day(served[place])
    if place:
        row |= {"role": "co_defendant", "deed": "reconsidered" if "复议机关" in named else "acted"}
    return row


def entered(source: dict[str, Any], **changes: Any) -> Suit:
    """Registered under its number, in the instance whose paper was published."""
    filed = day(source["filed"])
    sued = day(source["complaint_date"])
    return Suit(
        TODAY,
        liaison(),
        court="文书未显示名称的法院",
        court_number=source["number"] or "",
        number_checked="on",
        level="second" if source["level"].startswith("二审") else "first",
        sued_on=min(filter(None, (sued, filed)), default=""),
        filed_on=filed,
        act_title=source["matter"],
        act_number="",
        acted_on=day(source["act_date"]),
        matter=next((code for word, code in MATTERS.items() if word in source["matter"]), "other"),
        amount_yuan=str(source["amount_yuan"] or ""),
        after_reconsideration="upheld" if source["id"] == "LC-27" else "",
        people=[{"name": f"{source['id']}{source['plaintiff'].split('(')[0]}", "is_another": "on"}],
        agencies=[agency(source, place) for place in range(len(source["defendants"]))],
        **changes,
    )


def hold(suit: Suit, source: dict[str, Any], on: str) -> None:
    """The session with those heads whose post the source tells; where the court names one, it had the certificate."""
    told: dict[str, Any] = {}
    for standing in Standing.objects.filter(in_instance=suit.instance):
        heads = {name: text for name, text in (source["heads"] or {}).items() if name in standing.participation.name}
        text = next(iter(heads.values()), "")
        post = next((post for post in POSTS if post in text), "")
        if post:
            told |= {f"head_came_{standing.pk}": True, f"head_name_{standing.pk}": f"某{post}",
                     f"head_post_{standing.pk}": post, f"certificate_on_{standing.pk}": day(on),
                     f"head_category_{standing.pk}": POSTS[post]}  # fmt: skip
        else:
            told[f"staff_{standing.pk}"] = text
    suit.act("record_session", kind="session", on=day(on), **told)


@pytest.mark.parametrize("source", REAL, ids=[source["id"] for source in REAL])
def test_a_published_suit_is_entered_as_far_as_its_facts_reach(source):
    suit = entered(source)
    for on in source["hearing_dates"] or ():
        hold(suit, source, on)
    assert suit.state == ("TRIED" if source["hearing_dates"] else "RECEIVED")
    assert suit.instance.court_number == (source["number"] or "")
    assert Standing.objects.filter(in_instance=suit.instance).count() == len(source["defendants"])
    held = CourtSession.objects.filter(in_instance=suit.instance).order_by("number").values_list("held_on", flat=True)
    assert list(held) == [day(on) for on in source["hearing_dates"] or ()]


def test_staff_of_the_justice_bureau_are_no_head_of_the_government():
    """LC-03: the paper calls them “head in court”; by art. 2 of the Appearance Provisions they are none."""
    source = next(one for one in REAL if one["id"] == "LC-03")
    suit = entered(source)
    hold(suit, source, source["hearing_dates"][0])
    seen = dict(Standing.objects.filter(in_instance=suit.instance).values_list("participation__name", "seen"))
    assert seen["LC-03区人民政府"] == "attended"
    assert seen["LC-03市人民政府"] == "absent"


def test_a_dispute_with_many_papers_is_one_file_with_its_instances_in_order():
    """LC-19: dismissed, ordered to go on, given to another court, dismissed, ordered to go on, tried again.

    When somebody appealed and when a court filed the case is not printed: the day of the next paper stands for it.
    Without the day of filing the first instance counts as opened on the day of registration, here the complaint's.
    """
    source = next(one for one in REAL if one["id"] == "LC-19")
    suit = entered(source | {"number": "（2015）新中行初字第69号", "level": "一审"}, registered_on=date(2015, 6, 17))

    def ruled(matter: str, on: str, **data: Any) -> None:
        suit.act("record_ruling", kind="ruling", matter=matter, on=day(on), **data)

    def taken_up(number: str, on: str, *, appealed: bool) -> None:
        if appealed:
            suit.act("record_appeal", ruling=suit.ruling.pk, party=suit.part("applicant").party_id, on=day(on))
        suit.act("open_instance", court_number=number, court="文书未显示名称的法院", on=day(on))

    ruled("dismissed", "2015-11-27")
    taken_up("（2016）豫行终112号", "2016-09-28", appealed=True)
    ruled("continue", "2016-09-28")
    ruled("jurisdiction", "2016-12-01", number="（2016）豫行指51号")
    taken_up("（2017）豫71行初135号", "2017-07-27", appealed=False)
    ruled("dismissed", "2017-07-27")
    taken_up("（2017）豫行终2763号", "2017-11-17", appealed=True)
    ruled("continue", "2017-11-17")
    taken_up("（2018）豫71行初324号", "2018-06-15", appealed=False)
    found = Instance.objects.filter(case_id=suit.pk).order_by("order")
    assert [(one.level, one.court_number, one.is_remanded) for one in found] == [
        ("first", "（2015）新中行初字第69号", False),
        ("second", "（2016）豫行终112号", False),
        ("first", "（2017）豫71行初135号", True),
        ("second", "（2017）豫行终2763号", False),
        ("first", "（2018）豫71行初324号", True),
    ]
    papers = [paper.number for one in found for paper in one.rulings.all()]
    assert papers == [
        *("（2015）新中行初字第69号", "（2016）豫行终112号", "（2016）豫行指51号"),
        *("（2017）豫71行初135号", "（2017）豫行终2763号"),
    ]


# suggestions


def exact(text: str | None) -> date | None:
    """A day that is a day: not 2018-05(上旬), not 2018-07-09至2018-07-11."""
    return date.fromisoformat(text) if text and len(text) == len("2016-07-27") else None


def cannot(source: dict[str, Any]) -> set[str]:
    """Facts of a source that the file of a suggestion does not take: days that are none, what lies outside it."""
    vague = {name for name in ("issued", "received", "replied") if source[name] and exact(source[name]) is None}
    unanswerable = {"replied"} if source["replied"] and not source["received"] else set()
    return vague | unanswerable | {name for name in ("case_filed", "amounts", "sued", "court_result") if source[name]}


@pytest.mark.parametrize("source", LETTERS, ids=[source["id"] for source in LETTERS])
def test_a_published_suggestion_is_entered_as_far_as_its_facts_reach(source):
    """Without a day of receipt nothing is counted and no answer taken: none is printed, so none is made up."""
    names = [f"{source['id']}{name.split('(')[0]}" for name in source["recipients"]]
    entered = {
        "kind": "public_interest",
        "sender": source["issuer"],
        "topic": source["matter"],
        "dated_on": exact(source["issued"]),
        "recipients": [{"name": name, "agency_kind": "other"} for name in names],
    }
    case = perform("litigation.register_suggestion", None, entered, liaison(), TODAY)
    letter = Letter.objects.get(case_id=case.pk)
    assert (letter.sender, letter.dated_on) == (source["issuer"], exact(source["issued"]))
    assert case.participations.filter(role="respondent").count() == len(names)
    assert (case.state, case.deadlines.count()) == ("SUGGESTED", 0)
    for told in source["follow_ups"] or ():
        followed = {"on": date.fromisoformat(told[:10]), "text": told}
        perform("litigation.follow_up_suggestion", LitigationCase.objects.get(pk=case.pk), followed, liaison(), TODAY)
    assert case.events.filter(kind="suggestion_followed_up").count() == len(source["follow_ups"] or ())


def test_what_of_the_published_suggestions_cannot_be_entered_is_named():
    assert {source["id"]: cannot(source) for source in LETTERS if cannot(source)} == {
        # answered on 26 August 2016: the receipt before it is not printed; of the suit that followed nothing is
        "SC-01": {"replied", "sued"},
        "SC-03": {"issued", "replied"},  # "the first ten days of May", "9 to 11 July" for four answers
        "SC-07": {"sued", "court_result"},  # the suit that followed is a file of its own, whose parties are masked
        "SC-09": {"case_filed"},  # when the procuratorate took it up
        "SC-11": {"issued", "amounts"},  # "August 2018"; fines and fees of others than the recipient
    }
    assert not LitigationCase.objects.exists()
