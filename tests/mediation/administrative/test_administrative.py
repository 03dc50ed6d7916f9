"""Departments' mediations: light records, linked with the dispute's line, counted by themselves."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from casemgr.actions.errors import ActionError, Forbidden, InvalidInput, NotVisible
from casemgr.actions.perform import perform
from casemgr.pages.clock import today as clock_today
from mediation.administrative import figures
from mediation.administrative.forms import RecordForm, ResultForm
from mediation.models import AdministrativeMediation
from tests.support.api import Program
from tests.support.mediation import dispute
from tests.support.mediation import mediator as a_mediator
from tests.support.register import person, unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
ORGAN = "150621-ZRJ"


@pytest.fixture
def liaison():
    return person("zrj", "department", at=ORGAN)


def enter(by, **data) -> AdministrativeMediation:
    sent = {
        "organ": unit(ORGAN).pk,
        "matter": "land",
        "subject_text": "两户草牧场界线争议",
        "parties": "王宝音、李四",
        "people": 2,
        "town": unit("150621100").pk,
        "begun_on": "2026-11-10",
    }
    return perform("administrative.enter", None, sent | data, by, TODAY)


def refused(name, record, sent, by) -> set[str]:
    with pytest.raises(ActionError) as caught:
        perform(name, record, sent, by, TODAY)
    return {refusal.field or refusal.code for refusal in caught.value.refusals}


def test_a_liaison_enters_for_the_own_organ_only(liaison) -> None:
    record = enter(liaison)
    assert str(record) == "达行调〔2026〕1号" and record.mediation_kind == "administrative"
    with pytest.raises(ActionError):
        enter(liaison, organ=unit("150621-GAJ").pk)
    stranger = person("gaj", "department", at="150621-GAJ")
    sent = {"on": "2026-11-20", "result": "agreed"}
    with pytest.raises((NotVisible, Forbidden)):
        perform("administrative.enter_result", record, sent, stranger, TODAY)
    with pytest.raises(Forbidden):
        enter(a_mediator())


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({"on": "2026-11-09", "result": "agreed"}, {"on", "agreed_on"}),
        ({"on": "2026-11-20", "result": "failed"}, {"next_step"}),
        ({"on": "2026-11-20", "result": "ended", "agreement_number": "1号"}, {"result"}),
        ({"on": "2026-11-24", "result": "agreed"}, {"on"}),
    ],
)
def test_the_result_must_fit(liaison, sent, fields) -> None:
    assert refused("administrative.enter_result", enter(liaison), sent, liaison) == fields


def test_it_joins_the_line_of_the_dispute_and_is_counted_apart(client, liaison) -> None:
    handler = a_mediator()
    case = dispute(date(2026, 11, 12), TODAY, handler=handler)
    record = enter(liaison)
    sent = {"on": "2026-11-20", "result": "agreed", "agreement_number": "自然资调2026-3"}
    record = perform("administrative.enter_result", record, sent, liaison, TODAY)
    assert record.agreed_on == date(2026, 11, 20)
    # the liaison does not see the case; whoever handles it links it from there
    assert refused("administrative.link", record, {"number": case.number}, liaison) == {"number"}
    client.force_login(handler)
    assert client.get(record.get_absolute_url()).status_code == 404
    perform("mediation.link_administrative", case, {"record": str(record)}, handler, TODAY)
    assert str(record) in client.get(case.get_absolute_url()).content.decode()
    assert case.number in client.get(record.get_absolute_url()).content.decode()
    client.force_login(liaison)
    page = client.get(record.get_absolute_url()).content.decode()
    assert case.number not in page and "王宝音、李四" in page
    span = (unit("150621"), date(2026, 11, 1), date(2026, 11, 30))
    assert figures.by_kind(*span) == {"people": 1, "administrative": 1, "judicial": 0}
    assert figures.administrative(unit("150621100"), *span[1:]).count() == 1
    assert figures.administrative(unit("150621101"), *span[1:]).count() == 0
    perform("administrative.strike", record, {"on": TODAY.isoformat(), "reason": "重复录入"}, liaison, TODAY)
    assert figures.by_kind(*span)["administrative"] == 0


@pytest.mark.parametrize("parties", ["呼和、乌云", "王宝音图、李四平与王宝"])
def test_counting_through_the_numbers_opens_no_other_record(client, liaison, parties: str) -> None:
    """A mediator with one case must not read every department's record by linking one number after the other, nor by
    a case whose party bears a piece of every name."""
    handler = a_mediator()
    case = dispute(date(2026, 11, 12), TODAY, handler=handler)
    record = enter(liaison, parties=parties)
    with pytest.raises(InvalidInput) as caught:
        perform("mediation.link_administrative", case, {"record": str(record)}, handler, TODAY)
    assert set(caught.value.form.errors) == {"record"}
    client.force_login(handler)
    assert client.get(record.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("parties", ["王宝音与张三", "张三和李四", "王宝音、张三", "王宝音（新民村）；张三"])
def test_a_party_named_in_whole_is_found_however_the_names_are_written(liaison, parties: str) -> None:
    handler = a_mediator()
    case = dispute(date(2026, 11, 12), TODAY, handler=handler)
    record = enter(liaison, parties=parties)
    perform("mediation.link_administrative", case, {"record": str(record)}, handler, TODAY)
    assert record.links.get().case_id == case.pk


def test_pages_and_api_keep_to_the_scope(client, liaison) -> None:
    record = enter(liaison, begun_on=clock_today().isoformat()) if clock_today() <= TODAY else enter(liaison)
    stranger, bureau = person("gaj", "department", at="150621-GAJ"), person("section", "guidance", at="150621")
    for who, sees in ((liaison, True), (stranger, False), (bureau, True)):
        client.force_login(who)
        assert (str(record) in client.get(reverse("administrative_list")).content.decode()) is sees
        assert client.get(record.get_absolute_url()).status_code == (200 if sees else 404)
        assert Program(who).get(f"/administrative-mediations/{record.pk}").status_code == (200 if sees else 404)
    client.force_login(person("officer-x", "officer"))
    assert client.get(reverse("administrative_list")).status_code == 403
    client.force_login(liaison)
    assert client.get(reverse("administrative_new")).status_code == 200
    answer = client.get(reverse("administrative_action", args=[record.pk, "administrative.correct"]))
    assert "两户草牧场界线争议" in answer.content.decode()


def test_matter_and_result_are_chosen_and_never_the_first_of_a_list() -> None:
    for form in (RecordForm, ResultForm):
        fields = [field for field in form.base_fields.values() if hasattr(field, "choices")]
        chosen = [field for field in fields if field.required and not hasattr(field, "queryset")]
        assert chosen and all(next(iter(field.choices))[0] == "" for field in chosen)
