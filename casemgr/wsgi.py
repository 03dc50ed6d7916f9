"""WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casemgr.settings")
application = get_wsgi_application()
# Imports every page's code now: the first visitor of a fresh worker must not wait for it.
get_resolver().url_patterns  # noqa: B018
