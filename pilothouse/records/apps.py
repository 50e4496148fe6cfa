from django.apps import AppConfig


class Records(AppConfig):
    name = "pilothouse.records"
    label = "records"
    verbose_name = "Records"
