"""`make pictures`: photographs the pages that README, docs and the manual show, from the demo in a temporary folder.

`OFFICE=http://127.0.0.1:8000 make pictures` takes them of a demo that runs already.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from tests.support import services
from tests.support.browser import LAUNCH
from tests.support.manual_pictures import PICTURES, Picture

ROOT = Path(__file__).resolve().parent.parent.parent
IMAGES = ROOT / "docs" / "images"
MANUAL = ROOT / "docs" / "manual" / "pictures"
COLOURS = 64
CASE_PAGE = "case-officer"
"""Of the manual's pictures the one that README shows, too."""


def main(*names: str) -> int:
    """Write the pictures, or those named; needs Chromium."""
    from playwright.sync_api import sync_playwright

    with _office() as address, sync_playwright() as playwright:
        if not address:
            return 1
        arguments = [*LAUNCH, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        chromium = playwright.chromium.launch(executable_path=services.chromium(), args=arguments)
        MANUAL.mkdir(parents=True, exist_ok=True)
        wanted = [picture for picture in PICTURES if picture.name in names or not names]
        missing = [picture.name for picture in wanted if not _take(chromium, address, picture)]
        chromium.close()
    for stale in {path.stem for path in MANUAL.glob("*.png")} - {picture.name for picture in PICTURES}:
        (MANUAL / f"{stale}.png").unlink()
    print("\n".join(f"no such page in the demo: {name}" for name in missing))
    return 1 if missing else 0


@contextmanager
def _office() -> Iterator[str]:
    """The address of a demo: the one that runs, or one for these pictures."""
    if running := os.environ.get("OFFICE"):
        yield running.rstrip("/")
        return
    port = str(services.free_port())
    with tempfile.TemporaryDirectory(prefix="casemgr-pictures-") as folder:
        environment = {**os.environ, "CASEMGR_VAR": folder, "PORT": port, "DATABASE_URL": ""}
        environment["FONT_DIR"] = os.environ.get("FONT_DIR", str(ROOT / "var" / "fonts"))
        start = [sys.executable, "manage.py", "start"]
        with subprocess.Popen(start, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as office:
            try:
                address = f"http://127.0.0.1:{port}"
                yield address if _wait_for(office, f"{address}/") else ""
            finally:
                office.terminate()


def _wait_for(office: subprocess.Popen[str], address: str) -> bool:
    assert office.stdout is not None
    for line in office.stdout:
        print(line, end="")
        if address in line:
            return True
    return False


def _take(chromium: Any, address: str, picture: Picture) -> bool:
    """One picture, as its role sees the page; False when the demo has no such page."""
    size = {"width": picture.width, "height": picture.height}
    context = chromium.new_context(base_url=address, viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.goto("/login/")
    page.fill("input[name=username]", picture.role)
    page.fill("input[name=password]", os.environ.get("DEMO_PASSWORD") or "dalad-demo")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
    answer = page.goto(picture.page)
    for step in (picture.first, picture.then):
        if not step:
            continue
        found = _link(page, step)
        if not found and picture.makes:
            _send(page, picture)
            page.goto(picture.page)
            found = _link(page, step)
        answer = page.goto(found) if found else None
    taken = answer is not None and answer.ok
    if taken:
        page.evaluate("document.querySelectorAll('.hints').forEach(hint => hint.remove())")
        page.wait_for_load_state("networkidle")
        whole = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({**size, "height": max(min(whole, picture.tallest), 400)})
        _save(page.screenshot(), picture)
        print(f"{page.url} → {picture.name}")
    context.close()
    return taken


def _link(page: Any, step: str) -> str:
    """The first link of the page that reads as the step."""
    links = page.eval_on_selector_all("main a", "links => links.map(link => link.getAttribute('href') || '')")
    pattern = re.escape(step).replace("\\#", r"\d+").replace("\\~", r"[\w-]+")
    return next((link for link in links if re.fullmatch(f"{pattern}/?", link.partition("?")[0])), "")


def _send(page: Any, picture: Picture) -> None:
    """Fill the form, send it, and confirm it where it asks."""
    page.goto(picture.makes)
    for name, value in picture.values.items():
        entry = page.locator(f"main [name={name}]")
        if entry.evaluate("one => one.tagName") == "SELECT":
            entry.select_option(value)
        else:
            entry.fill(value)
    for _ in range(2):
        before = page.url
        page.locator("main form button.btn-primary").last.click()
        page.wait_for_load_state("networkidle")
        if page.url != before:
            return


def _save(shot: bytes, picture: Picture) -> None:
    """Few colours: a page has no more, and the file is a fifth."""
    with Image.open(BytesIO(shot)) as whole:
        small = whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(MANUAL / f"{picture.name}.png", optimize=True)
    if picture.name == CASE_PAGE:
        IMAGES.mkdir(parents=True, exist_ok=True)
        small.save(IMAGES / "case-page.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
