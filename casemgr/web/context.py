"""What every page needs: navigation and the office's name."""

from django.http import HttpRequest


def page(request: HttpRequest) -> dict:
    return {}
