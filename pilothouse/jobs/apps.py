from django.apps import AppConfig


class Jobs(AppConfig):
    name = "pilothouse.jobs"
    label = "jobs"
