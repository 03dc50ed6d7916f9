import json
import logging
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemgr.audit.models import AccessLog
from casemgr.parties import crypto
from casemgr.parties.models import Party, PartyKey
from casemgr.parties.registry import PartyData, find_or_create
from casemgr.parties.rotation import rotate
from casemgr.parties.search import find
from casemgr.parties.snapshots import encrypt_snapshot, open_snapshot, snapshot_of

OLD, NEW = "k1:" + "11" * 32, "k2:" + "22" * 32


@given(st.binary(max_size=300), st.binary(min_size=16, max_size=16))
def test_what_is_encrypted_opens_only_with_its_key_and_place(plaintext, key):
    stored = crypto.encrypt(key, b"identity", plaintext)
    assert crypto.decrypt(key, b"identity", stored) == plaintext
    with pytest.raises(crypto.CannotOpen):
        crypto.decrypt(key, b"phone", stored)
    with pytest.raises(crypto.CannotOpen):
        crypto.decrypt(key, b"identity", stored[:-1] + bytes([stored[-1] ^ 1]))


@pytest.mark.parametrize("text", ["", "k1:abc", "k1", "k1:" + "zz" * 32, f"{OLD},{OLD}", "k 1:" + "11" * 32])
def test_wrong_field_keys_are_refused_at_once(text):
    with pytest.raises(ImproperlyConfigured):
        crypto.parse_field_keys(text)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(fields=st.dictionaries(st.text(min_size=1, max_size=10), st.text(max_size=40), max_size=5))
def test_snapshots_open_as_they_were_frozen(zhang, fields):
    assert open_snapshot(zhang, encrypt_snapshot(zhang, **fields)) == fields


@pytest.mark.django_db
def test_a_snapshot_belongs_to_one_party(zhang):
    stored = snapshot_of(zhang)
    assert open_snapshot(zhang, stored)["number"] == "150699198503120017"
    other = Party.objects.create(kind="person", name="王秀兰")
    with pytest.raises(crypto.CannotOpen):
        open_snapshot(other, stored)


@pytest.mark.django_db
def test_a_number_changed_by_somebody_else_is_opened_as_it_is_now(zhang_data, officer, today):
    party = find_or_create(zhang_data, officer, today)
    other = Party.objects.get(pk=party.pk)
    other.set_phone("13900000017")
    other.save()
    assert other.open_phone() == "13900000017"
    party.refresh_from_db()
    assert party.open_phone() == "13900000017"


@pytest.mark.django_db
def test_a_full_look_needs_a_reason_and_is_recorded(zhang, officer):
    with pytest.raises(ValidationError):
        zhang.full_number(officer, "  ")
    assert not AccessLog.objects.filter(kind="full_number_seen").exists()
    assert zhang.full_number(officer, "核对身份证") == "150699198503120017"
    assert zhang.full_phone(officer, "电话通知") == "13800000001"
    rows = AccessLog.objects.filter(kind="full_number_seen", subject_id=zhang.pk).order_by("pk")
    assert [(row.actor_id, row.reason) for row in rows] == [(officer.pk, "核对身份证"), (officer.pk, "电话通知")]


@pytest.mark.django_db
def test_rotated_field_keys_still_open_and_find(settings, officer, today):
    settings.FIELD_KEYS = OLD
    number = "150699197909080022"
    party = find_or_create(
        PartyData(kind="person", name="王秀兰", identity_kind="RID", identity_number=number, phone="13800000002"),
        officer,
        today,
    )
    settings.FIELD_KEYS = f"{NEW},{OLD}"
    assert Party.objects.get(pk=party.pk).open_number() == number
    assert find(number) == [party]

    history_before = party.history.count()
    assert rotate() == 1
    assert rotate() == 0
    settings.FIELD_KEYS = NEW
    fresh = Party.objects.get(pk=party.pk)
    assert (fresh.open_number(), fresh.open_phone()) == (number, "13800000002")
    assert find(number) == [party] and find("13800000002") == [party]
    assert party.history.count() == history_before
    assert PartyKey.objects.get(party=party).key_id == "k2"

    settings.FIELD_KEYS = OLD
    with pytest.raises(crypto.CannotOpen):
        Party.objects.get(pk=party.pk).open_number()


@pytest.mark.django_db
def test_erasing_the_key_erases_numbers_in_table_history_and_snapshots(zhang):
    snapshot = snapshot_of(zhang)
    zhang.key.delete()
    fresh = Party.objects.get(pk=zhang.pk)
    with pytest.raises(crypto.CannotOpen):
        fresh.open_number()
    with pytest.raises(crypto.CannotOpen):
        open_snapshot(fresh, snapshot)


@pytest.mark.django_db
def test_history_holds_the_ciphertext_and_never_the_blind_index(zhang):
    row = zhang.history.first()
    assert bytes(row.identity_cipher) == bytes(zhang.identity_cipher)
    columns = {column.name for column in zhang.history.model._meta.get_fields()}
    assert not columns & {"identity_index", "phone_index"}


@pytest.mark.django_db
def test_no_number_stands_in_clear_in_any_table_or_log(client, officer, zhang_data, today):
    log = StringIO()
    handler = logging.StreamHandler(log)
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.DEBUG)
    try:
        client.force_login(officer)
        typed = {
            "kind": "person",
            "name": "王秀兰",
            "identity_kind": "RID",
            "identity_number": "150699197909080022",
            "phone": "13800000002",
            "request_key": "a" * 32,
        }
        made = client.post("/parties/new/", typed, follow=True)
        party = Party.objects.get(name="王秀兰")
        client.post("/parties/", {"q": "150699197909080022"})
        client.post(f"/parties/{party.pk}/number/", {"what": "number", "reason": "核对"})
        client.post(f"/parties/{party.pk}/correct/", {"name": "王秀兰", "reason": "补录电话", "phone": "13800000003"})
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    assert made.status_code == 200
    everything = _whole_database() + log.getvalue()
    for number in ("150699197909080022", "13800000002", "13800000003"):
        assert number not in everything


def _whole_database() -> str:
    """Every value of every table, bytes as hex and as text."""
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    if isinstance(value, bytes | memoryview):
                        value = bytes(value).decode("latin-1")
                    parts.append(json.dumps(value, default=str, ensure_ascii=False))
    return "\n".join(parts)
