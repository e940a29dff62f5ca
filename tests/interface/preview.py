"""Renders every shared template with sample data, takes pictures of it, and lets axe look at it.

    .venv/bin/python -m tests.interface.preview OUT [--only NAME ...] [--lang en zh-hans] [--width 1440 390] [--theme light dark]

Needs Chromium, no database. Every page is served under the product's own content policy, so an inline style or script shows as an
error here first. Exit status 1 if a page has an error on its console, a finding of axe, or is wider than its window.
"""

import argparse
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import Any

import django
from django.conf import settings

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".html": "text/html; charset=utf-8"}


def configure() -> None:
    """A Django of templates, static files and languages, nothing else."""
    import allauth

    tags = "guiju.spine.registers.templatetags.guiju_markup"
    settings.configure(
        SECRET_KEY="preview",
        DEBUG=True,
        USE_I18N=True,
        STATIC_URL="/static/",
        LOCALE_PATHS=[ROOT / "guiju/locale"],
        ROOT_URLCONF="tests.interface.preview_urls",
        LANGUAGES=[("en", "English"), ("zh-hans", "简体中文")],
        STATICFILES_DIRS=[ROOT / "guiju/static"],
        INSTALLED_APPS=["django.contrib.staticfiles", "django_htmx"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [ROOT / "guiju/templates", Path(allauth.__file__).parent / "templates"],
                "OPTIONS": {
                    "libraries": {"guiju_markup": tags, "allauth": "allauth.templatetags.allauth"},
                    "context_processors": ["django.template.context_processors.request"],
                },
            }
        ],
    )
    django.setup()


def render(name: str, language: str, theme: str) -> str:
    """The page `name` of the preview as HTML."""
    from django.template.loader import get_template
    from django.test import RequestFactory
    from django.utils import translation

    from tests.interface import preview_account, preview_more, preview_pages  # noqa: F401  they register their pages
    from tests.interface.preview_data import PAGES, frame

    with translation.override(language):
        template, build = PAGES[name]
        context = build()
        context["frame"] = frame(
            theme, not context.pop("signed_out", False), context.pop("current", ""), context.pop("as_of", False)
        )
        context["frame"]["here"] = context.pop("here", "")
        if level := context.pop("said", ""):
            context["messages"] = [_Message(level)]
        return get_template(template).render(context, RequestFactory().get("/x/"))


class _Message:
    def __init__(self, level_tag: str) -> None:
        self.level_tag = level_tag

    def __str__(self) -> str:
        return "QP-12 7 ✓"


def answer(route: Any, *, language: str, theme: str) -> None:
    """Answers the browser: /page/NAME with the page, /static/ with its file, anything else with nothing."""
    from django.contrib.staticfiles import finders

    path = route.request.url.split("://", 1)[1].split("/", 1)[1].split("#")[0].split("?")[0]
    if path.startswith("page/"):
        html = render(path.removeprefix("page/"), language, theme)
        route.fulfill(body=html, content_type=TYPES[".html"], headers={"Content-Security-Policy": POLICY})
    elif path.startswith("static/") and (found := finders.find(path.removeprefix("static/"))):
        route.fulfill(body=Path(found).read_bytes(), content_type=TYPES.get(Path(found).suffix, "application/octet-stream"))
    else:
        route.fulfill(status=404, body="")


def look(page: Any, name: str, axe: str) -> list[str]:
    """What is wrong with the page now open: findings of axe, and a width beyond the window."""
    page.evaluate(axe)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    wrong = [
        f"{one['id']}: {one['help']}: " + " | ".join(node["html"][:160] for node in one["nodes"][:4])
        for one in found["violations"]
    ]
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wrong + ([f"wider than the window by {over}px"] if over > 0 else [])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--lang", nargs="*", default=["en", "zh-hans"])
    parser.add_argument("--width", nargs="*", type=int, default=[1440, 390])
    parser.add_argument("--theme", nargs="*", default=["light", "dark"])
    return parser.parse_args()


def main() -> int:
    wanted = arguments()
    configure()
    from playwright.sync_api import sync_playwright

    from tests.interface import preview_account, preview_more, preview_pages  # noqa: F401
    from tests.interface.preview_data import PAGES

    wanted.out.mkdir(parents=True, exist_ok=True)
    axe = (HERE.parent / "data" / "axe.min.js").read_text()
    failures = 0
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for language, width, theme in ((one, w, th) for one in wanted.lang for w in wanted.width for th in wanted.theme):
            context = browser.new_context(viewport={"width": width, "height": 900 if width > 600 else 844}, bypass_csp=False)
            context.route("**/*", partial(answer, language=language, theme=theme))
            page = context.new_page()
            said: list[str] = []
            page.on(
                "console", lambda message, said=said: said.append(message.text) if message.type in ("error", "warning") else None
            )
            page.on("pageerror", lambda error, said=said: said.append(str(error)))
            for name in wanted.only or PAGES:
                said.clear()
                page.goto(f"http://preview.test/page/{name}")
                picture = f"{name}.{language[:2]}.{width}{'.dark' if theme == 'dark' else ''}.png"
                page.screenshot(path=wanted.out / picture, full_page=True)
                for problem in said + look(page, name, axe):
                    failures += 1
                    print(f"{picture}: {problem}")
            context.close()
        browser.close()
    print(f"{failures} problems")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
