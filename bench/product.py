"""What the bench knows about the product: its addresses, how it is filled, how one signs in. The only such place."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench.measure import Question
from bench.processes import PROGRAMS

ORGANIZATION = PERSON = "bench"
REGISTER = "documents"
# What is searched, of one to four characters, rare and in most of the titles; the costliest is the one that is reported.
SEARCHED = ("灯", "处", "检验", "烧伤", "客户投", "投诉处理", "s", "so", "lam", "sold")

_running_number = itertools.count(1)


@dataclass(frozen=True)
class Access:
    """How the bench is let in, and what it looks at.

    The cookie of a web session, an API token, one record; what each list is asked for (`lists`: name to the words of its
    address) and the cookies of the people at work.
    """

    cookie: str
    token: str
    number: str
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    people: Sequence[str] = ()
    numbers: Sequence[str] = ()


def web(folder: Path, port: int) -> list[object]:
    """The command that serves, without a worker beside it."""
    return [PROGRAMS / "guiju", "web", "--data", folder, "--port", port]


def prepare_ours(folder: Path, environment: Mapping[str, str], count: int) -> Access:
    """Make an installation with `count` documents through the product's own verbs, and someone who may see them."""
    settings = dict(environment) | {"DJANGO_SETTINGS_MODULE": "guiju.project.settings"}
    filled = _last_line([sys.executable, "-m", "bench.fill", str(count)], settings)
    asked = [str(PROGRAMS / "guiju"), "token", "--organization", ORGANIZATION, "--as", PERSON, "--data", str(folder)]
    return Access(**json.loads(filled), token=_last_line(asked, settings))


def _last_line(command: list[str], environment: Mapping[str, str]) -> str:
    done = subprocess.run(command, env=dict(environment), stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.splitlines()[-1].strip()


def api_path(**query: object) -> str:
    """The register in the API; empty values of the query are left out."""
    asked = urlencode({key: value for key, value in query.items() if value})
    return f"/api/v1/{ORGANIZATION}/{REGISTER}/" + (f"?{asked}" if asked else "")


def api_headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}


def document(title: str) -> dict[str, str]:
    return {"title": title, "kind": "work_instruction", "language": "en"}


PAGES = f"/{ORGANIZATION}/{REGISTER}/"


def _page(name: str, path: str, cookie: str, holds: bytes = b"</html>") -> Question:
    return Question(name, "GET", path, headers={"Cookie": cookie, "Accept-Language": "en"}, holds=holds)


def searching(words: str) -> str:
    return f"/{ORGANIZATION}/search/?{urlencode({'q': words})}"


def create(access: Access) -> Question:
    """One more document by the API, another each time it is asked."""
    return Question(
        "create",
        "POST",
        api_path(),
        status=201,
        headers=api_headers(access.token),
        body=lambda: json.dumps(document(f"Work instruction {next(_running_number)}")).encode(),
        extra_headers=lambda: {"Idempotency-Key": str(uuid.uuid4())},
    )


def questions(access: Access) -> list[Question]:
    """The pages that are compared with the bare view, and the lists that are compared with the register's first page."""
    return [
        _page("register", PAGES, access.cookie, b"</table>"),
        _page("record", f"{PAGES}{access.number}/", access.cookie, access.number.encode()),
        *(_page("search", searching(words), access.cookie) for words in SEARCHED),
        create(access),
        *(_page(name, f"{PAGES}?{words}", access.cookie, b"</table>") for name, every in access.lists.items() for words in every),
    ]


def daily(access: Access, cookie: str) -> dict[str, list[Question]]:
    """What a person at work opens, by kind."""
    some = access.lists.get("filter", ())
    return {
        "home": [_page("home", f"/{ORGANIZATION}/", cookie)],
        "register": [_page("register", PAGES, cookie)],
        "record": [_page("record", f"{PAGES}{number}/", cookie, number.encode()) for number in access.numbers],
        "search": [_page("search", searching(words), cookie) for words in SEARCHED if len(words) > 1],
        "filter": [_page("filter", f"{PAGES}?{words}", cookie) for words in some],
    }
