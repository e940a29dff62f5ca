"""make looks: every page of the sample organization in both languages, both themes and both widths, through axe.

The pages of the mock-ups are kept as pictures in docs/looks/.

Status 1 if anything is found. Finished looks are kept in looks/work and not repeated with --resume.
"""

from __future__ import annotations

import argparse
import itertools
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from looks import pictures
from looks.pages import find
from tests.served import Store, serving

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "looks" / "work"
AXE = ROOT / "tests" / "data" / "axe.min.js"
PERSON = "wei"
LANGUAGES = {"en": "en", "zh-hans": "zh-CN"}
THEMES = ("light", "dark")
WIDTHS = (1440, 390)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Look:
    """One way of looking at every page."""

    language: str
    theme: str
    width: int

    def __str__(self) -> str:
        return f"{self.language} {self.theme} {self.width}"


@dataclass(frozen=True)
class Finding:
    look: str
    path: str
    what: str


@contextmanager
def signed_in(browser: Browser, site: str, look: Look) -> Iterator[tuple[Page, list[str]]]:
    """A page as PERSON sees it in this look, and the list that its errors go to."""
    height = 900 if look.width > 600 else 844
    context = browser.new_context(viewport={"width": look.width, "height": height}, locale=LANGUAGES[look.language])
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if look.theme == "dark" else "light", reduced_motion="reduce")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{site}/")
    page.click(f'button[name="username"][value="{PERSON}"]')
    page.wait_for_load_state()
    other = page.locator(f'button[name="language"][value="{look.language}"]')
    if page.get_attribute("html", "lang") != LANGUAGES[look.language] and other.count():
        # By the form itself: on a narrow screen its button is inside a closed menu.
        other.first.evaluate("button => button.form.requestSubmit(button)")
        page.wait_for_load_state()
    yield page, errors
    context.close()


def look_at(page: Page, errors: list[str], site: str, path: str) -> list[str]:
    """What is wrong with one page."""
    errors.clear()
    page.goto(site + path)
    # Not add_script_tag: the policy of the pages refuses it, as it should.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    wrong = [f"{one['id']}: {one['help']}, at {one['nodes'][0]['target']}" for one in result["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        wrong.append("wider than the screen")
    return wrong + [f"error: {error}" for error in errors]


def one_look(browser: Browser, site: str, look: Look, paths: list[str]) -> list[Finding]:
    with signed_in(browser, site, look) as (page, errors):
        return [Finding(str(look), path, what) for path in paths for what in look_at(page, errors, site, path)]


PAGE = """# Every page in every look

Written by `make looks`; do not edit. Every kind of page that links lead to in the sample organization, in English and Chinese,
light and dark, at 1440 and 390 px, is read by axe (WCAG 2.2 A and AA and its best practices), must not be wider than
the screen, and must not report an error in the browser.

Last run {at}: {pages} pages in {looks} looks, {count} findings.

{table}"""


def report(paths: list[str], looks: list[Look], findings: list[Finding]) -> str:
    lines = [f"| {one.look} | `{one.path}` | {one.what.replace('|', '/')} |" for one in findings]
    table = "\n".join(["| look | page | finding |", "|---|---|---|", *lines]) + "\n" if lines else ""
    text = PAGE.format(at=datetime.now(UTC).date(), pages=len(paths), looks=len(looks), count=len(findings), table=table)
    return text.rstrip() + "\n"


def examined(browser: Browser, site: str, looks: list[Look]) -> tuple[list[str], list[Finding]]:
    with signed_in(browser, site, looks[0]) as (page, _):
        paths = find(page, site)
    findings: list[Finding] = []
    for look in looks:
        kept = WORK / f"{look}.json"
        if not kept.exists():
            print(f"{look}: {len(paths)} pages", file=sys.stderr)
            kept.write_text(json.dumps([asdict(one) for one in one_look(browser, site, look, paths)]))
        findings += [Finding(**one) for one in json.loads(kept.read_text())]
    return paths, findings


def main() -> int:
    parser = argparse.ArgumentParser(prog="looks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--resume", action="store_true", help="keep the looks that are finished")
    parser.add_argument("--pictures", action="store_true", help="only take the pictures in docs/looks/")
    options = parser.parse_args()
    if not options.resume:
        shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    looks = [Look(*one) for one in itertools.product(LANGUAGES, THEMES, WIDTHS)]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Store(Path(folder) / "data")
        store.folder.mkdir()
        with serving(store) as server:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for language, width in itertools.product(LANGUAGES, WIDTHS):
                with signed_in(browser, server.url, Look(language, "light", width)) as (page, _):
                    pictures.take(page, server.url, ROOT / "docs" / "looks", f"{language.partition('-')[0]}.{width}")
            if options.pictures:
                browser.close()
                return 0
            paths, findings = examined(browser, server.url, looks)
            browser.close()
    (ROOT / "docs" / "looks.md").write_text(report(paths, looks, findings), encoding="utf-8")
    for one in findings:
        print(f"{one.look} {one.path}: {one.what}", file=sys.stderr)
    return bool(findings)


if __name__ == "__main__":
    sys.exit(main())
