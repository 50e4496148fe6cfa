from django.apps import AppConfig


class Web(AppConfig):
    name = "pilothouse.web"
    label = "web"
