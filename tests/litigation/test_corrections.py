"""An instance's number or court that was typed wrongly; and the steps a suit has gone when a court sends it back."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.cases.steps import stepper
from casemgr.cases.timeline import timeline
from casemgr.operation.sweep import sweep
from litigation.models import BacklogItem, Instance
from tests.litigation.test_course import judged
from tests.support.litigation import Suit, department

pytestmark = pytest.mark.django_db
WRONG, RIGHT = "（2026）内0621行初9012号", "（2026）内0621行初9021号"


def correct(suit: Suit, **data: object) -> None:
    suit.on(date(2026, 10, 1)).act(
        "correct_instance", instance=suit.instance.pk, reason="案号录入时数字颠倒", **data
    )  # fmt: skip


def test_what_cites_the_number_follows_and_both_are_kept():
    suit = judged(court_number=WRONG)
    item = perform(
        "backlog.enter",
        None,
        {
            "unit": suit.part("respondent").party.unit_id,
            "file_number": suit.case.number,
            "court": "达拉特旗人民法院",
            "court_number": WRONG,
            "ruling_kind": "administrative",
            "creditor": "原告",
            "effective_on": date(2026, 9, 17),
            "perform_due_on": date(2026, 9, 20),
            "duty": "返还罚款",
        },
        suit.actor,
        date(2026, 10, 1),
    )
    correct(suit, court_number=RIGHT)
    assert (suit.instance.court_number, suit.instance.court_key, suit.ruling.number) == (RIGHT, RIGHT, RIGHT)
    item = BacklogItem.objects.get(pk=item.pk)
    assert (item.court_number, item.court_key) == (RIGHT, RIGHT)
    told = [(entry.title, entry.struck_by is not None) for entry in timeline(suit.case) if "行初90" in entry.title]
    assert [is_struck for text, is_struck in told if WRONG in text and RIGHT not in text] == [True]
    assert [is_struck for text, is_struck in told if RIGHT in text and WRONG not in text] == [False]
    assert any(WRONG in text and RIGHT in text for text, _struck in told)
    assert suit.instance.history.count() >= 2
    assert suit.instance.history.earliest().court_number == WRONG


def test_a_court_alone_is_corrected_and_the_old_number_is_free_again():
    suit = Suit(date(2026, 6, 5), court_number=WRONG)
    correct(suit, court="东胜区人民法院")
    assert (suit.instance.court, suit.instance.court_number) == ("东胜区人民法院", WRONG)
    correct(suit, court_number=RIGHT)
    assert Suit(date(2026, 10, 2), court_number=WRONG).instance.court_number == WRONG


def test_a_number_stays_one_suit_s_and_of_its_own_kind():
    other = Suit(date(2026, 6, 5), court_number=RIGHT)
    suit = Suit(date(2026, 6, 5), court_number=WRONG)
    for number, told in ((" (2026)内0621行初9021号", other.case.number), ("（2026）内06行终3号", "number")):
        with pytest.raises(InvalidInput) as refused:
            correct(suit, court_number=number)
        assert told == "number" or told in str(refused.value.form.errors["court_number"])
    with pytest.raises(InvalidInput):
        correct(suit, court_number=WRONG)
    assert Instance.objects.get(case_id=suit.pk).court_number == WRONG


def test_another_department_s_file_is_not_named_in_the_refusal():
    other = Suit(date(2026, 6, 5), court_number=RIGHT, agencies=[{"known_party": _foreign().pk}])
    suit = Suit(date(2026, 6, 5), court_number=WRONG)
    with pytest.raises(InvalidInput) as refused:
        suit.on(date(2026, 10, 1)).act(
            "correct_instance", by=department(), instance=suit.instance.pk, court_number=RIGHT, reason="录错"
        )
    assert other.case.number not in str(refused.value.form.errors)


def _foreign():
    from casemgr.parties.models import Party

    return (
        Party.objects.filter(kind=Party.Kind.AGENCY, unit__code="150621-ZRZYJ").first()
        or Party.objects.filter(kind=Party.Kind.AGENCY)
        .exclude(unit__code="150621-GAJ")
        .exclude(name="达拉特旗人民政府")
        .first()
    )


def steps(suit: Suit) -> dict[str, str]:
    return {str(mark.label): mark.css for mark in stepper(suit.case)}


def test_what_a_court_sent_back_is_neither_decided_nor_effective():
    suit = judged()
    suit.serve(date(2026, 9, 1))
    plaintiff = suit.part("applicant").party
    assert steps(suit)["生效"] == "now"
    suit.on(date(2026, 9, 15)).act("record_appeal", ruling=suit.ruling.pk, party=plaintiff.pk, on=date(2026, 9, 14))
    suit.on(date(2026, 9, 30)).act(
        "open_instance", on=date(2026, 9, 29), court="鄂尔多斯市中级人民法院", court_number="（2026）内06行终89号"
    )
    suit.judge(date(2026, 10, 20), kind="ruling", matter="remanded", outcome="")
    suit.serve(date(2026, 10, 22))
    sweep(date(2026, 10, 23))
    suit.on(date(2026, 11, 2)).act(
        "open_instance", on=date(2026, 11, 2), court="达拉特旗人民法院", court_number="（2026）内0621行初900号"
    )
    assert "done" not in (steps(suit)["生效"], steps(suit)["裁判"])
    suit.judge(date(2026, 12, 1))
    suit.serve(date(2026, 12, 2))
    sweep(date(2026, 12, 20))
    assert steps(suit)["生效"] == "done"


def test_a_ruling_on_jurisdiction_that_binds_makes_no_suit_effective():
    suit = Suit(date(2026, 6, 5))
    suit.judge(date(2026, 6, 20), kind="ruling", matter="jurisdiction", outcome="")
    suit.on(date(2026, 7, 10)).serve(date(2026, 6, 22))
    assert suit.case.events.filter(kind="ruling_effective").exists()
    assert steps(suit)["生效"] != "done"
