"""Behind a proxy that speaks HTTPS its word on sender and scheme counts; without one, what a visitor says does not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ASK = """
import json, django
django.setup()
from allauth.core.internal.httpkit import get_client_ip
from django.test import RequestFactory
said = {"HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.7", "HTTP_X_FORWARDED_PROTO": "https"}
request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", **said)
print(json.dumps([get_client_ip(request), request.is_secure()]))
"""


@pytest.mark.parametrize(("https", "told"), [("1", ["198.51.100.7", True]), ("", ["127.0.0.1", False])])
def test_the_proxy_is_believed_where_there_is_one(https: str, told: list[object], tmp_path: Path) -> None:
    environment = {**os.environ, "PILOTHOUSE_HOME": str(tmp_path)}
    environment.pop("PILOTHOUSE_HTTPS", None)
    if https:
        environment["PILOTHOUSE_HTTPS"] = https
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == told
