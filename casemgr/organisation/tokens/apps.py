from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "casemgr.organisation.tokens"
    label = "tokens"
