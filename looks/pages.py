"""Which pages there are: found by following links, two examples of each kind."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Page

EXAMPLES = 2
BEGINNINGS = ("/", "/lanzhu/")
# Answers that are no pages, and the one that would end the web session.
NOT_PAGES = re.compile(r"/(export|download|file|attachments|api|static|logout|sign-out)(/|$)|\.\w{2,5}$")
NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]+(?:-[A-Z]+)*-[0-9-]+|\d+")


def kind(path: str) -> str:
    """The address without what differs between records, so that examples of one kind of page can be counted."""
    return NUMBER.sub("N", path)


def find(page: Page, site: str) -> list[str]:
    """The addresses of the pages that a person reaches by links, in the order of finding."""
    waiting, seen, examples = list(BEGINNINGS), set(BEGINNINGS), Counter[str]()
    found = []
    while waiting:
        path = waiting.pop(0)
        examples[kind(path)] += 1
        if examples[kind(path)] > EXAMPLES:
            continue
        answer = page.goto(site + path)
        if answer is None or "html" not in answer.headers.get("content-type", ""):
            continue
        found.append(path)
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))"):
            target = urlsplit(urljoin(page.url, link))
            if target.netloc == urlsplit(site).netloc and target.path not in seen and not NOT_PAGES.search(target.path):
                seen.add(target.path)
                waiting.append(target.path)
    return found
