"""All addresses. What is below /c/<company>/ goes through the door."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from pilothouse.web.company import views as company
from pilothouse.web.contracts import feed
from pilothouse.web.home import views as home
from pilothouse.web.people import views as people

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("health/", home.health, name="health"),
    path("favicon.ico", home.icon, name="icon"),
    path("start/", people.start, name="start"),
    path("join/<str:token>/", people.join, name="join"),
    path("me/", people.own_settings, name="own_settings"),
    path("me/calendar/", feed.calendar_address, name="calendar_address"),
    path("calendar/<str:token>.ics", feed.calendar_feed, name="calendar_feed"),
    path("companies/new/", company.new, name="new_company"),
    # The address people sign in with is theirs in one place only; the library's list of addresses would be a second.
    path("account/email/", RedirectView.as_view(pattern_name="own_settings"), name="account_email"),
    path("account/", include("allauth.account.urls")),
    path("p/<slug:practice>/", home.practice, name="practice"),
    path("p/<slug:practice>/checklist/", include("pilothouse.web.checklist.urls")),
    path("c/<slug:company>/", include("pilothouse.web.home.urls")),
    path("c/<slug:company>/intake/", include("pilothouse.web.intake.urls")),
    path("c/<slug:company>/arrivals/", include("pilothouse.web.arrivals.urls")),
    path("c/<slug:company>/spend/", include("pilothouse.web.spend.urls")),
    path("c/<slug:company>/contracts/", include("pilothouse.web.contracts.urls")),
    path("c/<slug:company>/sourcing/", include("pilothouse.web.sourcing.urls")),
    path("c/<slug:company>/diagnosis/", include("pilothouse.web.diagnosis.urls")),
    path("c/<slug:company>/profile/", include("pilothouse.web.profile.urls")),
    path("c/<slug:company>/people/", include("pilothouse.web.people.urls")),
    path("c/<slug:company>/settings/", include("pilothouse.web.company.urls")),
]
if settings.ADMIN:  # off by default: the admin goes round the door
    urlpatterns.append(path("admin/", admin.site.urls))
