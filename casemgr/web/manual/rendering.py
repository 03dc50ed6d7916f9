"""Markdown to HTML. Nothing in the text is taken for HTML; links lead to chapters and pictures only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from PIL import Image

from casemgr.web.manual.reading import PICTURES, chapters

_CHAPTER = re.compile(r"^(?:\.\./|manual/)?(?:(?P<code>[a-z-]+)\.md)?(?:#(?P<anchor>[\w-]+))?$")
_PICTURE = re.compile(r"^pictures/(?P<name>[a-z0-9-]+)\.png$")


class _Renderer(RendererHTML):
    """A link that leads out of the manual is only its words; a picture has its size, so that nothing jumps."""

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        token = tokens[idx]
        found = _PICTURE.match(str(token.attrs.get("src", "")))
        size = picture_size(found["name"]) if found else None
        if found is None or size is None:
            return ""
        source = reverse("help_picture", args=[found["name"]])
        token.attrs |= {"src": source, "width": size[0], "height": size[1], "loading": "lazy"}
        if size[0] < size[1]:
            token.attrs["class"] = "tall"
        return f'<a href="{source}">{super().image(tokens, idx, options, env)}</a>'

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        address = _address(str(tokens[idx].attrs.get("href", "")))
        return f'<a href="{address}">' if address else "<span>"

    def link_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        opening = next(token for token in reversed(tokens[:idx]) if token.type == "link_open")
        return "</a>" if _address(str(opening.attrs.get("href", ""))) else "</span>"


def _address(target: str) -> str:
    found = _CHAPTER.match(target)
    if found is None or (found["code"] and found["code"] not in chapters()):
        return ""
    anchor = f"#{found['anchor']}" if found["anchor"] else ""
    return (reverse("help_chapter", args=[found["code"]]) if found["code"] else "") + anchor


@cache
def picture_size(name: str) -> tuple[int, int] | None:
    """Width and height, None when there is no such picture."""
    path = PICTURES / f"{name}.png"
    if not path.is_file():
        return None
    with Image.open(path) as picture:
        return picture.size


_MARKDOWN = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")


@cache
def rendered(text: str) -> SafeString:
    """HTML of a piece of Markdown: only elements that the renderer writes itself."""
    return mark_safe(_MARKDOWN.render(text))
