"""What the frame around every page needs: the company, the person's other companies, the menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    membership = getattr(request, "membership", None)
    return {"membership": membership, "company": membership.company if membership else None}
