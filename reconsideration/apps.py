from django.apps import AppConfig


class ReconsiderationConfig(AppConfig):
    name = "reconsideration"
