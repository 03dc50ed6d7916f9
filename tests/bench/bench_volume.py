"""A volume of 300 pages put together: how long, and that memory does not grow with the number of files.

No database: the assembling itself, on scans as an office makes them (A4, 150 dots an inch, about 300 kB a page).
"""

from __future__ import annotations

import hashlib
import io
import os
import resource
import sys
import tempfile
import time
from datetime import date

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.core.files.storage import default_storage  # noqa: E402
from PIL import Image  # noqa: E402
from reportlab.lib.utils import ImageReader  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

from casemgr.documents.volumes.contents import PDF, Content  # noqa: E402
from casemgr.documents.volumes.making import sheets  # noqa: E402
from casemgr.documents.volumes.making.assembling import Sheets, assemble, place  # noqa: E402
from casemgr.documents.volumes.order import Slot  # noqa: E402

PAGES_EACH = 5
SECONDS, GROWTH_MB = 60, 120
SLOT = Slot("evidence", "证据")


def a_scan(seed: int) -> bytes:
    """Five pages of noise that no compression shrinks much, as a scan of a form."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for page in range(PAGES_EACH):
        noise = Image.frombytes("L", (310, 438), hashlib.shake_128(f"{seed}-{page}".encode()).digest(310 * 438))
        jpeg = io.BytesIO()
        noise.resize((1240, 1754)).save(jpeg, "JPEG", quality=60)
        jpeg.seek(0)
        canvas.drawImage(ImageReader(jpeg), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def contents(count: int) -> list[Content]:
    found = []
    for number in range(count):
        made = a_scan(number)
        name = default_storage.save(f"materials/bench/{number}.pdf", ContentFile(made))
        found.append(
            Content(f"material:{number}", SLOT, f"证据材料{number}", pages=PAGES_EACH, file=name, media_type=PDF,
                    sha256=hashlib.sha256(made).hexdigest(), size=len(made))
        )  # fmt: skip
    return found


def memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def put_together(found: list[Content]) -> tuple[float, int, int]:
    front = Sheets(
        "行政复议案卷（正卷）",
        lambda placed: sheets.stand_in("封面", "paper", "1", []),
        lambda placed: sheets.closing_note("备考表", "案号", ["说明"], "立卷人", date(2026, 12, 1)),
        "案号",
    )
    began = time.perf_counter()
    made = assemble(place(found, 1, lambda done, total: None), front, lambda done, total: None)
    with made.file:
        return time.perf_counter() - began, made.pages, made.size


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        found = contents(60)
        put_together(found[:2])
        small = memory_mb()
        seconds, pages, size = put_together(found)
        grown = memory_mb() - small
    print(
        f"{pages} pages, {size / 2**20:.0f} MB: {seconds:.1f} s, peak memory +{grown:.0f} MB over a volume of 10 pages"
    )
    return int(seconds > SECONDS or grown > GROWTH_MB)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casemgr.settings")
    sys.exit(main())
