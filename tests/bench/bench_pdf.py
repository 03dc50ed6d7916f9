"""Official documents printed per second on one core: `python tests/bench/bench_pdf.py [SECONDS]`.

Compared with the same document when the fonts are registered anew for each (what a naive program does).
"""

import dataclasses
import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casemgr.settings")

from casemgr.documents import fonts  # noqa: E402
from casemgr.documents.rendering import DocumentText, render_pdf  # noqa: E402

GOAL = 120


def main(seconds: float = 3.0) -> None:
    """Print one line: rate, pages, and the ratio to registering fonts per document."""
    data = json.loads((ROOT / "tests/data/rendering/acceptance.json").read_text())
    definition = DocumentText.from_json(data)
    pages = render_pdf(definition).count(b"/Type /Page\n")
    rate = _rate(lambda number: _document(definition, number), seconds)

    def naive(number: int) -> DocumentText:
        fonts.forget()
        return _document(definition, number)

    slow = _rate(naive, min(seconds, 1.0))
    print(
        f"pdf: {rate:.0f} {pages}-page documents a second per core (goal {GOAL}); "
        f"fonts registered per document: {slow:.1f}; ratio {rate / slow:.0f}"
    )


def _document(definition: DocumentText, number: int) -> DocumentText:
    return dataclasses.replace(definition, number=f"达政复受字〔2026〕{number}号", addressee=f"乌云其木格{number}")


def _rate(make, seconds: float) -> float:
    count, started = 0, time.process_time()
    while time.process_time() - started < seconds:
        count += 1
        render_pdf(make(count))
    return count / (time.process_time() - started)


if __name__ == "__main__":
    main(*(float(argument) for argument in sys.argv[1:2]))
