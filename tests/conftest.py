"""Fixtures for tests that run the product as a stranger would: real server, real browser.

prepared   the sample organization as the product made it; only to be copied
home       the sample organization as an installation of its own, which may stand beside others; only to be read
left       the folder in which it left; whoever alters it puts it back
founded    an installation of one organization, founded from the command line; only to be copied
store      this test's own copy of it, not served
site       a server on a copy that no other test has changed: the lasting one, put back afterwards
lasting    one server for all tests of a process that only read
browser    one Chromium for all tests of a process
page       a new, empty page at 1440 px in it; it fails the test when the page reported an error
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.leaving import Left, leave, no_demonstration
from tests.plugin import IS_CHILD, ON_POSTGRES
from tests.served import Server, Store, copy_of, found, prepare, put_back, serving


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Store:
    base = tmp_path_factory.getbasetemp()
    return prepare((base.parent if IS_CHILD else base) / "shared", ON_POSTGRES)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Store:
    base = tmp_path_factory.getbasetemp()
    return found((base.parent if IS_CHILD else base) / "shared", ON_POSTGRES)


@pytest.fixture
def store(prepared: Store, tmp_path: Path) -> Iterator[Store]:
    own = copy_of(prepared, tmp_path / "data")
    yield own
    own.remove()


@pytest.fixture
def site(lasting: Server, prepared: Store) -> Iterator[Server]:
    yield lasting
    put_back(lasting.store, prepared)


@pytest.fixture(scope="session")
def lasting(prepared: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    own = copy_of(prepared, tmp_path_factory.mktemp("lasting") / "data")
    with serving(own) as server:
        yield server
    own.remove()


@pytest.fixture(scope="session")
def home(prepared: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = no_demonstration(prepared, tmp_path_factory.mktemp("home") / "data")
    yield store
    store.remove()


@pytest.fixture(scope="session")
def left(home: Store, tmp_path_factory: pytest.TempPathFactory) -> Left:
    return leave(home, tmp_path_factory.mktemp("left") / "export")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "No Chromium is installed. `make setup` installs it, or says how."
    # Playwright leaves a running event loop behind in this thread, and Django then refuses its ORM to later tests.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        # Chromium's own sandbox does not start for root, as in most containers.
        running = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB", timezone_id="Asia/Shanghai")
    context.set_default_timeout(15_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None)
    yield page
    context.close()
    assert not errors, errors
