"""All addresses. What is below /c/<company>/ goes through the door."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.account.urls")),
]
if settings.ADMIN:  # off by default: the admin goes round the door
    urlpatterns.append(path("admin/", admin.site.urls))
