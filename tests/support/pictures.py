"""`make pictures`: starts the demo office in a temporary folder and photographs the pages that README and docs show."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.support import services
from tests.support.browser import LAUNCH

ROOT = Path(__file__).resolve().parent.parent.parent
IMAGES = ROOT / "docs" / "images"


def main() -> int:
    """Write the pictures; needs Chromium."""
    from playwright.sync_api import sync_playwright

    port = str(services.free_port())
    with tempfile.TemporaryDirectory(prefix="casemgr-pictures-") as folder:
        environment = {**os.environ, "CASEMGR_VAR": folder, "PORT": port, "DATABASE_URL": ""}
        environment["FONT_DIR"] = os.environ.get("FONT_DIR", str(ROOT / "var" / "fonts"))
        start = [sys.executable, "manage.py", "start"]
        with subprocess.Popen(start, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as office:
            try:
                if not _wait_for(office, f"http://127.0.0.1:{port}/"):
                    return 1
                with sync_playwright() as playwright:
                    arguments = [*LAUNCH, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
                    chromium = playwright.chromium.launch(executable_path=services.chromium(), args=arguments)
                    _case_page(chromium, f"http://127.0.0.1:{port}")
                    chromium.close()
            finally:
                office.terminate()
    return 0


def _wait_for(office: subprocess.Popen[str], address: str) -> bool:
    assert office.stdout is not None
    for line in office.stdout:
        print(line, end="")
        if address in line:
            return True
    return False


def _case_page(chromium: Any, address: str) -> None:
    """A case under review, as its handler sees it."""
    size = {"width": 1366, "height": 900}
    page = chromium.new_page(base_url=address, viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")
    page.goto("/login/")
    page.fill("input[name=username]", "officer")
    page.fill("input[name=password]", os.environ.get("DEMO_PASSWORD") or "dalad-demo")
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")
    page.goto("/cases/?procedure=reconsideration&state=IN_REVIEW")
    links = page.eval_on_selector_all("main a", "links => links.map(link => link.getAttribute('href') || '')")
    page.goto(next(link for link in links if re.fullmatch(r"/cases/\d+/", link)))
    page.wait_for_load_state("networkidle")
    IMAGES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(IMAGES / "case-page.png"))
    print(f"{page.url} → docs/images/case-page.png")


if __name__ == "__main__":
    sys.exit(main())
