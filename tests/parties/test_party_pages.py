import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casemgr.audit.models import AccessLog
from casemgr.parties.models import Party

pytestmark = pytest.mark.django_db
NUMBER = "150699198503120017"


def test_a_page_of_the_registry_needs_a_role(client, make_user):
    client.force_login(make_user("nobody", None, "150621"))
    assert client.get("/parties/").status_code == 403


def test_search_shows_masked_numbers_and_full_names_inside_the_scope(client, officer, zhang):
    client.force_login(officer)
    page = client.get("/parties/", {"q": "建国"}).content.decode()
    assert "张建国" in page and "1506**********0017" in page and NUMBER not in page


def test_outside_the_scope_a_person_is_only_known_to_exist(client, outsider, zhang):
    client.force_login(outsider)
    for page in (client.get("/parties/", {"q": "建国"}), client.get(f"/parties/{zhang.pk}/")):
        text = page.content.decode()
        assert "张**" in text and "张建国" not in text and "12号" not in text and "1985" not in text
    assert client.post(f"/parties/{zhang.pk}/number/", {"what": "number", "reason": "好奇"}).status_code == 403
    assert client.get(f"/parties/{zhang.pk}/correct/").status_code == 403
    assert not AccessLog.objects.filter(kind="full_number_seen").exists()


def test_a_minor_outside_the_scope_has_no_name(client, outsider, officer, zhang_data):
    child = Party(kind="person", name="王小明", registered_by=zhang_data and None)
    child.set_number("HKB", "15069920181124012X")
    child.birth_on = "2018-11-24"
    child.save()
    client.force_login(outsider)
    text = client.get(f"/parties/{child.pk}/").content.decode()
    assert "王" not in text.split("<main")[1]


def test_a_number_is_searched_by_post_and_never_put_into_an_address(client, officer, zhang):
    client.force_login(officer)
    posted = client.post("/parties/", {"q": NUMBER})
    assert posted.status_code == 200 and "张建国" in posted.content.decode() and NUMBER not in posted.content.decode()
    named = client.post("/parties/", {"q": "建国"})
    assert named.status_code == 302 and named.url.startswith("/parties/?q=")
    in_address = client.get("/parties/", {"q": NUMBER}, follow=True).content.decode()
    assert "张建国" not in in_address and NUMBER not in in_address


def test_opening_a_party_is_recorded_and_not_cached(client, officer, zhang):
    client.force_login(officer)
    page = client.get(f"/parties/{zhang.pk}/")
    assert AccessLog.objects.filter(kind="party_opened", subject_id=zhang.pk, actor_id=officer.pk).count() == 1
    assert "no-store" in page.headers["Cache-Control"]


def test_the_full_number_is_shown_once_with_a_reason(client, officer, zhang):
    client.force_login(officer)
    refused = client.post(f"/parties/{zhang.pk}/number/", {"what": "number", "reason": ""})
    assert refused.status_code == 422 and NUMBER not in refused.content.decode()
    shown = client.post(f"/parties/{zhang.pk}/number/", {"what": "number", "reason": "核对身份证"})
    assert NUMBER in shown.content.decode()
    assert NUMBER not in client.get(f"/parties/{zhang.pk}/").content.decode()
    log = AccessLog.objects.get(kind="full_number_seen")
    assert (log.reason, log.subject_id) == ("核对身份证", zhang.pk)


def test_registering_shows_what_is_wrong_and_keeps_what_was_typed(client, officer, zhang):
    client.force_login(officer)
    typed = {"kind": "person", "name": "张建国", "identity_kind": "RID", "identity_number": "150699198503120010"}
    page = client.post("/parties/new/", typed)
    text = page.content.decode()
    assert page.status_code == 422 and 'href="#id_identity_number"' in text and 'value="张建国"' in text


def test_similar_parties_appear_while_registering(client, officer, zhang):
    client.force_login(officer)
    typed = {
        "prefix": "p0",
        "p0-kind": "person",
        "p0-name": "张建国",
        "p0-phone": "13800000001",
        "p0-birth_on": "1985-03-12",
    }
    text = client.post("/parties/similar/", typed, headers={"HX-Request": "true"}).content.decode()
    assert f'name="p0-known_party" value="{zhang.pk}"' in text and "1506**********0017" in text


def test_lookup_answers_as_fragment_and_as_json(client, outsider, zhang):
    client.force_login(outsider)
    fragment = client.post("/parties/lookup/", {"q": NUMBER, "prefix": "p0"}).content.decode()
    assert "张**" in fragment and f'value="{zhang.pk}"' in fragment and "张建国" not in fragment
    items = client.get("/parties/lookup/", {"q": "建国", "format": "json"}).json()["items"]
    assert [item["masked_number"] for item in items if item["id"] == zhang.pk] == ["1506**********0017"]
    assert client.get("/parties/lookup/", {"q": NUMBER, "format": "json"}).json() == {"items": []}


def test_a_stale_correction_is_told_and_writes_nothing(client, officer, zhang):
    typed = {"name": "张建国", "reason": "地址录错", "seen_version": "1"}
    client.force_login(officer)
    client.post(f"/parties/{zhang.pk}/correct/", typed | {"address": "甲"})
    page = client.post(f"/parties/{zhang.pk}/correct/", typed | {"address": "乙"})
    zhang.refresh_from_db()
    assert page.status_code == 409 and zhang.address == "甲" and "乙" in page.content.decode()


def test_a_list_of_hits_costs_the_same_whatever_its_length(client, officer):
    client.force_login(officer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/parties/", {"q": "苏和"})
        return len(captured)

    Party.objects.create(kind="person", name="苏和甲")
    client.get("/parties/", {"q": "苏和"})
    few = queries()
    for c in "乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥":
        Party.objects.create(kind="person", name=f"苏和{c}")
    assert queries() == few


def test_an_old_id_of_a_merged_party_leads_to_the_survivor(client, officer, zhang):
    double = Party.objects.create(kind="person", name="张建国", merged_into=zhang)
    client.force_login(officer)
    assert client.get(f"/parties/{double.pk}/").url == f"/parties/{zhang.pk}/"


@pytest.mark.parametrize("role", ["auditor", "leader", "archive", "panel"])
def test_who_only_watches_reads_a_record_and_changes_nothing(client, make_user, zhang, role):
    client.force_login(make_user("watcher", role, "150621-SFJ"))
    page = client.get(f"/parties/{zhang.pk}/").content.decode()
    assert zhang.name in page
    for step in ("correct", "merge", "split"):
        assert f"/parties/{zhang.pk}/{step}/" not in page
        assert client.post(f"/parties/{zhang.pk}/{step}/", {"reason": "因为"}).status_code == 403
    assert "/parties/new/" not in client.get("/parties/").content.decode()
    assert client.post("/parties/new/", {"kind": "person", "name": "某人"}).status_code == 403
