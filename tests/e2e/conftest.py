"""The browser: the system's Chromium, driven by Playwright, against a server of this very process.

Windows are as people have them (width, light or dark, with or without scripts); each test gets fresh ones.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from django.conf import settings as installed
from playwright.sync_api import Browser, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.conftest import Person
from tests.e2e.browsing import HEIGHT, WIDE, Window
from tools import chromium

SECONDS = 15
expect.set_options(timeout=SECONDS * 1000)
NewWindow = Callable[..., Window]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once; where none runs the tests do not run, and in CI they fail."""
    path = os.environ.get("CHROMIUM", "") or chromium.find()
    if not path and os.environ.get("CI", "") in ("", "false", "0"):
        pytest.skip("no Chromium that runs: apt-get install chromium, or set CHROMIUM to the path of one")
    assert path, "no Chromium that runs on this machine"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield started
        started.close()


@pytest.fixture
def new_window(browser: Browser, live_server: LiveServer) -> Iterator[NewWindow]:
    """Opens a window: `width`, `scheme` (light or dark), and whatever else Playwright's contexts know."""
    contexts = []

    def new(*, width: int = WIDE, scheme: Literal["light", "dark"] = "light", **more: Any) -> Window:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT}, color_scheme=scheme, locale="en-GB", **more
        )
        context.set_default_timeout(SECONDS * 1000)
        contexts.append(context)
        return Window(context.new_page(), live_server.url)

    yield new
    for context in contexts:
        context.close()


@pytest.fixture
def page_as(new_window: NewWindow, live_server: LiveServer) -> Callable[..., Window]:
    """A window in which a person of the cast is signed in."""

    def signed_in(person: Person, **more: Any) -> Window:
        window = new_window(**more)
        name = installed.SESSION_COOKIE_NAME
        cookie = person.client.cookies[name].value
        window.page.context.add_cookies([{"name": name, "value": cookie, "url": live_server.url}])
        return window

    return signed_in
