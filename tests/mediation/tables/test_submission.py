"""Town to bureau: blocking checks, zero reports, frozen months, corrections with the next month, pages and files."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput, WrongState
from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.cases.models import Event
from casemgr.indicators.further_reports import NoReport
from casemgr.organisation.models import Unit
from mediation.models import Correction, TableReturn
from mediation.tables import asking, export
from mediation.tables.counting import sheet
from mediation.tables.m1 import M1
from mediation.tables.months import Month, months_of
from mediation.tables.others import M4
from mediation.tables.publishing import published
from mediation.tables.reports import reports
from tests.support.papers import pdf_text
from tests.support.register import person
from tests.support.tables import body, closed, write

pytestmark = pytest.mark.django_db
MARCH, NEXT, LATER = date(2026, 3, 9), date(2026, 4, 2), date(2026, 5, 4)
TOWN = "150621100"


class Office:
    def __init__(self) -> None:
        self.town = Unit.objects.get(code=TOWN)
        self.other = Unit.objects.get(code="150621101")
        self.village = body("village", self.town)
        self.elsewhere = body("town", self.other)
        self.clerk = person("clerk", "town", at=TOWN, full_name="高娃")
        self.guide = person("guide", "guidance", at="150621-SFJ", full_name="白音")

    def submit(self, month: int = 3, today: date = NEXT, town: Unit | None = None, by=None, **sent) -> TableReturn:
        data = {"unit": (town or self.town).pk, "year": 2026, "month": str(month), **sent}
        return perform("table.submit", None, data, by or self.clerk, today)


@pytest.fixture
def bureau() -> Office:
    return Office()


def codes(refused: pytest.ExceptionInfo) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def test_a_month_is_submitted_accepted_and_stays(bureau: Office, django_assert_max_num_queries) -> None:
    cases = write([closed(bureau.village, MARCH) for _ in range(3)])
    returned = bureau.submit()
    assert (returned.state, returned.submitted_by, returned.is_zero) == ("SUBMITTED", "高娃", False)
    assert [line.values["total"] for line in returned.lines.all()] == [3]
    assert sorted(returned.rows.values_list("case_id", flat=True)) == sorted(case.pk for case in cases)
    perform("table.accept", returned, {"note": ""}, bureau.guide, NEXT)
    write([closed(bureau.village, MARCH)])  # entered late
    found = sheet(M1, [Month(2026, 3)], None, LATER)
    assert found.values["total"] == 3
    assert found.towns[0].submitted == returned


def test_the_bureau_does_not_accept_what_it_submitted_itself(bureau: Office) -> None:
    returned = bureau.submit(is_zero=True, by=bureau.guide)
    with pytest.raises(Forbidden):
        perform("table.accept", returned, {"note": ""}, bureau.guide, NEXT)


@pytest.mark.parametrize(("sent", "code"), [({}, "zero"), ({"is_zero": True}, None)])
def test_nothing_to_tell_is_said_explicitly(bureau: Office, sent: dict, code: str | None) -> None:
    if code is None:
        assert bureau.submit(**sent).is_zero
        return
    with pytest.raises(GuardRefused) as refused:
        bureau.submit(**sent)
    assert codes(refused) == [code]


def test_a_full_month_is_no_zero_report(bureau: Office) -> None:
    write([closed(bureau.village, MARCH)])
    with pytest.raises(GuardRefused) as refused:
        bureau.submit(is_zero=True)
    assert codes(refused) == ["not-zero"]


def test_broken_checks_keep_a_month_from_being_submitted(bureau: Office) -> None:
    """A committee that is not in the register of organisations has no body: the six do not give the cases in all."""
    stranger = Unit.objects.create(code="150621100-Z", name="无登记调委会", kind="committee", parent=bureau.town)
    write([closed(stranger, MARCH)])
    with pytest.raises(GuardRefused) as refused:
        bureau.submit()
    assert codes(refused) == ["check-bodies"]
    assert "无登记调委会" in str(refused.value.refusals[0].message)
    assert not TableReturn.objects.exists()


def test_a_warning_is_answered_and_then_no_obstacle(bureau: Office) -> None:
    write([closed(bureau.village, MARCH, people=1, other_side_unknown=True)])
    with pytest.raises(GuardRefused) as refused:
        bureau.submit()
    assert codes(refused) == ["warnings"]
    assert bureau.submit(warnings_noted="对方身份尚未查明。").warnings_noted


def test_a_month_is_over_only_at_the_end_of_its_last_day(bureau: Office) -> None:
    with pytest.raises(GuardRefused) as refused:
        bureau.submit(is_zero=True, today=date(2026, 3, 31))
    assert codes(refused) == ["not-over"]
    assert bureau.submit(is_zero=True, today=date(2026, 4, 1))


def test_a_month_is_submitted_once_and_only_for_the_own_town(bureau: Office) -> None:
    bureau.submit(is_zero=True)
    with pytest.raises(GuardRefused) as refused:
        bureau.submit(is_zero=True)
    assert codes(refused) == ["submitted"]
    with pytest.raises(InvalidInput):
        bureau.submit(is_zero=True, town=bureau.other)
    assert TableReturn.objects.count() == 1


def test_a_returned_month_is_open_again_and_counted_anew(bureau: Office) -> None:
    write([closed(bureau.village, MARCH)])
    returned = bureau.submit()
    returned = perform("table.return", returned, {"reason": "漏报一件。"}, bureau.guide, NEXT)
    write([closed(bureau.village, MARCH)])
    assert sheet(M1, [Month(2026, 3)], None, NEXT).values["total"] == 2
    again = perform("table.submit_again", returned, {}, bureau.clerk, NEXT)
    assert (again.state, again.lines.get().values["total"], again.rows.count()) == ("SUBMITTED", 2, 2)


def _move(unit: Unit, place: Unit) -> None:
    unit.parent = place
    unit.save()


def test_a_committee_that_moves_to_another_town_stays_in_the_months_its_first_town_told(bureau: Office) -> None:
    write([closed(bureau.village, MARCH), closed(bureau.village, date(2026, 4, 9))])
    returned = bureau.submit()
    _move(bureau.village, bureau.other)
    march, april = (sheet(M1, [Month(2026, month)], None, LATER) for month in (3, 4))
    assert {part.unit.code: part.values.get("total", 0) for part in march.towns} == {TOWN: 1, "150621101": 0}
    assert {part.unit.code: part.values.get("total", 0) for part in april.towns} == {"150621101": 1}
    neighbour = person("neighbour", "town", at="150621101", full_name="其木格")
    other = bureau.submit(town=bureau.other, by=neighbour, is_zero=True, today=LATER)
    assert [line.committee_id for line in other.lines.all()] == [bureau.elsewhere.pk]
    assert sheet(M1, [Month(2026, 3)], None, LATER).values["total"] == 1
    with pytest.raises(GuardRefused) as refused:
        perform("table.correct", returned, {"reason": "已划出"}, bureau.clerk, LATER)
    assert codes(refused) == ["no-difference"]


def test_the_successor_of_a_merged_town_submits_its_last_month_and_reports_its_committees(bureau: Office) -> None:
    write([closed(bureau.village, MARCH), closed(bureau.village, date(2026, 4, 9))])
    bureau.town.ended_on, bureau.town.successor = date(2026, 3, 31), bureau.other
    bureau.town.save()
    neighbour = person("neighbour", "town", at="150621101", full_name="其木格")
    assert bureau.submit(by=neighbour).lines.get().values["total"] == 1
    april = bureau.submit(4, LATER, town=bureau.other, by=neighbour)
    assert sum(line.values.get("total", 0) for line in april.lines.all()) == 1
    year = sheet(M1, months_of(2026), None, LATER)
    assert {part.unit.code: part.values.get("total", 0) for part in year.towns} == {TOWN: 1, "150621101": 1}


def test_late_entries_are_told_with_the_next_open_month_and_restate_the_year(bureau: Office) -> None:
    _kept, other = write([closed(bureau.village, MARCH), closed(bureau.village, MARCH, form="oral")])
    returned = bureau.submit()
    bureau.submit(4, LATER, is_zero=True)
    end = other.events.get(kind="closed")
    Event.objects.create(case=other, kind="struck", occurred_on=MARCH, sequence=99, corrects=end)
    write([closed(bureau.village, MARCH, amount_yuan="0.10") for _ in range(2)])
    perform("table.correct", returned, {"reason": "补录两件，一件误结案。"}, bureau.clerk, LATER)
    told = Correction.objects.get()
    assert (told.in_year, told.in_month, told.by, told.made_on) == (2026, 5, "高娃", LATER)
    assert told.differences["total"] == 1
    assert (told.differences["oral"], told.differences["written"], told.differences["amount"]) == (-1, 2, "0.20")
    year = months_of(2026)
    assert sheet(M1, year, None, LATER, restated=False).values["total"] == 2
    assert sheet(M1, year, None, LATER).values["total"] == 3
    assert [one.pk for one in sheet(M1, [Month(2026, 5)], None, LATER).corrections] == [told.pk]
    with pytest.raises(GuardRefused) as refused:
        perform("table.correct", returned, {"reason": "再次"}, bureau.clerk, LATER)
    assert codes(refused) == ["no-difference"]
    with pytest.raises(WrongState):
        perform("table.return", returned, {"reason": "退回"}, bureau.guide, LATER)


def test_funds_are_entered_and_struck(bureau: Office) -> None:
    sent = {"unit": bureau.town.pk, "on": MARCH, "guidance_yuan": "0.10", "subsidy_yuan": 0, "insurance_yuan": 0}
    entry = perform("table.record_funds", None, sent, bureau.clerk, NEXT)
    assert sheet(M4, [Month(2026, 3)], None, NEXT).values == {"guidance": Decimal("0.10")}
    perform("table.strike_entry", entry, {"reason": "重复"}, bureau.clerk, NEXT)
    assert sheet(M4, [Month(2026, 3)], None, NEXT).values == {}


def test_a_rule_cuts_no_submitted_month(bureau: Office) -> None:
    rule = {"effective_on": "2026-04-01", "cut_off_day": 25, "basis": "closed", "due_days": 5}
    perform("table.set_rule", None, rule, bureau.guide, MARCH)
    april = bureau.submit(4, LATER, is_zero=True)
    assert (april.first_on, april.last_on) == (date(2026, 4, 1), date(2026, 4, 25))
    with pytest.raises(GuardRefused) as refused:
        perform("table.set_rule", None, {**rule, "cut_off_day": 20}, bureau.guide, LATER)
    assert codes(refused) == ["submitted"]


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_number_opens_exactly_its_rows(bureau: Office, set_today) -> None:
    set_today(NEXT)
    write([closed(bureau.village, MARCH, form="oral"), closed(bureau.village, MARCH), closed(bureau.elsewhere, MARCH)])
    client = client_of(bureau.clerk)
    address = reverse("table_rows", args=["M-1"])
    for submitted in (False, True):
        if submitted:
            bureau.submit()
            write([closed(bureau.village, MARCH)])
        page = client.get(address, {"year": 2026, "month": 3, "column": "oral"})
        assert (page.status_code, page.context["count"], page.context["total"]) == (200, 1, "1")
        page = client.get(address, {"year": 2026, "month": 3, "column": "total"})
        assert page.context["count"] == 2  # the other town is out of reach
    assert client.get(address, {"year": "x"}).status_code == 200
    page = client.get(reverse("table_sheet", args=["M-1"]), {"year": 2026, "month": 3})
    assert [part["part"].unit for part in page.context["towns"]] == [bureau.town]
    assert client.get(reverse("table_sheet", args=["M-9"])).status_code == 404


def test_many_rows_come_on_pages(bureau: Office, set_today) -> None:
    set_today(NEXT)
    write([closed(bureau.village, MARCH) for _number in range(60)])
    client, seen = client_of(bureau.clerk), []
    address = reverse("table_rows", args=["M-1"]) + "?year=2026&month=3&column=total"
    for number, expected in (("1", 50), ("2", 10), ("9", 10), ("x", 50)):
        page = client.get(f"{address}&page={number}")
        assert (len(page.context["rows"]), page.context["count"], page.context["total"]) == (expected, 60, "60")
        seen.append({row.case.pk for row, _value in page.context["rows"]})
    assert seen[0].isdisjoint(seen[1]) and seen[1] == seen[2] and seen[0] == seen[3]
    first = client.get(address).content.decode()
    assert "page=2" in first and "column=total" in first


def test_a_table_is_published_for_the_whole_banner_without_small_counts_of_families(bureau: Office, set_today) -> None:
    """Dossier §6.6: one family dispute of one town is not told, nor what would give it away."""
    set_today(NEXT)
    write(
        [
            closed(bureau.village, MARCH, dispute_type="01"),
            *(closed(bureau.village, MARCH, dispute_type="02") for _number in range(4)),
            *(closed(bureau.elsewhere, MARCH, dispute_type=kind) for kind in ("01", "02") for _number in range(5)),
        ]
    )
    asked = {"year": 2026, "month": 3}
    address = reverse("table_file", args=["M-1", "published"])
    assert client_of(bureau.clerk).get(address, asked).status_code == 409
    client = client_of(bureau.guide)
    assert client.get(address, {**asked, "unit": bureau.town.pk}).status_code == 409
    answer = client.get(address, asked)
    assert answer.content.startswith(b"%PDF") and "M-1-2026-03-2026-03.published.pdf" in answer["Content-Disposition"]
    found = sheet(M1, [Month(2026, 3)], None, NEXT)
    kept_back = {unit: set(codes) for unit, codes in published(found).withheld.items() if codes}
    both = {"type_01", "type_02"}
    assert kept_back == {bureau.town.pk: both, bureau.other.pk: both}
    text = pdf_text(answer.content)
    assert text.count("*") == 4 + 1  # and the word on what it means
    assert "*" not in pdf_text(client.get(reverse("table_file", args=["M-1", "pdf"]), asked).content)
    page = client.get(reverse("table_sheet", args=["M-1"]), asked).content.decode()
    assert address in page
    assert address not in client_of(bureau.clerk).get(reverse("table_sheet", args=["M-1"]), asked).content.decode()


def test_the_banners_month_fits_on_three_pages(bureau: Office) -> None:
    """57 columns for the banner's fifteen towns and streets: it was twelve."""
    units = Unit.objects.filter(kind__in=("town", "street"), code__startswith="150621")
    write([closed(body("village", unit), MARCH) for unit in units])
    content = export.pdf(sheet(M1, [Month(2026, 3)], None, NEXT), "达拉特旗司法局")
    assert len(units) == 15 and len(PdfReader(BytesIO(content)).pages) <= 3


def test_the_list_shows_where_each_month_stands(bureau: Office, set_today) -> None:
    set_today(LATER)
    bureau.submit(is_zero=True)
    page = client_of(bureau.guide).get(reverse("table_list"), {"year": 2026})
    states = {town.code: [state.get("label", "") for state in cells] for town, cells in page.context["lines"]}
    tags = [bool(label) for label in states[TOWN][:6]]
    assert tags == [False, False, True, True, True, False]  # nobody owes months before the first one submitted
    assert str(states[TOWN][2]) == str(TableReturn.objects.get().get_state_display())
    assert states["150621101"][5] == ""


def test_a_year_of_too_many_open_months_is_not_counted_while_somebody_waits(
    bureau: Office, set_today, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_today(NEXT)
    write([closed(bureau.village, MARCH)])
    monkeypatch.setattr(asking, "MOST_COUNTED", 0)
    client, address = client_of(bureau.guide), reverse("table_sheet", args=["M-1"])
    page = client.get(address, {"year": "2026"})
    assert page.context["problem"] and page.context["asked"].month
    assert client.get(address, {"year": "2026", "month": "3"}).context["problem"] == ""
    assert client.get(reverse("table_file", args=["M-1", "xlsx"]), {"year": "2026"}).status_code == 409
    report = next(one for one in reports() if one.code == "M-1")
    with pytest.raises(NoReport):
        report.as_dict({"year": "2026"}, bureau.guide, NEXT)
    assert report.as_dict({"year": "2026"}, system_actor, NEXT)


def test_files_hold_the_table_and_its_rows(bureau: Office, set_today) -> None:
    set_today(NEXT)
    write([closed(bureau.village, MARCH, amount_yuan="12250.00")])  # half up, as on the printed sheet
    client = client_of(bureau.guide)
    asked = {"year": 2026, "month": 3}
    answer = client.get(reverse("table_file", args=["M-1", "xlsx"]), asked)
    book = load_workbook(BytesIO(answer.content))
    rows = list(book.worksheets[0].values)
    together = rows[-1]
    assert together[2] == 1 and float(together[6]) == 1.23
    assert len(list(book.worksheets[-1].values)) == 2
    printed = client.get(reverse("table_file", args=["M-1", "pdf"]), asked)
    assert printed.content.startswith(b"%PDF")


def test_the_report_command_gives_every_table(bureau: Office, set_today, tmp_path) -> None:
    set_today(NEXT)
    write([closed(bureau.village, MARCH)])
    for code in ("M-1", "M-2", "M-3", "M-4", "M-5", "M-6"):
        out = StringIO()
        call_command("report", code, year="2026", stdout=out)
        assert json.loads(out.getvalue())["name"] == code
    out = StringIO()
    call_command("report", "M-1", year="2026", month="3", json=True, stdout=out)
    assert json.loads(out.getvalue())["total"]["total"] == 1
    target = tmp_path / "m1.xlsx"
    call_command("report", "M-1", year="2026", quarter="1", format="xlsx", output=target)
    assert target.read_bytes().startswith(b"PK")
    with pytest.raises(CommandError):
        call_command("report", "M-1", year="26")


def test_the_other_tables_count_what_the_register_has(bureau: Office) -> None:
    from mediation.tables.organisations import M2, M3
    from mediation.tables.others import M5, M6

    trade = body("trade", bureau.town)
    write([closed(trade, MARCH, dispute_type="10", sub_type="1001", amount_yuan="100.00", risk_flags=["minor"])])
    perform("table.record_funds", None,
            {"unit": bureau.town.pk, "on": MARCH, "guidance_yuan": "10.05", "subsidy_yuan": 0, "insurance_yuan": 0},
            bureau.clerk, NEXT)  # fmt: skip
    year = months_of(2026)
    found = {one.code: dict(sheet(one, year, None, NEXT).values) for one in (M2, M3, M4, M5, M6)}
    assert (found["M-2"]["committees"], found["M-2"]["body_trade"]) == (3, 1)
    assert (found["M-3"]["organisations"], found["M-3"]["total"], str(found["M-3"]["amount"])) == (1, 1, "100.00")
    assert str(found["M-4"]["guidance"]) == "10.05"
    assert (found["M-6"]["wages_total"], found["M-6"]["minor_total"]) == (1, 1)
    assert "enterprise_total" not in found["M-6"]
    assert found["M-5"] == {}
