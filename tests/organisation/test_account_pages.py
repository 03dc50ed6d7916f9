"""Administrators keep units, users and roles; others cannot, and nobody goes beyond his reach."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput, WrongState
from casemgr.actions.perform import perform
from casemgr.audit.models import AccessLog
from casemgr.organisation.models import RoleAssignment, Unit, User
from casemgr.organisation.roles import ROLES
from casemgr.organisation.scope import scope

TODAY = date(2026, 11, 25)
pytestmark = pytest.mark.django_db


def person(username: str, role: str = "", code: str = "150621") -> User:
    user = User.objects.create(username=username, full_name="乌云其木格")
    if role:
        RoleAssignment.objects.create(user=user, role=role, unit=unit(code))
    return user


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


@pytest.fixture
def admin() -> User:
    return person("boss", "admin")


@pytest.fixture
def keeper(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client


ADDRESSES = ["/units/", "/units/new/", "/units/1/", "/units/1/close/", "/users/", "/users/new/", "/users/1/"]


@pytest.mark.parametrize("role", [code for code in ROLES if code != "admin"])
def test_pages_of_accounts_are_forbidden_to_all_others(client: Client, role: str) -> None:
    client.force_login(person("other", role))
    assert {client.get(address).status_code for address in ADDRESSES} == {403}
    assert client.post("/users/new/", {"username": "x", "full_name": "x"}).status_code == 403
    assert "/users/" not in client.get("/password/").content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_is_sent_to_log_in(client: Client, address: str) -> None:
    assert client.get(address).url.startswith("/login/")


def test_a_new_account_gets_a_password_that_is_shown_once(keeper: Client) -> None:
    form = {"username": "wangbaoyin", "full_name": "王宝音", "request_key": "k1"}
    answer = keeper.post("/users/new/", form)
    password = re.search(r"<code>(\w{4}-\w{4}-\w{4})</code>", answer.content.decode())[1]
    user = User.objects.get(username="wangbaoyin")
    assert user.must_change_password
    assert user.check_password(password)
    again = keeper.post("/users/new/", form)
    assert password not in again.content.decode()
    assert User.objects.filter(username="wangbaoyin").count() == 1
    assert AccessLog.objects.filter(kind="user_created", subject_id=user.pk).count() == 1
    row = user.history.get()
    assert (row.history_action, row.history_actor_name) == ("organisation.create_user", "乌云其木格")


@pytest.mark.parametrize("name", ["13800001234", "150621199001010019", "15062119900101001x", "a b", "boss", "BOSS"])
def test_bad_user_names_are_refused_and_nothing_typed_is_lost(keeper: Client, name: str) -> None:
    answer = keeper.post("/users/new/", {"username": name, "full_name": "王宝音"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert 'class="error-summary"' in text
    assert 'href="#id_username"' in text
    assert 'value="王宝音"' in text


def test_a_role_is_given_and_ended_with_history(keeper: Client) -> None:
    user, office = person("officer1"), unit("150621-SFJ-FY")
    keeper.post(f"/users/{user.pk}/roles/", {"role": "officer", "unit": office.pk, "until_on": "2099-12-31"})
    held = user.role_assignments.get()
    assert held.until_on == date(2099, 12, 31)
    answer = keeper.post(f"/users/{user.pk}/roles/", {"role": "officer", "unit": office.pk})
    assert answer.status_code == 422
    assert "已有此角色" in answer.content.decode()
    assert keeper.post(f"/roles/{held.pk}/end/", {"until_on": "2099-01-31", "reason": "调离"}).status_code == 302
    held.refresh_from_db()
    assert held.until_on == date(2099, 1, 31)
    assert [row.history_action for row in held.history.order_by("history_id")] == [
        "organisation.assign_role",
        "organisation.end_role",
    ]
    assert held.history.latest().history_change_reason == "调离"


def test_a_role_given_again_after_its_end_opens_it_again(admin: User) -> None:
    user, office = person("officer1"), unit("150621-SFJ-FY")
    RoleAssignment.objects.create(user=user, role="officer", unit=office, until_on=date(2026, 1, 31))
    perform("organisation.assign_role", user, {"role": "officer", "unit": office.pk}, admin, TODAY)
    held = user.role_assignments.get()
    assert (held.from_on, held.until_on) == (TODAY, None)


def test_nobody_gives_roles_to_himself(keeper: Client, admin: User) -> None:
    with pytest.raises(Forbidden):
        perform("organisation.assign_role", admin, {"role": "leader", "unit": unit("150621").pk}, admin, TODAY)
    assert keeper.post(f"/users/{admin.pk}/roles/", {"role": "leader"}).status_code == 403


def test_the_last_administrator_of_the_banner_stays(admin: User) -> None:
    held = admin.role_assignments.get()
    with pytest.raises(GuardRefused, match="最后一名系统管理员"):
        perform("organisation.end_role", held, {"until_on": "2026-11-25"}, admin, TODAY)
    person("boss2", "admin")
    perform("organisation.end_role", held, {"until_on": "2026-11-25"}, admin, TODAY)


def test_an_administrator_of_a_town_stays_within_it(client: Client) -> None:
    townkeeper = person("townkeeper", "admin", "150621100")
    inside, outside, leader = (
        person("m1", "mediator", "150621100"),
        person("m2", "mediator", "150621101"),
        person("boss3", "leader"),
    )
    RoleAssignment.objects.create(user=leader, role="town", unit=unit("150621100"))
    client.force_login(townkeeper)
    assert client.get(f"/users/{inside.pk}/").status_code == 200
    assert client.get(f"/users/{outside.pk}/").status_code == 404
    assert client.get(f"/units/{unit('150621101').pk}/").status_code == 404
    assert client.post(f"/users/{leader.pk}/password/").status_code == 403, "no account with more reach is taken over"
    with pytest.raises(InvalidInput):
        perform("organisation.assign_role", inside, {"role": "leader", "unit": unit("150621").pk}, townkeeper, TODAY)
    with pytest.raises(Forbidden):
        perform("organisation.end_unit", unit("150621101"), {}, townkeeper, TODAY)


def test_closing_an_account_needs_a_reason_and_keeps_the_person(keeper: Client) -> None:
    user = person("retired", "officer", "150621-SFJ-FY")
    assert keeper.post(f"/users/{user.pk}/account/", {}).status_code == 422
    assert keeper.post(f"/users/{user.pk}/account/", {"reason": "退休"}).status_code == 302
    user.refresh_from_db()
    assert not user.is_active
    log = AccessLog.objects.get(kind="account_closed")
    assert (log.subject_id, log.reason) == (user.pk, "退休")


def test_a_unit_is_added_renamed_and_moved(keeper: Client) -> None:
    government, bureau = unit("150621-ZF"), unit("150621-SFJ")
    form = {"code": "150621-DSJ", "name": "大数据局", "kind": "department", "parent": government.pk}
    assert keeper.post("/units/new/", form).status_code == 302
    assert keeper.post("/units/new/", form).status_code == 422
    new = unit("150621-DSJ")
    edit = {"name": "大数据中心", "kind": "institution", "parent": bureau.pk, "reason": "达机编〔2026〕3号"}
    assert keeper.post(f"/units/{new.pk}/change/", edit).status_code == 302
    new.refresh_from_db()
    assert (new.name, new.path) == ("大数据中心", f"{bureau.path}150621-DSJ/")
    assert new.history.latest().history_change_reason == "达机编〔2026〕3号"
    assert "大数据局" in keeper.get(f"/units/{new.pk}/").content.decode(), "the old name stays readable"


def test_a_unit_cannot_be_moved_below_itself(admin: User) -> None:
    bureau = unit("150621-SFJ")
    edit = {"name": bureau.name, "kind": bureau.kind, "parent": unit("150621-SFJ-FY").pk}
    with pytest.raises(InvalidInput, match="隶属"):
        perform("organisation.edit_unit", bureau, edit, admin, TODAY)


def test_after_a_reform_roles_pass_to_the_successor_the_day_after(admin: User) -> None:
    energy, reform = unit("150621-NYJ"), unit("150621-FGW")
    user = person("liaison1", "department", "150621-NYJ")
    data = {"ended_on": "2026-12-31", "successor": reform.pk, "reason": "机构改革"}
    perform("organisation.end_unit", energy, data, admin, TODAY)
    user = User.objects.get(pk=user.pk)
    assert scope(user, date(2026, 12, 31)).unit_ids("litigation") == {energy.pk}
    assert scope(user, date(2027, 1, 1)).unit_ids("litigation") == {energy.pk, reform.pk}
    with pytest.raises(WrongState):
        perform("organisation.end_unit", unit("150621-NYJ"), data, admin, TODAY)


def test_a_unit_with_open_units_below_is_not_closed(keeper: Client) -> None:
    bureau = unit("150621-SFJ")
    answer = keeper.post(f"/units/{bureau.pk}/close/", {"ended_on": "2026-12-31", "reason": "机构改革"})
    assert answer.status_code == 409
    assert "下级单位" in answer.content.decode()
    assert 'value="机构改革"' in answer.content.decode()


def test_successions_do_not_run_in_a_circle(admin: User) -> None:
    energy, reform = unit("150621-NYJ"), unit("150621-FGW")
    reform.successor = energy
    reform.save()
    with pytest.raises(InvalidInput, match="承继自己"):
        perform(
            "organisation.end_unit",
            energy,
            {"ended_on": "2026-12-31", "successor": reform.pk, "reason": "x"},
            admin,
            TODAY,
        )


def test_lists_filter_by_the_address_and_keep_to_their_budget(keeper: Client, django_assert_max_num_queries) -> None:
    for number in range(30):
        person(f"user{number:02}", "mediator", "150621100")
    with django_assert_max_num_queries(8):
        text = keeper.get("/users/?role=mediator").content.decode()
    assert text.count("user") > 25
    following = re.search(r'rel="next" href="([^"]+)"', text)[1].replace("&amp;", "&")
    assert "role=mediator" in following
    assert "user29" in keeper.get("/users/" + following).content.decode()
    assert "user05" not in keeper.get("/users/?q=user1&role=mediator").content.decode()
    with django_assert_max_num_queries(8):
        keeper.get("/units/")


def test_auditors_read_the_access_log_and_others_do_not(keeper: Client, client: Client) -> None:
    user = person("officer2", "officer", "150621-SFJ-FY")
    keeper.post(f"/users/{user.pk}/account/", {"reason": "退休"})
    client.force_login(person("auditor1", "auditor"))
    text = client.get("/access-log/?kind=account_closed").content.decode()
    assert "退休" in text
    assert "新增账号" not in re.findall(r"<tbody>.*</tbody>", text, re.DOTALL)[0]
    assert "没有符合条件" in client.get("/access-log/?until_on=2020-01-01").content.decode()
    assert "日期不存在" in client.get("/access-log/?until_on=2020-02-31").content.decode()
    client.force_login(person("officer3", "officer", "150621-SFJ-FY"))
    assert client.get("/access-log/").status_code == 403
    client.force_login(person("townauditor", "auditor", "150621100"))
    assert client.get("/access-log/").status_code == 403
