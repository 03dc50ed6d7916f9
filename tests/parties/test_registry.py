from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from casemgr.actions import perform
from casemgr.actions.errors import InvalidInput
from casemgr.parties.models import Party
from casemgr.parties.registry import PartyData, find_or_create

pytestmark = pytest.mark.django_db


def test_sex_and_birth_come_from_the_number(zhang):
    assert (zhang.sex, zhang.birth_on) == ("M", date(1985, 3, 12))


def test_the_same_number_is_the_same_party(zhang, zhang_data, officer, today):
    again = replace(zhang_data, identity_number="１５０６９９198503120017", phone="")
    assert find_or_create(again, officer, today) == zhang


def test_another_name_for_a_known_number_is_refused_and_says_why(zhang, zhang_data, officer, today):
    with pytest.raises(ValidationError) as refusal:
        find_or_create(replace(zhang_data, name="王秀兰"), officer, today)
    assert "张**" in refusal.value.message_dict["name"][0]
    assert Party.objects.filter(name="王秀兰").count() == 0


def test_a_recorded_former_name_finds_the_party(zhang, zhang_data, officer, today):
    zhang.other_names.create(kind="former", name="张建军")
    assert find_or_create(replace(zhang_data, name="张建军"), officer, today) == zhang


def test_same_name_without_number_is_a_new_party(zhang, officer, today):
    data = PartyData(kind="person", name="张建国", identity_kind="NONE", identity_note="拒不提供")
    assert find_or_create(data, officer, today) != zhang


def test_a_chosen_party_is_taken_as_it_is(zhang, officer, today):
    assert find_or_create(PartyData(kind="person", name="", known_party=zhang.pk), officer, today) == zhang
    with pytest.raises(ValidationError):
        find_or_create(PartyData(kind="person", name="", known_party=10**9), officer, today)


def test_the_database_itself_refuses_a_second_record_of_a_number(zhang, today):
    twin = Party(kind="person", name="张建国")
    twin.set_number("RID", "150699198503120017", today)
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"identity_number": "150699198503120010"}, "identity_number"),
        ({"identity_number": "150699202701010010"}, "identity_number"),
        ({"identity_number": ""}, "identity_number"),
        ({"identity_kind": ""}, "identity_kind"),
        ({"identity_kind": "NONE", "identity_number": ""}, "identity_note"),
        ({"phone": "12345"}, "phone"),
        ({"identity_kind": "USCC", "identity_number": "91150621FAKE00013E"}, "identity_kind"),
        ({"birth_on": date(1985, 3, 13)}, "birth_on"),
        ({"name": " \u200b "}, "name"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(zhang_data, officer, today, change, field):
    with pytest.raises(ValidationError) as refusal:
        find_or_create(replace(zhang_data, **change), officer, today)
    assert list(refusal.value.message_dict) == [field]
    assert not Party.objects.filter(name="张建国").exists()


def test_an_old_number_is_kept_as_it_is(officer, today):
    data = PartyData(kind="person", name="张建国", identity_kind="RID", identity_number="150699850312001")
    party = find_or_create(data, officer, today)
    assert party.open_number() == "150699850312001"
    assert (party.sex, party.birth_on) == ("M", date(1985, 3, 12))


def test_register_asks_about_a_likely_double_then_accepts_another_person(zhang, officer, today):
    typed = {
        "kind": "person",
        "name": "张建国",
        "identity_kind": "NONE",
        "identity_note": "未带证件",
        "birth_on": "1985-03-12",
        "phone": "13800000001",
    }
    with pytest.raises(InvalidInput) as refusal:
        perform.perform("party.register", None, typed, officer, today)
    assert [match.level for match in refusal.value.form.matches] == ["LIKELY"]
    other = perform.perform("party.register", None, typed | {"is_another": "on"}, officer, today)
    assert other != zhang
    chosen = perform.perform("party.register", None, typed | {"known_party": zhang.pk}, officer, today)
    assert chosen == zhang


def test_an_irregular_organisation_code_is_only_mentioned(officer, today):
    typed = {
        "kind": "organisation",
        "name": "达拉特旗蓝天商贸有限公司",
        "identity_kind": "USCC",
        "identity_number": "91150621FAKE00014H",
    }
    party = perform.perform("party.register", None, typed, officer, today)
    assert party.open_number() == "91150621FAKE00014H"
    assert party.sex == ""


def test_correction_keeps_number_and_old_name_and_says_why_in_history(zhang, officer, today):
    typed = {"name": "张建军", "address": "新址", "reason": "户口簿更名", "keep_former_name": "on"}
    party = perform.perform("party.correct", zhang, typed, officer, today, version=1)
    assert (party.name, party.address, party.open_number()) == ("张建军", "新址", "150699198503120017")
    assert [other.name for other in party.other_names.all()] == ["张建国"]
    latest = party.history.first()
    assert (latest.history_change_reason, latest.history_action) == ("户口簿更名", "party.correct")
    assert latest.history_actor_name == officer.full_name


def test_correction_refuses_a_number_that_is_another_partys(zhang, officer, today):
    data = PartyData(kind="person", name="王秀兰", identity_kind="RID", identity_number="150699197909080022")
    wang = find_or_create(data, officer, today)
    typed = {
        "name": "王秀兰",
        "identity_kind": "RID",
        "identity_number": "150699198503120017",
        "reason": "证件号码录错",
    }
    with pytest.raises(InvalidInput) as refusal:
        perform.perform("party.correct", wang, typed, officer, today)
    assert list(refusal.value.form.errors) == ["identity_number"]


def test_a_merged_record_answers_through_its_survivor(zhang, officer, today):
    double = Party.objects.create(kind="person", name="张建国", merged_into=zhang)
    assert double.survivor() == zhang
    assert find_or_create(PartyData(kind="person", name="", known_party=double.pk), officer, today) == zhang


@pytest.mark.parametrize(
    ("kind", "name", "number", "document"),
    [
        ("person", "张建国", "150699198503120017", "RID"),
        ("person", "陈大文", "810000198503120010", "HMT"),
        ("person", "Smith", "915840198503120013", "FPR"),
        ("organisation", "蓝天商贸有限公司", "91150621FAKE00013E", "USCC"),
    ],
)
def test_the_document_is_told_by_its_number(officer, today, kind, name, number, document):
    typed = {"kind": kind, "name": name, "identity_number": number}
    assert perform.perform("party.register", None, typed, officer, today).identity_kind == document


@pytest.mark.django_db(transaction=True)
def test_rivals_who_enter_one_person_at_once_get_one_party(zhang_data, officer, today):
    def enter(_: int) -> int:
        try:
            return find_or_create(zhang_data, officer, today).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as rivals:
        ids = set(rivals.map(enter, range(8)))
    assert len(ids) == 1
    assert Party.objects.filter(name="张建国").count() == 1
