"""Fixtures for tests in real Chromium, Debian's own: nothing is ever downloaded.

A test that takes `page` or `page_at` is marked `browser` by itself. Pages are served by pytest-django's live server.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page

from tests.support import services

# The sync API of Playwright runs an event loop in this thread; Django would refuse every query beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

DESKTOP = (1366, 768)
PHONE = (390, 844)
LAUNCH = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
LAUNCH += ["--disable-component-update", "--disable-sync", "--font-render-hinting=none"]
SCREENS = Path(__file__).resolve().parent.parent.parent / "var" / "screens"

PageAt = Callable[..., Any]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "playwright" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def _until_read(act: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(act)
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        result = act(self, *args, **kwargs)
        page = self if isinstance(self, Page) else self.page
        if not page.is_closed():
            page.wait_for_load_state("domcontentloaded")
        return result

    return call


@pytest.fixture(scope="session", autouse=True)
def clicks_wait_for_the_page() -> Iterator[None]:
    """A click that leads on ends when the next page is read, not when its first byte came.

    Playwright waits for the latter only, and what is counted right then is zero.
    """
    with pytest.MonkeyPatch.context() as patch:
        for owner in (Locator, Page):
            for name in ("click", "press"):
                patch.setattr(owner, name, _until_read(getattr(owner, name)))
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = services.chromium()
    if not chromium:
        reason = "Chromium is missing; on Debian: apt-get install chromium fonts-noto-cjk"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium, "args": LAUNCH + sandbox}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", "accept_downloads": True}


@pytest.fixture
def page_at(live_server: Any, new_context: Callable[..., Any]) -> Iterator[PageAt]:
    """`page_at(width, height, user=None)`: a fresh browser of that size, logged in as `user`.

    The test fails at its end when a page broke the content security policy or its script raised an error.
    """
    complaints: list[str] = []

    def open_page(width: int = DESKTOP[0], height: int = DESKTOP[1], user: Any = None, **context_options: Any) -> Any:
        size = {"width": width, "height": height}
        context = new_context(base_url=live_server.url, viewport=size, **context_options)
        context.set_default_timeout(15_000)
        if user is not None:
            context.add_cookies([{**session_cookie(user), "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: _note(message, complaints))
        return page

    yield open_page
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(page_at: PageAt) -> Any:
    """A desktop browser with nobody logged in."""
    return page_at(*DESKTOP)


def _note(message: Any, complaints: list[str]) -> None:
    # "Failed to load resource" is how Chromium reports every 403, 409 and 422, which tests provoke on purpose.
    if message.type == "error" and not message.text.startswith("Failed to load resource"):
        complaints.append(message.text)


def session_cookie(user: Any) -> dict[str, str]:
    """Name and value of the cookie that logs `user` in without the log-in page."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}


def assert_accessible(page: Any) -> None:
    """axe finds nothing on the page as it is now (WCAG 2.2 A and AA, and good practice)."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page)
    lines = [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n    "
        + "\n    ".join(node["html"][:200] for node in violation["nodes"][:5])
        for violation in found.response["violations"]
    ]
    assert not lines, f"{page.url}\n" + "\n".join(lines)


def assert_fits(page: Any) -> None:
    """Nothing on the page is wider than the screen: a phone does not scroll sideways."""
    # Right after a click the old page may be gone and the new one not begun.
    page.wait_for_load_state()
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1], f"{page.url}: {width[0]} px wide on a screen of {width[1]} px"


def screenshot(page: Any, name: str, *, full_page: bool = True) -> None:
    """With `SCREENS=1 make test`: keep what the page shows as var/screens/NAME.png, for human eyes.

    Not otherwise: Chromium takes a second to draw a long page.
    """
    if os.environ.get("SCREENS") == "1":
        SCREENS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(SCREENS / f"{name}.png"), full_page=full_page)
