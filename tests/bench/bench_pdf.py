"""Two-page decisions printed per second on one core: `python tests/bench/bench_pdf.py [SECONDS]`.

Beside: PDF with Word as they are made at issue, fonts registered anew for each document (what a naive program does),
and WeasyPrint on the same content.
"""

import dataclasses
import json
import os
import sys
import time
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casemgr.settings")

from casemgr.documents import fonts  # noqa: E402
from casemgr.documents.rendering import DocumentText, render_both, render_pdf, texts  # noqa: E402

GOAL = 120


def main(seconds: float = 3.0) -> None:
    """Print rates and ratios of one run."""
    data = json.loads((ROOT / "tests/data/rendering/acceptance.json").read_text())
    definition = dataclasses.replace(DocumentText.from_json(data), title="行政复议决定书")
    made = render_both(definition)
    alone = _rate(lambda number: render_pdf(_document(definition, number)), seconds)
    both = _rate(lambda number: render_both(_document(definition, number)), seconds)

    def naive(number: int) -> bytes:
        fonts.forget()
        return render_pdf(_document(definition, number))

    slow = _rate(naive, min(seconds, 1.0))
    print(
        f"pdf: {alone:.0f} {made.pages}-page documents a second per core (goal {GOAL}); "
        f"fonts registered per document: {slow:.1f}; ratio {alone / slow:.0f}"
    )
    print(f"pdf and word: {both:.0f} a second per core; {alone / both:.2f} times the time of the pdf alone")
    if (other := _weasyprint(definition, seconds)) is None:
        print("weasyprint: left out, Debian's pango is not there")
    else:
        print(f"weasyprint: {other:.1f} of the same content a second per core; ratio {alone / other:.0f}")


def _weasyprint(definition: DocumentText, seconds: float) -> float | None:
    """WeasyPrint's rate with the same text, page and types; None where the library that it draws with is missing."""
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
    except OSError:
        return None
    from casemgr.documents.font_files import open_fonts

    types = FontConfiguration()
    face = f"@font-face {{font-family: song; src: url({open_fonts()['serif'].target.as_uri()})}}"
    sheet = CSS(
        string=face + "@page {size: A4; margin: 37mm 26mm 35mm 28mm} body {font: 16pt/29pt song} "
        "h1 {font-size: 22pt; text-align: center} p {margin: 0; text-indent: 2em; text-align: justify}",
        font_config=types,
    )

    def document(number: int) -> bytes:
        lines = "\n".join(texts(_document(definition, number))).splitlines()
        body = "".join(f"<p>{escape(line)}</p>" for line in lines[2:])
        page = f"<html lang=zh><body><h1>{lines[0]}<br>{lines[1]}</h1>{body}</body></html>"
        return HTML(string=page).write_pdf(stylesheets=[sheet], font_config=types)

    return _rate(document, min(seconds, 2.0))


def _document(definition: DocumentText, number: int) -> DocumentText:
    return dataclasses.replace(definition, number=f"达政复受字〔2026〕{number}号", addressee=f"乌云其木格{number}")


def _rate(make, seconds: float) -> float:
    count, started = 0, time.process_time()
    while time.process_time() - started < seconds:
        count += 1
        make(count)
    return count / (time.process_time() - started)


if __name__ == "__main__":
    main(*(float(argument) for argument in sys.argv[1:2]))
