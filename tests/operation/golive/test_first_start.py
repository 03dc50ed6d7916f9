"""An empty installation lets in whoever holds the one-time word printed on the server, once; nobody else ever."""

from __future__ import annotations

import io
import json
import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casemgr.actions.errors import Forbidden, GuardRefused
from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.audit.models import AccessLog
from casemgr.operation.first_start.token import VALID, new_token
from casemgr.operation.models import FirstStartToken
from casemgr.organisation.models import OfficeParticulars, RoleAssignment, User
from casemgr.organisation.office import forget
from casemgr.pages.clock import today
from tests.support.register import person

pytestmark = pytest.mark.django_db
PASSWORD = "Ordos-2026-grassland"
FORM = {
    "office_name": "达拉特旗司法局",
    "full_name": "苏日娜",
    "username": "surina",
    "password": PASSWORD,
    "password_again": PASSWORD,
}


@pytest.fixture(autouse=True)
def _no_name_kept():
    yield
    forget()


def page(token: str) -> str:
    return reverse("first_start", args=[token])


class TestPage:
    def test_the_holder_of_the_word_becomes_administrator_and_sees_what_is_left(self, client: Client) -> None:
        address = page(new_token())
        assert client.get(address).status_code == 200
        answer = client.post(address, FORM)
        assert (answer.status_code, answer.url) == (302, reverse("go_live"))
        user = User.objects.get()
        assert user.check_password(PASSWORD)
        assert not user.must_change_password
        assert [(held.role, held.unit.code) for held in RoleAssignment.objects.all()] == [("admin", "150621")]
        assert OfficeParticulars.objects.get().name == "达拉特旗司法局"
        assert client.get(answer.url).status_code == 200  # logged in
        assert set(AccessLog.objects.values_list("kind", flat=True)) == {"first_start", "factor_rule_changed", "log_in"}
        assert user.history.earliest().history_action == "organisation.first_start"
        assert FirstStartToken.objects.count() == 0

    def test_the_word_works_once(self, client: Client) -> None:
        address = page(new_token())
        client.post(address, FORM)
        other = Client()
        assert other.get(address).status_code == 404
        assert other.post(address, {**FORM, "username": "intruder"}).status_code == 404
        assert User.objects.count() == 1

    @pytest.mark.parametrize("word", ["", "x", "unknown", "A" * 43, "%00", "中文"])
    def test_without_the_word_there_is_no_such_page(self, client: Client, word: str) -> None:
        new_token()
        address = f"/first-start/{word}/" if word else "/first-start/"
        assert client.get(address).status_code in (400, 404)
        assert client.post(address, FORM).status_code in (400, 404)
        assert not User.objects.exists()

    def test_a_new_word_closes_the_former(self, client: Client) -> None:
        former = new_token()
        assert client.get(page(new_token())).status_code == 200
        assert client.get(page(former)).status_code == 404

    def test_after_a_day_the_word_is_worth_nothing(self, client: Client) -> None:
        token = new_token()
        FirstStartToken.objects.update(made_at=timezone.now() - VALID - timedelta(seconds=1))
        assert client.get(page(token)).status_code == 404

    def test_with_an_account_there_is_neither_word_nor_page(self, client: Client) -> None:
        token = new_token()
        person("somebody")
        assert client.get(page(token)).status_code == 404
        assert client.post(page(token), FORM).status_code == 404
        assert new_token() == ""
        assert User.objects.count() == 1

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"password": "short", "password_again": "short"}, "password"),
            ({"password_again": "something-else-2026"}, "password_again"),
            ({"username": "13800001234"}, "username"),
            ({"office_name": ""}, "office_name"),
        ],
    )
    def test_a_faulty_form_comes_back_and_opens_nothing(self, client: Client, changed: dict, field: str) -> None:
        answer = client.post(page(new_token()), {**FORM, **changed})
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert PASSWORD not in answer.content.decode()
        assert not User.objects.exists()

    def test_the_log_in_page_says_where_the_link_is_while_nobody_can_log_in(self, client: Client) -> None:
        client.cookies["django_language"] = "en"
        assert "first_start --link" in client.get("/login/").content.decode()
        person("somebody")
        assert "first_start" not in client.get("/login/").content.decode()

    def test_the_word_is_kept_nowhere(self) -> None:
        token = new_token()
        assert token not in str(list(FirstStartToken.objects.values()))


class TestAction:
    def test_nobody_performs_it_but_the_system_and_only_once(self) -> None:
        perform("organisation.first_start", None, FORM, system_actor, today())
        with pytest.raises(GuardRefused):
            perform("organisation.first_start", None, {**FORM, "username": "second"}, system_actor, today())
        with pytest.raises(Forbidden):
            perform("organisation.first_start", None, FORM, User.objects.get(), today())


class TestCommand:
    def run(self, *options: str) -> dict:
        out = io.StringIO()
        call_command("first_start", "--json", *options, stdout=out)
        return json.loads(out.getvalue())

    def test_by_options_a_password_is_made_and_must_be_changed(self) -> None:
        told = self.run("--username", "surina", "--full-name", "苏日娜", "--office-name", "达拉特旗司法局")
        user = User.objects.get()
        assert user.check_password(told["temporary_password"])
        assert user.must_change_password

    def test_by_environment(self, monkeypatch) -> None:
        monkeypatch.setenv("FIRST_USERNAME", "surina")
        monkeypatch.setenv("FIRST_FULL_NAME", "苏日娜")
        monkeypatch.setenv("FIRST_ADMIN_PASSWORD", PASSWORD)
        assert self.run() == {"username": "surina", "temporary_password": None}
        assert User.objects.get().check_password(PASSWORD)
        assert User.objects.get().must_change_password

    def test_what_is_missing_is_named(self) -> None:
        with pytest.raises(CommandError, match="username"):
            self.run("--full-name", "苏日娜")

    def test_a_link_opens_the_page(self, client: Client) -> None:
        assert client.get(self.run("--link")["path"]).status_code == 200

    def test_an_installation_in_use_is_left_alone(self) -> None:
        person("somebody")
        for options in (("--link",), ("--username", "intruder", "--full-name", "外人")):
            with pytest.raises(CommandError):
                self.run(*options)
        assert User.objects.count() == 1


@pytest.mark.rivals
@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_gets_in() -> None:
    address, start, answers = page(new_token()), threading.Barrier(8), []

    def enter(number: int) -> None:
        try:
            start.wait()
            answers.append(Client().post(address, {**FORM, "username": f"rival{number}"}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=enter, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, *[404] * 7]
    assert User.objects.count() == 1
