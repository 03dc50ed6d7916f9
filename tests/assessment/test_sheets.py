"""The yearly sheet of a unit: its numbers are those of the indicators, with their rows; objection, answer, freeze."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from docx import Document as WordFile

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput, NotVisible, WrongState
from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.assessment.causes.reading import findings
from casemgr.assessment.models import SheetObjection, UnitSheet
from casemgr.assessment.sheets.measures import measures
from casemgr.assessment.sheets.reading import read_units, restated
from casemgr.cases.models import Case, Deadline
from casemgr.documents.files import FileDamaged
from casemgr.indicators.definition import indicators
from casemgr.indicators.figures import table
from casemgr.indicators.period import year_of
from casemgr.indicators.rollup import refresh
from casemgr.notices.models import Notice
from casemgr.organisation.models import Unit
from casemgr.pages.clock import today as clock_today
from tests.litigation.test_performance import lost
from tests.reconsideration.test_aftermath import decided
from tests.support.assessment import Bureau, a_sheet, bureau, step
from tests.support.papers import an_office, pdf_text
from tests.support.register import OTHER, unit
from tests.support.upload_files import a_pdf

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2026, 12, 10)


@pytest.fixture
def people() -> Bureau:
    return bureau()


@pytest.fixture
def suits() -> list[Any]:
    """Two suits against the police bureau, one lost; one act corrected by reconsideration."""
    found = [lost("annulled"), lost("claim_rejected")]
    decided(an_office(), redo_is_ordered=False)
    refresh(list(Case.objects.values_list("pk", flat=True)))
    return found


def numbers(sheet: UnitSheet) -> dict[str, tuple[int, int]]:
    return {line.measure: (line.number, line.base) for line in sheet.lines.all()}


def test_a_sheet_says_what_the_indicators_say_in_the_unit_s_line(people: Bureau, suits: list[Any]) -> None:
    sheet = a_sheet(people.leader, TODAY)
    police, found = str(unit(OTHER).pk), numbers(sheet)
    assert set(found) == {one.code for one in measures()}
    for one in measures():
        read = table(indicators()[one.indicator], year_of(2026, TODAY), system_actor, TODAY)
        figure = next((line.figure for line in read.lines if line.key == police), None)
        hits, base = (figure.numerator, figure.denominator) if figure is not None else (0, 0)
        assert found[one.code] == (hits if one.part == "hit" else base - hits, base), one.code
    assert found["losses"] == (1, 2)
    assert found["corrected"] == (1, 1)
    assert found["late-answers"][1] == 2  # both suits were answered in time
    assert found["late-answers"][0] == 0
    for line in sheet.lines.all():
        assert line.entries.filter(is_named=True).count() == line.number
        assert line.entries.count() == line.base


def test_root_causes_count_what_the_sheet_and_the_rates_count(people: Bureau, suits: list[Any]) -> None:
    found = findings(system_actor, TODAY, date(2026, 1, 1), date(2026, 12, 31))
    both = ("litigation", "reconsideration")
    of = {source: {one.case_id for one in found if one.source == source} for source in both}
    sheet = numbers(a_sheet(people.leader, TODAY))
    assert {one.agency.key for one in found} == {f"u{unit(OTHER).pk}"}
    assert (len(of["litigation"]), len(of["reconsideration"])) == (sheet["losses"][0], sheet["corrected"][0])
    for source, code in zip(both, ("loss-rate", "direct-correction"), strict=True):
        rate = table(indicators()[code], year_of(2026, TODAY), system_actor, TODAY).total
        assert rate.numerator == len(of[source]), code


def test_late_answers_are_counted_at_the_agency_that_was_late(people: Bureau, suits: list[Any]) -> None:
    row = Deadline.objects.filter(rule="L-ANSWER").first()
    Deadline.objects.filter(pk=row.pk).update(status="met_late", met_on=row.due_on + 3 * DAY)
    refresh([row.case_id])
    assert numbers(a_sheet(people.leader, TODAY))["late-answers"] == (1, 2)


def test_a_unit_s_name_that_no_font_can_print_is_told_before_the_sheet_is_sent(
    people: Bureau, suits: list[Any]
) -> None:
    today = clock_today()
    sheet = perform("sheet.make", None, {"year": today.year, "unit": unit(OTHER).pk}, people.leader, today)
    Unit.objects.filter(pk=sheet.unit_id).update(name="达拉特旗\ue123局")
    client = Client()
    client.force_login(people.leader)
    sent = {"object_until": (today + DAY).isoformat(), "seen_version": sheet.version}
    answer = client.post(f"{sheet.get_absolute_url()}sheet.send/", sent)
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "（U+E123）" in told and "达拉特旗\ue123局" in told and "OFFICE_FONT_DIR" in told
    sheet.refresh_from_db()
    assert (sheet.state, sheet.papers.count(), sheet.lines.count()) == ("draft", 0, 0)
    Unit.objects.filter(pk=sheet.unit_id).update(name="达拉特旗公安局")
    step("sheet.send", sheet, people.leader, today, object_until=today)
    Unit.objects.filter(pk=sheet.unit_id).update(name="达拉特旗\ue123局")
    with pytest.raises(GuardRefused) as refused:
        step("sheet.freeze", sheet, people.leader, today + DAY)
    assert [one.code for one in refused.value.refusals] == ["missing-glyphs"]


def test_objection_answer_and_freeze_through_the_pages(people: Bureau, suits: list[Any]) -> None:
    today = clock_today()
    sheet = a_sheet(people.leader, today, until=today)
    client, other = Client(), Client()
    client.force_login(people.police)
    other.force_login(people.resources)
    address = sheet.get_absolute_url()
    assert client.get(address).status_code == 200
    assert other.get(address).status_code == 404
    assert Notice.objects.filter(recipient=people.police, kind="sheet_sent").exists()
    line = sheet.lines.get(measure="losses")
    rows = client.get(f"/assessment/sheets/rows/{line.pk}/").content.decode()
    assert suits[0].case.number in rows
    assert suits[1].case.number not in rows
    file = SimpleUploadedFile("说明.pdf", a_pdf(), "application/pdf")
    sent = {"line": line.pk, "text": "该案二审已改判", "files": file, "seen_version": sheet.version}
    unprintable = client.post(f"{address}sheet.object/", sent | {"text": "\U0001f600"}, follow=True)
    assert unprintable.status_code == 422
    assert "U+1F600" in unprintable.content.decode()
    file.seek(0)
    answer = client.post(f"{address}sheet.object/", sent, follow=True)
    assert "该案二审已改判" in answer.content.decode()
    objection = SheetObjection.objects.get()
    kept = objection.files.get()
    assert client.get(f"/assessment/files/{kept.pk}/").status_code == 200
    assert other.get(f"/assessment/files/{kept.pk}/").status_code == 404
    with pytest.raises(GuardRefused) as refused:
        step("sheet.freeze", sheet, people.leader, today)
    assert {one.code for one in refused.value.refusals} == {"objections-open", "objections-running"}
    said = {"objection": objection.pk, "verdict": "refused", "answer": "二审尚未宣判"}
    with pytest.raises(Forbidden):
        step("sheet.answer", sheet, people.police, today, **said)
    step("sheet.answer", sheet, people.leader, today, **said)
    with pytest.raises(GuardRefused):
        step("sheet.freeze", sheet, people.leader, today)
    step("sheet.freeze", sheet, people.leader, today + DAY)
    page = client.get(address).content.decode()
    assert "二审尚未宣判" in page
    pdf = client.get(f"{address}file/pdf/")
    assert "依法行政考核单" in pdf_text(pdf.content)
    word = WordFile(BytesIO(client.get(f"{address}file/docx/").content))
    assert any("败诉" in cell.text for row in word.tables[0].rows for cell in row.cells)
    with pytest.raises(WrongState):
        step("sheet.object", sheet, people.police, today + DAY, line=line.pk, text="再议")


def test_a_frozen_sheet_never_changes_and_is_restated_beside(people: Bureau, suits: list[Any]) -> None:
    sheet = a_sheet(people.leader, TODAY, until=TODAY)
    step("sheet.freeze", sheet, people.leader, TODAY + DAY)
    sheet = UnitSheet.objects.get()
    before = numbers(sheet)
    assert restated(sheet, TODAY + DAY) == {}
    ruling = suits[0].ruling
    ruling.outcome = "claim_rejected"
    ruling.save()
    refresh([suits[0].case.pk])
    assert numbers(UnitSheet.objects.get()) == before
    assert restated(sheet, TODAY + 5 * DAY) == {"losses": (0, 2)}
    assert sheet.lines.get(measure="losses").entries.filter(is_named=True).count() == 1


def test_what_the_unit_was_given_is_kept_byte_for_byte(people: Bureau, suits: list[Any]) -> None:
    """Sent and frozen, each as it was: a renamed unit or figure changes neither."""
    sheet = a_sheet(people.leader, TODAY, until=TODAY)
    client = Client()
    client.force_login(people.police)
    address = f"{sheet.get_absolute_url()}file/pdf/"
    sent = client.get(address).content
    assert "征求意见" in pdf_text(sent)
    line = sheet.lines.get(measure="losses")
    step("sheet.object", sheet, people.police, TODAY, line=line.pk, text="判决结果登记有误")
    answer = {"objection": SheetObjection.objects.get().pk, "verdict": "refused", "answer": "登记无误"}
    step("sheet.answer", sheet, people.leader, TODAY, **answer)
    step("sheet.freeze", sheet, people.leader, TODAY + DAY)
    frozen = client.get(address).content
    assert "登记无误" in pdf_text(frozen)
    Unit.objects.filter(pk=sheet.unit_id).update(name="达拉特旗公安分局")
    assert client.get(address).content == frozen
    assert client.get(f"{address}?sent").content == sent
    assert "PDF" in client.get(sheet.get_absolute_url()).content.decode()
    paper = sheet.papers.get(state="frozen")
    paper.sha256 = "0" * 64
    with pytest.raises(FileDamaged):
        paper.content("pdf")
    with pytest.raises(ValueError, match="kept"):
        paper.delete()


def test_a_sheet_names_the_indicator_whose_rate_it_tells(people: Bureau, suits: list[Any]) -> None:
    """Beside a count of misses a bare rate was read as the rate of the misses."""
    sheet = a_sheet(people.leader, TODAY)
    client = Client()
    client.force_login(people.police)
    page = client.get(sheet.get_absolute_url()).content.decode()
    paper = pdf_text(client.get(f"{sheet.get_absolute_url()}file/pdf/").content).replace("\n", "")
    with translation.override("zh-hans"):
        for line in sheet.lines.all():
            assert line.indicator_name in page
            assert line.indicator_name in paper


def test_what_was_put_right_after_an_objection_is_read_at_the_freeze(people: Bureau, suits: list[Any]) -> None:
    sheet = a_sheet(people.leader, TODAY, until=TODAY)
    line = sheet.lines.get(measure="losses")
    step("sheet.object", sheet, people.police, TODAY, line=line.pk, text="判决结果登记有误")
    answer = {"objection": SheetObjection.objects.get().pk, "verdict": "accepted", "answer": "已更正"}
    step("sheet.answer", sheet, people.leader, TODAY, **answer)
    ruling = suits[0].ruling
    ruling.outcome = "claim_rejected"
    ruling.save()
    refresh([suits[0].case.pk])
    step("sheet.freeze", sheet, people.leader, TODAY + DAY)
    line.refresh_from_db()
    assert (line.number, line.told_number, line.was_corrected) == (0, 1, True)


def test_a_draft_is_the_bureau_s_and_objections_end_with_their_day(people: Bureau) -> None:
    draft = perform("sheet.make", None, {"year": 2026, "unit": unit(OTHER).pk}, people.leader, TODAY)
    with pytest.raises(NotVisible):
        step("sheet.object", draft, people.police, TODAY, line=1, text="x")
    with pytest.raises(InvalidInput):
        perform("sheet.make", None, {"year": 2026, "unit": unit(OTHER).pk}, people.leader, TODAY)
    with pytest.raises(InvalidInput):
        step("sheet.send", draft, people.leader, TODAY, object_until=TODAY - DAY)
    step("sheet.send", draft, people.leader, TODAY, object_until=TODAY)
    line = draft.lines.first()
    with pytest.raises(GuardRefused):
        step("sheet.object", draft, people.police, TODAY + DAY, line=line.pk, text="x")
    assert all(number == (0, 0) for number in numbers(draft).values())


def test_all_units_are_read_together(people: Bureau, suits: list[Any], django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(10):
        found = read_units(2026, TODAY, TODAY)
    assert unit(OTHER).pk in found
