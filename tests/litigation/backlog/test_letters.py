"""Letters that press units: drafted from the register, approved by another, sent by a person, proposed by a ladder."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput, WrongState
from casemgr.actions.perform import perform
from casemgr.documents.files import FileDamaged
from litigation.backlog.letters.escalation import due
from litigation.backlog.letters.text import definition_of
from litigation.models import BacklogYear, UnitLetter
from tests.litigation.backlog.test_items import SNAPSHOT, TODAY, act, keeper, unit, verified, year
from tests.support.litigation import department
from tests.support.register import person

pytestmark = pytest.mark.django_db
__all__ = ["keeper", "year"]


@pytest.fixture
def base(keeper: Any, year: BacklogYear) -> BacklogYear:
    """Two open items of the police bureau, one of the natural resources bureau that a court has stopped."""
    for serial in (1, 2):
        verified(keeper, serial)
    stopped = verified(keeper, 3, unit=unit("150621-ZRJ").pk)
    year = perform("backlog.take_snapshot", year, {"on": SNAPSHOT}, keeper, TODAY)
    act("pause", stopped, keeper, on=TODAY, reason="裁定再审", court_paper="（2026）内行申9号裁定")
    return year


def drafted(year: BacklogYear, actor: Any, **changes: Any) -> UnitLetter:
    sent = {"year": year.pk, "unit": unit().pk, "matter": "backlog", "kind": "letter", **changes}
    return perform("unit_letter.draft", None, sent, actor, TODAY)


def step(name: str, letter: UnitLetter, actor: Any, /, **data: Any) -> UnitLetter:
    return perform(f"unit_letter.{name}", UnitLetter.objects.get(pk=letter.pk), data, actor, TODAY)


def words(letter: UnitLetter) -> str:
    return "".join(section.text for section in definition_of(letter, TODAY).sections)


def test_a_letter_says_what_the_register_says_and_goes_its_way(keeper, base):
    leader, own = person("letter-leader", "leader", at="150621-SFJ"), department()
    letter = drafted(base, keeper, answer_by=date(2026, 12, 10))
    assert [row["number"] for row in letter.facts["rows"]] == ["（2025）内0621行初1号", "（2025）内0621行初2号"]
    said = words(letter)
    for told in (
        "列入底数2件，已销号0件",
        "尚未履行2件，未履行金额合计40000.00元",
        "2026年12月10日前",
        "2026年12月31日前化解98%",
    ):
        assert told in said
    assert not UnitLetter.objects.visible_to(own, TODAY).exists()  # a draft is the bureau's
    with pytest.raises(Forbidden):
        step("approve", letter, keeper)
    with pytest.raises(WrongState):
        step("send", letter, keeper, sent_how="公文平台")
    step("approve", letter, leader)
    letter = step("send", letter, keeper, sent_how="公文平台")
    assert (str(letter), letter.sent_on) == ("达司督〔2026〕1号", TODAY)
    assert letter.content("pdf").startswith(b"%PDF") and letter.content("docx").startswith(b"PK")
    with pytest.raises(WrongState):
        step("edit", letter, keeper, demands="改")
    client = Client()
    client.force_login(own)
    assert client.get(f"{letter.get_absolute_url()}file/").content == letter.content("pdf")
    step("record_answer", letter, own, on=TODAY, answer="已落实资金")
    assert UnitLetter.objects.get().state == "answered"
    client.force_login(department(at="150621-ZRJ"))
    assert client.get(f"{letter.get_absolute_url()}file/").status_code == 404
    letter.sha256 = "0" * 64
    with pytest.raises(FileDamaged):
        letter.content("pdf")


def test_nobody_is_pressed_for_nothing_nor_for_what_a_court_stopped(keeper, base):
    with pytest.raises(InvalidInput) as refused:
        drafted(base, keeper, unit=unit("150621-ZRJ").pk)
    assert "unit" in refused.value.form.errors
    with pytest.raises(InvalidInput):
        drafted(base, keeper, matter="absence")
    with pytest.raises(InvalidInput) as refused:
        drafted(base, keeper, kind="interview")
    assert "meeting" in refused.value.form.errors


def test_a_sign_no_font_can_print_is_told_before_an_approved_letter_is_sent(keeper, base):
    letter = drafted(base, keeper)
    step("approve", letter, person("letter-leader", "leader", at="150621-SFJ"))
    UnitLetter.objects.filter(pk=letter.pk).update(demands="请\ue123立即履行。")
    with pytest.raises(GuardRefused) as refused:
        step("send", letter, keeper, sent_how="公文平台")
    assert "“\ue123”（U+E123），见“请\ue123立即履行。”" in str(refused.value)
    letter.refresh_from_db()
    assert (letter.state, letter.number, letter.file) == ("approved", None, "")


def test_the_ladder_proposes_the_hardest_step_reached_and_sends_nothing(keeper, base):
    def found(on: date) -> list[tuple[str, str, int]]:
        return [(one.unit.code, one.kind, one.count) for one in due(base, keeper, on)]

    assert found(base.target_on - timedelta(days=61)) == []
    assert found(base.target_on - timedelta(days=60)) == [("150621-GAJ", "reminder", 2)]
    assert found(base.target_on - timedelta(days=30)) == [("150621-GAJ", "letter", 2)]
    assert found(base.target_on - timedelta(days=15)) == [("150621-GAJ", "interview", 2)]
    assert not UnitLetter.objects.exists()
    letter = drafted(base, keeper)
    assert found(base.target_on - timedelta(days=30)) == []
    assert found(base.target_on - timedelta(days=15)) == [("150621-GAJ", "interview", 2)]
    step("withdraw", letter, keeper, on=TODAY, reason="该单位已付款")
    assert found(base.target_on - timedelta(days=30)) == [("150621-GAJ", "letter", 2)]


def test_the_ladder_is_the_year_s_own(keeper, base):
    perform("backlog.set_ladder", base, {"letter_overdue": 3}, keeper, TODAY)
    assert [(one.kind, one.trigger, one.threshold) for one in base.ladder.all()] == [("letter", "overdue", 3)]
    items = base.entries.order_by("pk")
    act("plan", items[0].item, keeper, leader="李局长", finish_on=TODAY - timedelta(days=3), text="限期支付")
    (one,) = due(base, keeper, TODAY)
    assert (one.kind, one.count) == ("letter", 1)
    client = Client()
    client.force_login(keeper)
    page = client.get("/litigation/backlog/letters/?year=2026").content.decode()
    address = f"/litigation/backlog/items/?year=2026&amp;set=pressed&amp;late=3&amp;unit={one.unit.pk}"
    assert f'href="{address}">1</a>' in page
    assert client.get(address.replace("&amp;", "&")).content.decode().count("内0621行初") == 1
    new = f"/litigation/backlog/letters/new/?year=2026&unit={one.unit.pk}&matter=backlog&kind=letter"
    assert client.get(new).status_code == 200
    assert client.get("/litigation/backlog/?year=2026").status_code == 200


def test_form_and_ledger_are_printed_of_what_one_may_see(keeper, base):
    item = base.entries.order_by("pk")[0].item
    client = Client()
    client.force_login(keeper)
    sheet = f"/litigation/backlog/items/{item.pk}/sheet/"
    assert client.get(sheet).content.startswith(b"%PDF")
    assert client.get(f"{sheet}?format=docx").content.startswith(b"PK")
    assert client.get("/litigation/backlog/ledger/pdf/?year=2026").content.startswith(b"%PDF")
    assert client.get(f"/litigation/backlog/ledger/xlsx/?year=2026&unit={unit().pk}").content.startswith(b"PK")
    client.force_login(department(at="150621-ZRJ"))
    assert client.get(sheet).status_code == 404
    assert client.get("/litigation/backlog/ledger/pdf/?year=2026").status_code == 200
