"""What people see of the figures: pages, drill-down to exactly the rows, targets, files, commands, the self-check."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from casemgr.actions.errors import Forbidden, InvalidInput
from casemgr.actions.perform import perform
from casemgr.audit.models import AccessLog
from casemgr.cases.models import CaseRecusal
from casemgr.indicators.definition import indicators, kept
from casemgr.indicators.models import CountedRow, RollUp, SelfCheck, Target
from casemgr.indicators.rollup import counted_rows, kept_rows, refresh
from casemgr.indicators.selfcheck import check
from casemgr.jobs.runner import enqueue, run_job
from casemgr.notices.models import Notice
from casemgr.pages.clock import today as clock_today
from tests.support.register import OTHER, person, queries, received_case, record

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def office() -> dict[str, Any]:
    """Thirty cases of the office and four of another unit; every third was accepted a day late."""
    today = clock_today()
    officer = person("li", "officer", full_name="李志强")
    made = []
    for number in range(34):
        received_on = today - (60 + number) * DAY
        case = received_case(received_on, today, handler=officer, at=OTHER if number >= 30 else "150621-SFJ-FY")
        record(case, today, ("accepted", received_on + (20 if number % 3 == 0 else 1) * DAY), state="ACCEPTED")
        made.append(case)
    refresh([case.pk for case in made])
    return {
        "officer": officer,
        "leader": person("yun", "leader", at="150621", full_name="云巴特尔"),
        "stranger": person("stranger", "officer", at=OTHER, full_name="外人"),
        "admin": person("boss", "admin", at="150621", full_name="苏日娜"),
        "cases": made,
        "first": received_on,
        "today": today,
    }


def as_(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def span(office: dict[str, Any]) -> str:
    """From the first case to today, also over a turn of the year."""
    return f"year={office['today'].year}&from={office['first'].isoformat()}&to={office['today'].isoformat()}"


def numbers_of(client: Client, address: str) -> list[str]:
    """Every case number of a list, page after page."""
    found: list[str] = []
    while address:
        text = client.get(address).content.decode()
        found += re.findall(r'<td class="no">(.*?)</td>', text)
        more = re.search(r'href="(\?[^"]*after=[^"]*)"', text)
        address = address.split("?")[0] + more[1].replace("&amp;", "&") if more else ""
    return found


def test_each_number_leads_to_exactly_the_rows_it_counts(client: Client, office: Any) -> None:
    leader = as_(client, office["leader"])
    for code in ("on-time", "load"):
        page = leader.get(f"/indicators/{code}/?{span(office)}")
        lines = [*page.context["lines"], page.context["total"]]
        for line in lines:
            counts = {"hit": line.figure.numerator, "opened": line.figure.opened, "closed": line.figure.closed}
            counts |= {"counted": line.figure.denominator, "missed": line.figure.denominator - line.figure.numerator}
            for part, address in line.links.items():
                assert len(numbers_of(leader, address)) == counts[part], (code, line.label, part)
    missed = numbers_of(leader, f"/indicators/on-time/rows/?{span(office)}&part=missed&rule=R-ACC")
    assert sorted(missed) == sorted(case.number for number, case in enumerate(office["cases"]) if number % 3 == 0)


def test_figures_and_rows_end_where_the_person_s_reach_ends(client: Client, office: Any) -> None:
    stranger = as_(client, office["stranger"])
    page = stranger.get(f"/indicators/load/?{span(office)}")
    assert page.context["found"].total.numerator == 4
    listed = numbers_of(stranger, f"/indicators/load/rows/?{span(office)}&part=hit&unit={office['cases'][0].unit_id}")
    assert listed == []
    own = numbers_of(stranger, f"/indicators/load/rows/?{span(office)}&part=hit")
    assert sorted(own) == sorted(case.number for case in office["cases"][30:])
    assert as_(client, person("mediator", "mediator")).get("/indicators/sixty-days/").status_code == 404


def test_a_recused_person_is_told_of_the_row_that_is_not_listed(client: Client, office: Any) -> None:
    CaseRecusal.objects.create(case=office["cases"][30], user=office["stranger"], reason="亲属")
    answer = as_(client, office["stranger"]).get(f"/indicators/load/rows/?{span(office)}&part=hit")
    assert answer.context["hidden"] == 1
    assert office["cases"][30].number not in answer.content.decode()


def test_pages_cost_the_same_for_few_and_for_many_rows(client: Client, office: Any) -> None:
    leader = as_(client, office["leader"])
    many, _answer = queries(leader, f"/indicators/load/rows/?{span(office)}")
    few, _answer = queries(leader, f"/indicators/load/rows/?{span(office)}&unit={office['cases'][33].unit_id}")
    assert many == few <= 16
    for address in ("/indicators/", "/indicators/on-time/"):
        cost, _answer = queries(leader, address)
        assert cost <= 24


def test_every_number_of_the_overview_leads_to_its_rows(client: Client, office: Any) -> None:
    leader = as_(client, office["leader"])
    overview = leader.get("/indicators/")
    for found, links in overview.context["tables"]:
        part = "hit" if "hit" in links else "counted"
        assert f'href="{links[part].replace("&", "&amp;")}"' in overview.text
        listed = leader.get(links[part]).context["page"]
        assert bool(len(listed)) == bool(found.total.numerator if part == "hit" else found.total.denominator)


UNREADABLE = "year=abc year=99999 from=2026-02-30 from=2026-05-01&to=2026-04-01 as_of=2099-01-01 as_of=x by=moon unit=x"


@pytest.mark.parametrize("query", [*UNREADABLE.split(), "unit=99999999999999999999", "officer=%00"])
def test_an_address_that_cannot_be_read_says_why(client: Client, office: Any, query: str) -> None:
    for page in ("/indicators/", "/indicators/on-time/", "/indicators/on-time/rows/", "/indicators/load/export/"):
        answer = as_(client, office["leader"]).get(f"{page}?{query}")
        assert answer.status_code in (200, 302, 400)
        if page == "/indicators/on-time/" and "by" not in query and "unit" not in query and "officer" not in query:
            assert 'role="alert"' in answer.content.decode()


def test_the_excel_file_holds_the_table_its_formula_and_the_rows(client: Client, office: Any) -> None:
    answer = as_(client, office["leader"]).get(f"/indicators/on-time/export/?{span(office)}&by=rule")
    book = load_workbook(BytesIO(answer.content))
    sheet, listed = book.worksheets
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    formula = str(indicators()["on-time"].formula)
    assert any(formula[:30] in str(cell) for cell in cells)
    page = client.get(f"/indicators/on-time/?{span(office)}")
    total = page.context["found"].total
    assert list(sheet.iter_rows(values_only=True))[-1][1:3] == (total.numerator, total.denominator)
    assert listed.max_row == total.denominator + 1
    assert AccessLog.objects.filter(kind="figures_exported").count() == 1


def test_a_target_is_set_by_a_leader_and_keeps_its_history(client: Client, office: Any) -> None:
    today = office["today"]
    data = {"indicator": "on-time", "year": today.year, "value": "98", "reason": "旗委办〔2026〕3号"}
    leader = as_(client, office["leader"])
    assert leader.post("/indicators/targets/", data).status_code == 302
    assert leader.post("/indicators/targets/", {**data, "value": "99.5"}).status_code == 302
    target = Target.objects.get()
    assert (target.value, target.by_on, target.version) == (99.5, date(today.year, 12, 31), 2)
    assert [str(row.value) for row in target.history.order_by("history_id")] == ["98.00", "99.50"]
    assert target.history.latest().history_change_reason == "旗委办〔2026〕3号"
    page = leader.get(f"/indicators/on-time/?year={today.year}").content.decode()
    assert "99.50 %" in page
    assert as_(client, office["officer"]).post("/indicators/targets/", data).status_code == 403
    with pytest.raises(Forbidden):
        perform("indicators.set_target", None, data, office["officer"], today)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"value": "101"}, "value"), ({"value": "0"}, "value"), ({"by_on": "2020-01-01"}, "by_on"),
     ({"reason": ""}, "reason"), ({"indicator": "luck"}, "indicator"), ({"year": "12"}, "year")],
)  # fmt: skip
def test_a_target_that_cannot_be_is_refused_at_its_field(office: Any, changes: dict, field: str) -> None:
    data = {"indicator": "on-time", "year": 2026, "value": "98", "reason": "年度方案"} | changes
    with pytest.raises(InvalidInput) as caught:
        perform("indicators.set_target", None, data, office["leader"], office["today"])
    assert field in caught.value.form.errors


def report(*arguments: str) -> Any:
    out = StringIO()
    call_command("report", *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_the_report_command_gives_the_keys_of_the_interface(office: Any, tmp_path: Any) -> None:
    year = str(office["today"].year)
    Target.objects.create(indicator="on-time", year=int(year), value=98, by_on=date(int(year), 12, 31))
    found = report("on-time", "--year", year, "--by", "rule")
    assert {"numerator", "denominator", "rate", "target", "reached", "needed", "formula", "as_of"} <= found.keys()
    assert found["as_of"] == office["today"].isoformat()
    assert found["target"] == 98
    assert sum(line["denominator"] for line in found["lines"]) == found["denominator"]
    before = report("on-time", "--year", year, "--as-of", "1999-12-31")
    assert (before["denominator"], before["rate"], before["reached"]) == (0, None, None)
    load = report("load", "--year", year)
    assert (load["numerator"], load["denominator"], load["rate"]) == (34, 1, 34.0)


@pytest.mark.parametrize("form", ["xlsx", "pdf"])
def test_the_report_command_writes_files(office: Any, tmp_path: Any, form: str) -> None:
    path = tmp_path / f"figure.{form}"
    call_command("report", "on-time", "--year", str(office["today"].year), "--format", form, "-o", str(path))
    if form == "pdf":
        text = "".join(page.extract_text() for page in PdfReader(path).pages)
        assert str(office["today"].year) in text
    else:
        assert len(load_workbook(path).worksheets) == 2


@pytest.mark.parametrize(
    "arguments", ["luck --year 2026", "load --year x", "load --year 2026 --by rule", "load --year 2026 --format pdf"]
)
def test_the_report_command_refuses_with_one_line(office: Any, arguments: str) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("report", *arguments.split(), stdout=StringIO())
    assert caught.value.returncode == 2
    assert "\n" not in str(caught.value)


def break_it(office: Any) -> None:
    accepting = CountedRow.objects.filter(indicator="on-time", rule="R-ACC")
    accepting.filter(case=office["cases"][0]).delete()
    accepting.filter(case=office["cases"][1]).update(on=date(2020, 1, 1))


def test_the_self_check_reports_a_difference_and_puts_it_right(client: Client, office: Any) -> None:
    person("auditor", "auditor", at="150621")
    assert check(indicators()["on-time"]).is_sound
    break_it(office)
    found = check(indicators()["on-time"])
    assert not found.is_sound
    assert found.cases == sorted(case.pk for case in office["cases"][:2])
    assert (found.missing, found.surplus) == (2, 1)
    assert set(counted_rows(indicators()["on-time"])) == set(kept_rows(indicators()["on-time"]))
    told = Notice.objects.filter(kind="indicator_differs")
    assert {notice.recipient.username for notice in told} == {"boss", "auditor"}
    page = as_(client, office["admin"]).get("/indicators/self-check/").content.decode()
    assert str(office["cases"][0].pk) in page


def test_the_nightly_job_checks_every_figure_and_builds_what_is_new(office: Any) -> None:
    RollUp.objects.filter(indicator="load").delete()
    CountedRow.objects.filter(indicator="load").delete()
    break_it(office)
    job = run_job(enqueue("check_indicators").pk)
    assert job.status == "done", job.error
    assert job.result == {"indicators": len(kept()), "differing": 1}
    assert SelfCheck.objects.filter(indicator__in=kept()).count() == len(kept())
    assert CountedRow.objects.filter(indicator="load").count() == 34


def test_the_command_builds_anew_and_checks(office: Any) -> None:
    break_it(office)
    out = StringIO()
    call_command("rebuild_indicators", "--json", "--check", "on-time", stdout=out)
    assert json.loads(out.getvalue())["on-time"]["missing"] == 2
    CountedRow.objects.all().delete()
    call_command("rebuild_indicators", stdout=StringIO())
    assert CountedRow.objects.filter(indicator="load").count() == 34
    with pytest.raises(CommandError):
        call_command("rebuild_indicators", "luck", stdout=StringIO())
