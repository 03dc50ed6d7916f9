"""The frame of every page: navigation by role, error pages in plain words, nothing inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import translation

from casemgr.organisation.models import RoleAssignment, Unit, User
from casemgr.pages.errors import EXPLANATIONS, error_page

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


def person(role: str) -> User:
    user = User.objects.create(username=f"{role}1", full_name="娜仁")
    RoleAssignment.objects.create(user=user, role=role, unit=Unit.objects.get(code="150621"))
    return user


@pytest.mark.django_db
def test_tabs_show_what_the_person_may_use_and_where_he_is(client: Client) -> None:
    client.force_login(person("admin"))
    text = client.get("/users/").content.decode()
    assert re.search(r'<a href="/administration/" aria-current="page">系统管理</a>', text)
    assert text.count('aria-current="page"') == 1
    assert "娜仁 · 系统管理员" in text
    assert 'href="/users/"' in client.get("/administration/").content.decode()
    client.force_login(person("mediator"))
    assert 'href="/users/"' not in client.get("/password/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("status", sorted(EXPLANATIONS))
def test_error_pages_say_what_happened_and_what_to_do(status: int, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = User(username="x", full_name="x")
    request.user.pk = 0
    answer = error_page(request, status, message="先送达答复通知书。", article="第四十八条", back="/cases/1/")
    text = answer.content.decode()
    assert answer.status_code == status
    assert "先送达答复通知书。" in text
    assert "法律依据：第四十八条" in text
    assert 'href="/cases/1/"' in text
    assert str(EXPLANATIONS[status].what_next) in text


@pytest.mark.django_db
def test_an_unknown_address_is_explained_in_chinese(client: Client) -> None:
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "没有可查看的内容" in answer.content.decode()


@pytest.mark.django_db
def test_a_failure_of_the_system_has_a_page_that_needs_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casemgr.web.views.JsonResponse", lambda *args, **kwargs: 1 / 0)
    client.raise_request_exception = False
    answer = client.get("/healthz")
    assert answer.status_code == 500
    assert "没有写入任何数据" in answer.content.decode()


@pytest.mark.django_db
def test_a_stale_form_is_explained(client: Client) -> None:
    answer = Client(enforce_csrf_checks=True).post("/login/", {"username": "x"})
    assert answer.status_code == 403
    assert "页面已失效" in answer.content.decode()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR / "templates")))
def test_templates_carry_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|<style|\son\w+\s*=\s*[\"']|<script(?![^>]*\ssrc=)|hx-on|javascript:", text)


def test_the_stylesheet_is_read_by_old_chromium_shells() -> None:
    css = Path(settings.BASE_DIR, "static/css/app.css").read_text(encoding="utf-8")
    assert not re.search(r":has\(|@layer|color-mix|oklch|&\s*[.:\w]*\s*\{", css)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "bg", 4.5),
        ("ink2", "bg", 4.5),
        ("brand", "bg", 4.5),
        ("late", "late-bg", 4.5),
        ("soon", "soon-bg", 4.5),
        ("ok", "ok-bg", 4.5),
        ("off", "off-bg", 4.5),
        ("edge", "bg", 3.0),
    ],
)
def test_colours_keep_the_contrast_of_wcag_aa(text: str, ground: str, least: float) -> None:
    css = Path(settings.BASE_DIR, "static/css/app.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6})", css))
    bright, dark = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
    assert (bright + 0.05) / (dark + 0.05) >= least


def test_chinese_is_the_default_language() -> None:
    assert settings.LANGUAGE_CODE == "zh-hans"
    with translation.override(settings.LANGUAGE_CODE):
        assert translation.gettext("My work") == "工作台"
