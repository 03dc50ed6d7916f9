"""Log lines as JSON, one object a line, without personal data: for machines that collect them."""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar

from casemgr.pages.masking import loggable

request_id: ContextVar[str] = ContextVar("request_id", default="")
EXTRA = ("view", "status", "ms", "user", "method", "job")


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message, the request's id, and what the line was given of `EXTRA`."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id.get():
            line["request"] = request_id.get()
        line |= {name: getattr(record, name) for name in EXTRA if hasattr(record, name)}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        shown = {name: loggable(value) if isinstance(value, str) else value for name, value in line.items()}
        return json.dumps(shown, ensure_ascii=False, default=str)


class ViewFilter(logging.Filter):
    """Django's own lines name the address of a request; ours name its view: an address may hold a name or a secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        path, said = getattr(request, "path", ""), record.getMessage()
        match = getattr(request, "resolver_match", None)
        view = match.view_name if match and match.view_name else "unknown"
        for form in (path, path.encode("unicode_escape").decode()):  # Django escapes what it logs
            if form and form in said:
                record.msg, record.args = said.replace(form, view), ()
        return True
