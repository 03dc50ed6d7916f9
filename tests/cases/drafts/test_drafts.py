"""A registration saves itself: encrypted, for its author alone, until it is registered or a month has passed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casemgr.cases.drafts import keeping
from casemgr.cases.models import Case, RegistrationDraft
from casemgr.operation.schedule import run_drafts
from casemgr.organisation import field_keys
from tests.support.mediation import mediator
from tests.support.register import applicant

pytestmark = pytest.mark.django_db
SAVE = "/drafts/mediation.register/save/"
NUMBER = "150699198503120017"
TYPED = {
    "request_key": "k1",
    "people-0-role": "applicant",
    "people-0-name": "王宝音",
    "people-0-identity_number": NUMBER,
    "people-1-role": "respondent",
    "people-1-name": "李四",
    "dispute_type": "02",
    "place": "新民村",
    "summary": "因宅基地",
}


@pytest.fixture
def worker():
    return mediator()


@pytest.fixture
def client(worker) -> Client:
    client = Client()
    client.force_login(worker)
    return client


def test_what_was_typed_is_there_again_and_listed_as_a_draft(client) -> None:
    answer = client.post(SAVE, TYPED)
    assert answer.json()["text"].startswith("草稿已保存 ")
    client.post(SAVE, TYPED | {"summary": "因宅基地边界争执"})
    home = client.get(reverse("worklist")).content.decode()
    assert "王宝音、李四：因宅基地边界争执" in home
    page = client.get("/mediation/register/?draft=k1").content.decode()
    assert 'value="k1"' in page and NUMBER in page and "因宅基地边界争执" in page
    assert "error-summary" not in page
    assert RegistrationDraft.objects.count() == 1


def test_no_number_lies_in_clear(client) -> None:
    client.post(SAVE, TYPED)
    with connection.cursor() as cursor:
        cursor.execute("select body, wrapped_key from cases_registrationdraft")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    assert NUMBER.encode() not in stored and "王宝音".encode() not in stored


def test_a_draft_is_its_authors_alone(client) -> None:
    client.post(SAVE, TYPED)
    other = Client()
    other.force_login(mediator("mediator-2"))
    assert "王宝音" not in other.get("/mediation/register/?draft=k1").content.decode()
    assert "王宝音" not in other.get(reverse("worklist")).content.decode()
    pk = RegistrationDraft.objects.get().pk
    assert other.post(reverse("draft_discard", args=[pk])).status_code == 404
    assert client.post(reverse("draft_discard", args=[pk])).status_code == 302
    assert not RegistrationDraft.objects.exists()


def test_registering_ends_the_draft_and_a_late_saving_makes_none(client) -> None:
    client.post(SAVE, TYPED)
    assert client.post("/mediation/register/", TYPED).status_code == 302
    case = Case.objects.get()
    assert not RegistrationDraft.objects.exists()
    late = client.post(SAVE, TYPED)
    assert (late.status_code, late.json()["url"]) == (409, case.get_absolute_url())
    assert not RegistrationDraft.objects.exists()
    assert client.get("/mediation/register/?draft=k1")["Location"] == case.get_absolute_url()


def test_the_same_key_sent_again_registers_once_even_when_something_was_changed(client) -> None:
    first, again = (client.post("/mediation/register/", TYPED) for _ in range(2))
    assert first["Location"] == again["Location"]
    changed = client.post("/mediation/register/", TYPED | {"place": "另一处"})
    assert changed.status_code == 409 and Case.objects.get().number in changed.content.decode()
    assert "另一处" in changed.content.decode()


def test_a_rotation_of_the_field_keys_reaches_drafts(client, worker, settings) -> None:
    client.post(SAVE, TYPED)
    settings.FIELD_KEYS = "new:" + "ab" * 32 + "," + settings.FIELD_KEYS
    assert field_keys.rewrap() >= 1
    settings.FIELD_KEYS = "new:" + "ab" * 32
    assert keeping.open_draft(worker, "mediation.register", "k1")["place"] == "新民村"


def test_what_nobody_went_on_with_is_gone_after_a_month(client, settings) -> None:
    client.post(SAVE, TYPED)
    old = timezone.now() - timedelta(days=settings.DRAFTS_KEPT_DAYS - 1)
    RegistrationDraft.objects.update(saved_at=old)
    assert run_drafts(None) == {"removed": 0}
    RegistrationDraft.objects.update(saved_at=old - timedelta(days=2))
    assert run_drafts(None) == {"removed": 1}
    assert "这份草稿已不在" in client.get("/mediation/register/?draft=k1").content.decode()


def test_the_list_names_the_last_day_of_a_draft_and_the_settings_decide_it(client, settings) -> None:
    settings.DRAFTS_KEPT_DAYS = 10
    client.post(SAVE, TYPED)
    RegistrationDraft.objects.update(saved_at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    home = client.get(reverse("worklist")).content.decode()
    assert "11月29日" in home and "10日" in home
    assert keeping.purge(datetime(2026, 11, 29, 23, tzinfo=UTC)) == 0
    assert keeping.purge(datetime(2026, 11, 30, 13, tzinfo=UTC)) == 1


def test_a_draft_too_many_is_refused_and_none_is_dropped_for_it(client, settings) -> None:
    settings.DRAFTS_KEPT = 2
    for number in (1, 2):
        assert client.post(SAVE, TYPED | {"request_key": f"k{number}"}).status_code == 200
    answer = client.post(SAVE, TYPED | {"request_key": "k3"})
    told = answer.json()
    assert (answer.status_code, told["url"]) == (422, reverse("worklist")) and "2份草稿" in told["error"]
    assert client.post(SAVE, TYPED | {"request_key": "k1", "place": "另一处"}).status_code == 200
    assert client.get(reverse("worklist")).content.decode().count("?draft=k") == 2
    # one that is registered, or discarded, makes room; another person has room of its own
    assert client.post("/mediation/register/", TYPED | {"request_key": "k2"}).status_code == 302
    assert client.post(SAVE, TYPED | {"request_key": "k3"}).status_code == 200
    other = Client()
    other.force_login(mediator("mediator-2"))
    assert other.post(SAVE, TYPED | {"request_key": "k3"}).status_code == 200


def test_a_draft_that_cannot_be_opened_is_listed_to_be_discarded(client) -> None:
    client.post(SAVE, TYPED)
    RegistrationDraft.objects.update(body=b"\0" * 40)
    home = client.get(reverse("worklist")).content.decode()
    assert "这份草稿已无法打开" in home and "?draft=k1" not in home
    client.post(reverse("draft_discard", args=[RegistrationDraft.objects.get().pk]))
    assert not RegistrationDraft.objects.exists()


def test_many_drafts_ask_no_more_than_one(client) -> None:
    parties = [applicant(f"王{name}") for name in "甲乙丙丁"]
    chosen = [TYPED | {"request_key": f"k{at}", "people-0-known_party": str(one.pk)} for at, one in enumerate(parties)]
    client.post(SAVE, chosen[0])
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("worklist"))
    for typed in chosen[1:]:
        client.post(SAVE, typed)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("worklist"))
    assert len(many) <= len(few)


def test_too_much_is_said_not_cut_off(client) -> None:
    answer = client.post(SAVE, TYPED | {"summary": "长" * 80_000})
    assert answer.status_code == 413 and not RegistrationDraft.objects.exists()


def test_the_list_of_drafts_shows_no_more_of_a_party_than_the_look_up(client) -> None:
    """A draft is saved with whatever id it is sent: it must not tell the name of a party of somebody else's case."""
    stranger = applicant("呼和巴特尔")
    client.post(SAVE, TYPED | {"people-0-name": "", "people-0-known_party": str(stranger.pk)})
    home = client.get(reverse("worklist")).content.decode()
    assert "李四：因宅基地" in home and "呼和巴特尔" not in home


def test_the_list_of_drafts_shows_no_number(client) -> None:
    client.post(SAVE, TYPED | {"people-0-name": NUMBER, "summary": f"证件号{NUMBER}的当事人"})
    home = client.get(reverse("worklist")).content.decode()
    assert "李四" in home and NUMBER not in home
