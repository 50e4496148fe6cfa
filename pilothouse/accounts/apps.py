from django.apps import AppConfig


class Accounts(AppConfig):
    name = "pilothouse.accounts"
    label = "accounts"
    verbose_name = "People and companies"
