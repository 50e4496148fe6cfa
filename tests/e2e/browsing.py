"""A window of the browser that keeps what the browser complained of, and what it can be asked about a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Response

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE: dict[str, Any] = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": WCAG}}
WIDE, NARROW = 1280, 390
HEIGHT = 900
# The widest thing that reaches out of the page, for the words of a failure.
REACHES_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return "";
  const boxes = [...document.querySelectorAll("body *")].map((one) => [one.getBoundingClientRect().right, one]);
  boxes.sort((a, b) => b[0] - a[0]);
  return boxes.length ? `${Math.round(boxes[0][0])} px: ${boxes[0][1].outerHTML.slice(0, 120)}` : "the page itself";
}"""


@dataclass
class Window:
    """One page of the browser at one server."""

    page: Page
    server: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            where = message.location["url"].removeprefix(self.server)
            self.complaints.append(f"console: {message.text} ({where})")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status} for {response.url.removeprefix(self.server)}")

    def open(self, path: str) -> int:
        """Open a page of the server and wait for all of it; its status."""
        answer = self.page.goto(self.server + path)
        return answer.status if answer is not None else 0

    def told(self) -> list[str]:
        """What the browser complained of since it was asked last."""
        told, self.complaints[:] = list(self.complaints), []
        return told


def too_wide(page: Page) -> list[str]:
    """Whether the page has to be scrolled sideways, and what reaches out."""
    found: str = page.evaluate(REACHES_OUT)
    return [f"has to be scrolled sideways, {found}"] if found else []


def axe_faults(page: Page) -> list[str]:
    """What axe finds by WCAG 2.2, A and AA."""
    if not page.evaluate("typeof axe === 'object'"):  # half a megabyte, once for each page
        page.evaluate(Axe().axe_script)
    found = page.evaluate("(options) => axe.run(document, options)", AXE)["violations"]
    return [f"axe {fault['id']}: {node['html'][:120]}" for fault in found for node in fault["nodes"]]
