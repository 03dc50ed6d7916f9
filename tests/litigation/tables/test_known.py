"""T6 to T10 through the actions: no mark is missed, past days stay as told, each sees what is in reach."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Q
from django.test import Client

from casemgr.actions.perform import perform
from casemgr.indicators.tables.asking import of_part
from casemgr.indicators.tables.counting import sheet, within_reach
from casemgr.indicators.tables.facts import bases
from casemgr.indicators.tables.keeping import rebuild, refresh, refresh_rows
from casemgr.indicators.tables.models import KnownMark
from casemgr.indicators.tables.official import official_tables
from litigation.models import BacklogItem, BacklogYear
from tests.litigation.backlog.test_items import SNAPSHOT, act, cleared, entries, unit, verified
from tests.litigation.test_sessions import held, joint, planned, standing_of
from tests.litigation.test_suggestions import RECEIVED, Suggestion
from tests.support.litigation import GOVERNMENT, Suit, department, liaison

pytestmark = pytest.mark.django_db
CODES = ("T6", "T7", "T8", "T9", "T10")
TODAY = date(2026, 11, 29)


def told(code: str, today: date, known: date | None = None, reach: Q | None = None) -> dict[str, int]:
    span = of_part(2026, 0, known, today).span
    values = sheet(official_tables()[code], span, known, reach or Q()).values
    return {name: int(value) for name, value in values.items() if value}


def nothing_was_missed(suit: Suit) -> None:
    assert refresh([suit.pk], suit.day) == (0, 0)


def test_a_suit_against_two_agencies_is_one_suit_and_two_appearances() -> None:
    suit = planned(**joint())
    bureau, government = standing_of(suit, "达拉特旗公安局"), standing_of(suit, GOVERNMENT)
    nothing_was_missed(suit)
    held(suit, came=[bureau], **{f"staff_{government.pk}": "张科长"})
    nothing_was_missed(suit)
    suit.judge(date(2026, 8, 3), "annulled")
    nothing_was_missed(suit)
    now = told("T6", suit.day)
    assert (now["received"], now["closed"], now["end_annulled"]) == (1, 1, 1)
    heads = told("T7", suit.day)
    assert (heads["counted"], heads["attended"], heads["unexcused"]) == (2, 1, 1)
    assert told("T8", suit.day)["lost"] == 1


def test_a_corrected_day_moves_the_suit_and_the_earlier_day_stays_known() -> None:
    suit = Suit(date(2026, 6, 1))
    suit.on(date(2027, 1, 5)).judge(date(2027, 1, 4), "annulled")
    suit.on(date(2027, 1, 8)).correct("judgment_made", date(2026, 12, 30))
    nothing_was_missed(suit)
    after, before = told("T6", suit.day), told("T6", suit.day, date(2027, 1, 7))
    assert (after.get("closed", 0), before.get("closed", 0), before["open"]) == (1, 0, 1)
    assert (told("T8", suit.day).get("lost"), told("T8", suit.day, date(2027, 1, 7)).get("lost")) == (1, None)


def test_a_letter_is_answered_late_by_one_and_is_overdue_with_the_other() -> None:
    letter = Suggestion(RECEIVED, ("达拉特旗公安局", RECEIVED), (GOVERNMENT, RECEIVED))
    letter.answer(date(2026, 9, 20))
    nothing_was_missed(letter)
    assert told("T10", date(2026, 10, 1)) == {
        **{"received": 2, "owed": 2, "in_time": 1, "waiting": 1, "says_adopted": 1},
    }
    # two months, and the National Day week after them
    assert told("T10", date(2026, 10, 20))["overdue"] == 1
    letter.answer(date(2026, 10, 20), GOVERNMENT, adoption="partly")
    letter.perform_it(date(2026, 10, 21))
    nothing_was_missed(letter)
    now = told("T10", letter.day)
    assert (now["late"], now["corrected"], now.get("waiting"), now.get("overdue")) == (1, 1, None, None)


def test_a_suit_linked_with_a_judicial_suggestion_is_told_from_both_ends() -> None:
    suit = Suit(date(2026, 6, 1))
    suit.judge(date(2026, 8, 3), "annulled")
    letter = Suggestion(RECEIVED, actor=suit.actor, kind="governance", sender="达拉特旗人民法院")
    letter.on(date(2026, 8, 5)).act("cases.link", kind="arose_from", number=suit.case.number)
    assert told("T6", letter.day)["suggested"] == 1
    nothing_was_missed(suit)
    link = letter.case.links_back.get()
    letter.act("cases.unlink", link=link.pk, reason="误关联")
    assert "suggested" not in told("T6", letter.day)


@pytest.fixture
def year(db) -> BacklogYear:
    sent = {"year": 2026, "self_check_until": SNAPSHOT, "target": "98", "target_on": date(2026, 12, 31),
            "basis": "达府法办发〔2026〕3号"}  # fmt: skip
    return perform("backlog.set_year", None, sent, liaison(), TODAY)


def _no_item_was_missed() -> None:
    ids = list(BacklogItem.objects.values_list("pk", flat=True))
    assert refresh_rows(bases()["backlog"], ids, TODAY) == (0, 0)


def test_every_step_of_an_item_is_heard(year: BacklogYear) -> None:
    keeper = liaison()
    items = [
        verified(keeper, serial, joint_units=[unit("150621-ZRJ").pk] if serial == 1 else []) for serial in (1, 2, 3)
    ]
    perform("backlog.take_snapshot", year, {"on": SNAPSHOT}, keeper, TODAY)
    _no_item_was_missed()
    assert told("T9", TODAY) == {"taken": 3, "base": 3, "open": 3, "owed": 60000}
    cleared(items[0], keeper, date(2026, 10, 9))
    act("write_off", items[1], keeper, on=TODAY, court_paper="（2026）内06行再1号", reason="再审撤销")
    act("pause", items[2], keeper, on=TODAY, court_paper="（2026）内06行再2号", reason="裁定再审")
    _no_item_was_missed()
    now = told("T9", TODAY)
    assert (now["base"], now["cleared"], now["written_off"], now["paused"], now["open"]) == (2, 1, 1, 1, 1)
    act("reopen", items[0], keeper, on=TODAY, reason="收条系伪造", performed_yuan="0")
    act("correct", items[0], keeper, **entries(1))
    _no_item_was_missed()
    assert told("T9", TODAY).get("cleared") is None
    own = department(at="150621-ZRJ")
    reach = within_reach(bases()["backlog"], own, TODAY)
    assert told("T9", TODAY, reach=reach) == {}


def test_a_department_sees_the_joint_item_once(year: BacklogYear) -> None:
    keeper = liaison()
    verified(keeper, 1, joint_units=[unit("150621-ZRJ").pk])
    verified(keeper, 2)
    perform("backlog.take_snapshot", year, {"on": SNAPSHOT}, keeper, TODAY)
    own = department(at="150621-ZRJ")
    found = sheet(official_tables()["T9"], of_part(2026, 0, None, TODAY).span, None,
                  within_reach(bases()["backlog"], own, TODAY))  # fmt: skip
    assert found.values["base"] == 1
    assert [line.line.name for line in found.lines if line.values.get("base")] == [unit("150621-ZRJ").name]


def test_a_register_read_for_the_first_time_knows_its_items_since_that_day(year: BacklogYear) -> None:
    keeper = liaison()
    verified(keeper, 1)
    perform("backlog.take_snapshot", year, {"on": SNAPSHOT}, keeper, TODAY)
    KnownMark.objects.all().delete()
    assert rebuild(bases()["backlog"], TODAY)[0] == 4  # an item and what was paid of it, as a whole and in a line
    assert told("T9", TODAY)["base"] == 1


def test_pages_files_and_reports_of_every_table(year: BacklogYear, tmp_path: Path) -> None:
    suit = planned(**joint())
    held(suit, came=[standing_of(suit, "达拉特旗公安局")])
    suit.judge(date(2026, 8, 3), "annulled")
    Suggestion(RECEIVED, actor=suit.actor)
    verified(suit.actor, 1)
    perform("backlog.take_snapshot", year, {"on": SNAPSHOT}, suit.actor, TODAY)
    client = Client()
    client.force_login(suit.actor)
    listed = client.get("/indicators/tables/").content.decode()
    for code in CODES:
        assert f"/indicators/tables/{code}/" in listed
        page = client.get(f"/indicators/tables/{code}/?year=2026")
        assert page.status_code == 200, code
        column = official_tables()[code].heads[0].code
        rows = client.get(f"/indicators/tables/{code}/rows/?year=2026&column={column}")
        assert rows.status_code == 200
        changed = client.get(f"/indicators/tables/{code}/differences/?year=2026&column={column}&earlier=2026-11-01")
        assert changed.status_code == 200
        for form in ("xlsx", "pdf"):
            out = tmp_path / f"{code}.{form}"
            call_command("report", code, "--year", "2026", "--format", form, "-o", str(out))
            assert out.stat().st_size > 3000
        out = tmp_path / f"{code}.json"
        call_command("report", code, "--year", "2026", "-o", str(out))
        found = json.loads(out.read_text())
        assert (found["name"], found["broken"]) == (code, [])
    assert "无积案" in client.get("/indicators/tables/T9/?year=2025").content.decode()
    nine = json.loads((tmp_path / "T9.json").read_text())
    assert (nine["total"]["base"], nine["total"]["rate"]) == (1, "0.00 %")
    assert any("未达到" in one["text"] for one in nine["remarks"])
    assert "达积案" in client.get("/indicators/tables/T9/rows/?year=2026&column=base").content.decode()
