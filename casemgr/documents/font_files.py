"""Where font files come from: the open fonts converted once, the office's own, and wide fonts of the system.

reportlab embeds TrueType outlines only. Noto Serif SC and Noto Sans SC come as CFF, so they are converted once per
machine and kept in `FONT_DIR`; afterwards everything works offline.
"""

import contextlib
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

SYSTEM_FONT_DIRS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
# Wide TrueType fonts for rare characters in names, best first; a plain file name or a glob.
WIDE_FONTS = (
    "HanaMin[A-C].ttf",
    "HanaMin.ttf",
    "TW-Sung-*.ttf",
    "TW-Kai-*.ttf",
    "simsunb.ttf",
    "SimSunExtG.ttf",
    "uming.ttc",
    "ukai.ttc",
)
# Wide CFF fonts: the characters the open fonts lack are taken from them by conversion.
WIDE_CFF_FONTS = ("NotoSerifCJK-Regular.ttc", "SourceHanSerif*-Regular.otf")
# What an office calls its licensed fonts, by role.
OFFICE_FONTS = {
    "title": ("方正小标宋*", "FZXBS*", "FZXiaoBiaoSong*"),
    "body": ("仿宋_GB2312*", "仿宋GB2312*", "FS_GB2312*", "SIMFANG*", "仿宋*"),
    "kai": ("楷体_GB2312*", "楷体GB2312*", "KT_GB2312*", "SIMKAI*", "楷体*"),
    "hei": ("黑体*", "SIMHEI*"),
}


@dataclass(frozen=True)
class Conversion:
    """One file to make under `FONT_DIR` from one CFF source."""

    source: Path
    target: Path
    without: Path | None = None  # leave out the characters this font already has


def open_fonts() -> dict[str, Conversion]:
    """The two open fonts every installation has, by name."""
    import pylopdf_fonts_zh_cn as package

    version = package.__version__
    return {
        "serif": Conversion(package.serif_path(), settings.FONT_DIR / f"NotoSerifSC-{version}.ttf"),
        "sans": Conversion(package.sans_path(), settings.FONT_DIR / f"NotoSansSC-{version}.ttf"),
    }


def rare_characters() -> Conversion | None:
    """The characters Noto Serif SC lacks, from a wide CFF font, when the system has one."""
    source = next(iter(_system_files(WIDE_CFF_FONTS)), None)
    if source is None:
        return None
    serif = open_fonts()["serif"]
    return Conversion(source, settings.FONT_DIR / f"rare-{source.stem}.ttf", without=serif.source)


def wanted() -> list[Conversion]:
    """Every conversion this machine can make."""
    rare = rare_characters()
    return [*open_fonts().values(), *([rare] if rare else [])]


def missing() -> list[Conversion]:
    """Conversions that were not made yet."""
    return [conversion for conversion in wanted() if not conversion.target.exists()]


def prepare() -> list[Path]:
    """Convert what is missing, each font in a process of its own, and return the files made.

    Safe to call from several processes at once: the second waits for the first and finds the work done.
    """
    if not missing():
        return []
    settings.FONT_DIR.mkdir(parents=True, exist_ok=True)
    with _only_one():
        todo = missing()
        # The longest first, two at a time: as fast as two cores go.
        todo.sort(key=lambda conversion: conversion.source.stat().st_size, reverse=True)
        running: list[tuple[Conversion, subprocess.Popen]] = []
        for conversion in todo:
            if len(running) >= 2:
                _finish(*running.pop(0))
            running.append((conversion, _start(conversion)))
        for conversion, process in running:
            _finish(conversion, process)
    return [conversion.target for conversion in todo]


def _start(conversion: Conversion) -> subprocess.Popen:
    script = Path(__file__).with_name("font_conversion.py")
    command = [sys.executable, str(script), str(conversion.source), str(conversion.target)]
    if conversion.without:
        command.append(str(conversion.without))
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def _finish(conversion: Conversion, process: subprocess.Popen) -> None:
    _, errors = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{conversion.source.name}: {errors.strip()[-500:]}")


@contextlib.contextmanager
def _only_one() -> Iterator[None]:
    with (settings.FONT_DIR / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def office_file(role: str) -> Path | None:
    """The office's own font for a role, when `OFFICE_FONT_DIR` holds one with TrueType outlines."""
    if not settings.OFFICE_FONT_DIR:
        return None
    folder = Path(settings.OFFICE_FONT_DIR)
    return next((path for path in _matching(folder, OFFICE_FONTS[role]) if has_truetype_outlines(path)), None)


def wide_files() -> list[Path]:
    """Fonts to fall back to for a rare character: the converted one, then wide TrueType fonts of the system."""
    rare = rare_characters()
    made = [rare.target] if rare and rare.target.exists() else []
    return made + [path for path in _system_files(WIDE_FONTS) if has_truetype_outlines(path)]


def has_truetype_outlines(path: Path) -> bool:
    """Whether reportlab can embed this file (an .otf, or a collection of them, cannot be)."""
    with path.open("rb") as file:
        head = file.read(16)
        if head[:4] == b"ttcf":
            file.seek(int.from_bytes(head[12:16], "big"))
            head = file.read(4)
    return head[:4] in (b"\x00\x01\x00\x00", b"true")


def _system_files(patterns: Iterable[str]) -> list[Path]:
    found: list[Path] = []
    for folder in SYSTEM_FONT_DIRS:
        found.extend(_matching(folder, patterns))
    return found


def _matching(folder: Path, patterns: Iterable[str]) -> list[Path]:
    """Files below `folder` whose names match, in the order of the patterns."""
    from fnmatch import fnmatch

    names = sorted(Path(root) / name for root, _dirs, files in os.walk(folder) for name in files)
    fonts = [path for path in names if path.suffix.lower() in {".ttf", ".ttc", ".otf"}]
    matches = [path for pattern in patterns for path in fonts if fnmatch(path.name.lower(), pattern.lower())]
    return list(dict.fromkeys(matches))
