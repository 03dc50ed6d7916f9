"""WSGI entry point for gunicorn."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casemgr.settings")
application = get_wsgi_application()
if settings.PRACTICE:
    from django.db import connections

    from casemgr.operation.practice.guard import refuse_wrong_database

    refuse_wrong_database()
    connections.close_all()  # a forked worker opens its own
# Imports every page's code now: the first visitor of a fresh worker must not wait for it.
get_resolver().url_patterns  # noqa: B018
