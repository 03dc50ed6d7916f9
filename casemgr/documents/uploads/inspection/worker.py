"""The process that reads one file: takes a question on its input, limits itself, answers on its output."""

from __future__ import annotations

import contextlib
import json
import resource
import sys
from pathlib import Path

from casemgr.documents.uploads.inspection.verdict import Facts, Refused

PICTURES, PACKAGES, COMPOUNDS = ("jpg", "png"), ("zip",), ("ole",)


def answer(path: Path, family: str, out: Path) -> Facts:
    """Look into the file; parsers are loaded only when they are needed."""
    if family == "pdf":
        from casemgr.documents.uploads.inspection import pdfs

        return pdfs.inspect(path)
    if family in PICTURES:
        from casemgr.documents.uploads.inspection import pictures

        return pictures.inspect(path, family, out)
    if family in PACKAGES:
        from casemgr.documents.uploads.inspection import packages

        return packages.inspect(path)
    if family in COMPOUNDS:
        from casemgr.documents.uploads.inspection import compounds

        return compounds.inspect(path)
    from casemgr.documents.uploads.inspection import recordings

    return recordings.inspect(path, family)


def limit(memory: int, seconds: int, written: int) -> None:
    """From here on the kernel ends us when we take more than this."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def main() -> None:
    question = json.load(sys.stdin)
    limit(question["memory"], question["seconds"], question["written"])
    try:
        facts = answer(Path(question["path"]), question["family"], Path(question["out"]))
        result = {"facts": facts.as_json()}
    except Refused as refused:
        result = {"refused": refused.code, "detail": refused.detail}
    except (MemoryError, RecursionError):
        result = {"refused": "too-much", "detail": {}}
    json.dump(result, sys.stdout)
