"""What the bench knows about the product: its addresses, how it is filled, how one signs in. The only such place."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
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
    """How the bench is let in: the cookie of a web session, an API token, and one record to look at."""

    cookie: str
    token: str
    number: str


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


def questions(access: Access) -> list[Question]:
    page = {"Cookie": access.cookie, "Accept-Language": "en"}
    pages = f"/{ORGANIZATION}/{REGISTER}/"
    return [
        Question("register", "GET", pages, headers=page, holds=b"</table>"),
        Question("record", "GET", f"{pages}{access.number}/", headers=page, holds=access.number.encode()),
        *(
            Question("search", "GET", f"/{ORGANIZATION}/search/?{urlencode({'q': words})}", headers=page, holds=b"</html>")
            for words in SEARCHED
        ),
        Question(
            "create",
            "POST",
            api_path(),
            status=201,
            headers=api_headers(access.token),
            body=lambda: json.dumps(document(f"Work instruction {next(_running_number)}")).encode(),
            extra_headers=lambda: {"Idempotency-Key": str(uuid.uuid4())},
        ),
    ]
