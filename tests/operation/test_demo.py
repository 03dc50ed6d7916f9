"""The demo office: lawful cases in every state, made by the actions users take, on a believable day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from django.core.management import call_command
from django.db import transaction

from casemgr.audit.verification import verify
from casemgr.boards.alerts.evaluating import evaluate
from casemgr.boards.models import Alert
from casemgr.cases import events
from casemgr.cases.deadlines import derive
from casemgr.cases.models import Case, Deadline, Event
from casemgr.cases.procedure import get_procedure, procedures
from casemgr.cases.worklist import worklist
from casemgr.documents.models import Document, Service
from casemgr.numbering.models import IssuedNumber
from casemgr.operation.demo import create_people, load_demo
from casemgr.parties.models import Party
from reconsideration import demo
from reconsideration.models import ReconsiderationCase
from reconsideration.states import STATES
from tests.support.dump import Dump, differences, marks

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
SEED = 20261123
ALL = 40
"""As many as there are stories."""


@pytest.fixture(autouse=True)
def _without_disputes_and_suits(monkeypatch) -> None:
    """They have tests of their own (tests/mediation/test_demo.py, tests/litigation/test_demo.py)."""
    monkeypatch.delitem(get_procedure("mediation").extra, "demo")
    monkeypatch.delitem(get_procedure("litigation").extra, "demo")


def assert_lawful(today: date) -> None:
    """What must hold of every case, whatever its story."""
    for case in ReconsiderationCase.objects.all():
        facts = events.facts_of(case)
        days = [fact.occurred_on for fact in facts]
        assert all(day is not None and day <= today for day in days)
        derived = {item.key: item.values() for item in derive(case, facts, case.definition.rules, today)}
        rows = {(row.rule, row.root_event_id, row.party_id): row for row in case.deadlines.all()}
        assert set(rows) == set(derived), case.number
        for key, values in derived.items():
            assert {name: getattr(rows[key], name) for name in values} == values, (case.number, key)
    for paper in Document.objects.filter(state__in=("ISSUED", "FILED")):
        assert paper.content().startswith(b"%PDF")
        assert paper.issued_on <= today
    for service in Service.objects.filter(state="EFFECTIVE"):
        assert service.effective_on >= service.document.issued_on
    for series, year in set(IssuedNumber.objects.values_list("series", "year")):
        issued = IssuedNumber.objects.filter(series=series, year=year).order_by("number")
        assert list(issued.values_list("number", flat=True)) == list(range(1, issued.count() + 1)), series
    assert list(
        ReconsiderationCase.objects.order_by("number_year", "number_sequence").values_list("opened_on", flat=True)
    ) == sorted(ReconsiderationCase.objects.values_list("opened_on", flat=True))


def test_eight_cases_are_lawful_and_a_second_call_adds_only_what_is_asked_for():
    assert load_demo(TODAY, 8, SEED) == {"reconsideration": 8}
    assert_lawful(TODAY)
    assert not ReconsiderationCase.objects.filter(state="VOID").exists()
    before = list(Case.objects.order_by("pk").values_list("number", "title", "state", "next_due_on"))
    assert load_demo(TODAY, 8, SEED) == {"reconsideration": 0}
    assert list(Case.objects.order_by("pk").values_list("number", "title", "state", "next_due_on")) == before
    assert load_demo(TODAY, 9, SEED) == {"reconsideration": 1}


def test_its_boards_show_the_alerts_that_a_night_would_raise():
    load_demo(TODAY, 8, SEED)
    raised = set(Alert.objects.lasting().values_list("user__username", "rule__watched"))
    assert raised
    assert evaluate(TODAY)["raised"] == 0
    assert raised == set(Alert.objects.lasting().values_list("user__username", "rule__watched"))


def test_every_actor_of_the_demo_has_the_role_for_what_was_done():
    load_demo(TODAY, 3, SEED)
    names = {user.full_name for user in create_people("x").users.values()}
    assert set(Event.objects.values_list("actor_name", flat=True)) <= names
    assert Document.objects.get(kind="decision").signer.full_name == "高秀兰"


@pytest.mark.parametrize(
    "today",
    [date(2026, 10, 4), date(2027, 3, 1), date(2028, 2, 29), date(2025, 2, 10)],
    ids=["holiday", "estimated year", "missing year", "before the regulation of 2026"],
)
@pytest.mark.long
def test_the_demo_can_be_loaded_on_any_day(today):
    assert load_demo(today, ALL, SEED) == {"reconsideration": ALL}
    assert_lawful(today)


def test_the_demo_shows_every_state_and_a_believable_day():
    assert load_demo(TODAY, ALL, SEED) == {"reconsideration": ALL}
    assert_lawful(TODAY)
    cases = ReconsiderationCase.objects
    assert {state.code for state in STATES} == set(cases.values_list("state", flat=True))
    assert cases.filter(state="VOID").count() == 1  # the one that was entered twice
    officer = create_people("x")["officer"]
    queues = {section.queue.code: section.total for section in worklist(officer, TODAY)}
    assert (queues["overdue"], queues["today"]) == (3, 1)  # one is a hearing whose notice is late
    assert queues["week"] >= 3
    assert queues["waiting"] >= 4
    waiting = Deadline.objects.filter(rule__in=("R-REPLY", "R-REPLY-S"), status="open", due_on__gte=TODAY)
    assert waiting.count() >= 3
    assert Event.objects.filter(kind="accepted", data__deemed=True).count() == 1
    assert cases.filter(reconsideration_facts__track="simplified").count() >= 2
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"resumed", "excluded_until", "extended", "converted_to_ordinary", "stop_ordered"} <= kinds
    assert cases.filter(reconsideration_facts__reply_is_missing=True).count() == 1
    assert Deadline.objects.filter(due_on__year=2027, calendar_status="estimated").exists()
    assert cases.filter(participations__role="third_party").count() == 1
    names = "".join(Party.objects.filter(kind="person").values_list("name", flat=True))
    assert "·" in names and "䶮" in names
    assert Party.objects.exclude(mongolian_name="").count() == 1
    numbers = [party.masked_number for party in Party.objects.filter(kind="person")]
    assert all(number.startswith("1506") for number in numbers)


@pytest.mark.long
def test_more_cases_than_stories_have_people_of_their_own():
    assert load_demo(TODAY, ALL + 6, SEED) == {"reconsideration": ALL + 6}
    assert_lawful(TODAY)
    again = ReconsiderationCase.objects.filter(opened_on__gte=TODAY - timedelta(days=7)).count()
    assert again >= 5


def test_the_command_prints_what_it_made(capsys):
    call_command("demo", cases=0, json=True)
    assert '"reconsideration": 0' in capsys.readouterr().out


def test_many_cases_come_by_the_bulk_lane_as_lawful_as_the_few(monkeypatch):
    monkeypatch.setattr(demo, "BY_ACTIONS", 2)
    assert load_demo(TODAY, 90, SEED) == {"reconsideration": 90}
    assert_lawful(TODAY)
    assert verify().findings == []
    cases = ReconsiderationCase.objects
    assert not cases.filter(is_past_record=True).exists()
    assert cases.filter(law_version="2017").exists() and cases.filter(law_version="2023").exists()
    assert len(set(cases.values_list("state", flat=True))) >= 3
    assert cases.filter(stage__in=("intake", "waiting", "open")).count() < 30
    assert load_demo(TODAY, 90, SEED) == {"reconsideration": 0}
    assert load_demo(TODAY, 100, SEED) == {"reconsideration": 10}
    assert_every_number_once()


def test_many_cases_are_so_many_in_all_mixed_as_a_banners_are(monkeypatch):
    asked: dict[str, int] = {}

    def note(code: str, office, today, cases: int, seed: int) -> int:
        asked[code] = cases
        return cases

    for procedure in procedures():
        monkeypatch.setitem(procedure.extra, "demo", partial(note, procedure.code))
    load_demo(TODAY, 20_000, SEED)
    assert sum(asked.values()) == 20_000
    assert asked["mediation"] > asked["reconsideration"] > asked["litigation"] > 0
    load_demo(TODAY, 40, SEED)
    assert set(asked.values()) == {40}


def assert_every_number_once() -> None:
    numbers = list(Case.objects.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers)) == IssuedNumber.objects.filter(series="reconsideration.case").count()


def test_the_same_seed_makes_the_same_many_cases(monkeypatch):
    monkeypatch.setattr(demo, "BY_ACTIONS", 0)
    create_people("x")
    since, dumps = marks(), []
    for _turn in range(2):
        with transaction.atomic():
            load_demo(TODAY, 40, SEED)
            dumps.append(Dump(since))
            transaction.set_rollback(True)
    assert differences(*dumps) == []
