"""The pages of the mock-ups as they are now, as pictures in docs/looks/: both languages, desk and telephone."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Page

QUALITY = 82  # of WebP; text stays sharp


def sign_in(page: Page, site: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{site}/")


def form_error(page: Page, site: str) -> None:
    page.goto(f"{site}/lanzhu/documents/new/")
    page.locator("form.gj-form > .gj-actions button").click()
    page.wait_for_selector(".gj-summary")


def at(path: str) -> Callable[[Page, str], None]:
    def going(page: Page, site: str) -> None:
        page.goto(site + path)

    return going


# In the order in which they are taken: the last one signs out.
SHOWN: dict[str, Callable[[Page, str], None]] = {
    "home": at("/lanzhu/"),
    "documents": at("/lanzhu/documents/"),
    "document": at("/lanzhu/documents/WI-031/"),
    "compare": at("/lanzhu/documents/WI-031/compare/"),
    "process": at("/lanzhu/processes/PR-07/"),
    "my-work": at("/lanzhu/work/"),
    "empty": at("/lanzhu/documents/?q=zzzz"),
    "form-error": form_error,
    "sign-in": sign_in,
}
PRINTED = "/lanzhu/documents/QP-03/print/1.pdf"


def take(page: Page, site: str, folder: Path, look: str) -> None:
    """Every page as a person who is signed in on `page` sees it; `look` ends the name: language and width."""
    folder.mkdir(parents=True, exist_ok=True)
    printed = page.request.get(site + PRINTED)
    first = pypdfium2.PdfDocument(printed.body())[0].render(scale=1.5).to_pil()
    if look.endswith("1440"):  # paper has one width
        first.save(folder / f"print.{look.rpartition('.')[0]}.webp", quality=QUALITY)
    for name, go in SHOWN.items():
        go(page, site)
        page.wait_for_load_state("networkidle")
        Image.open(io.BytesIO(page.screenshot())).save(folder / f"{name}.{look}.webp", quality=QUALITY)
