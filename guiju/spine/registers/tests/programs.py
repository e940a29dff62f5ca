"""Programs that come with a token, for the tests of the API."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from guiju.organizations import tokens
from guiju.spine.acts import act


class Program:
    """A program with a token, at one organization's addresses."""

    def __init__(self, member: Any, *scope: str, slug: str = "") -> None:
        with act(member.organization, member):
            _, self.secret = tokens.issue(member.person, "a program", scope or ("*",))
        self.slug = slug or member.organization.slug
        self.client = Client()

    def ask(self, method: str, path: str, content: Any = None, *, raw: bytes | None = None, **headers: str) -> HttpResponse:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        media_type = sent.pop("content-type", "application/json")
        body = raw if raw is not None else b"" if content is None else json.dumps(content).encode()
        address = path if path.startswith("/") else f"/api/v1/{self.slug}/{path}"
        sent = {"authorization": f"Bearer {self.secret}", **sent}
        return self.client.generic(method, address, body, content_type=media_type, headers=sent)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.ask("GET", path, **headers)

    def post(self, path: str, content: Any = None, **headers: str) -> HttpResponse:
        return self.ask("POST", path, content, **headers)

    def patch(self, path: str, content: Any, version: int | str | None = None, **headers: str) -> HttpResponse:
        more = {} if version is None else {"if_match": f'"{version}"'}
        return self.ask("PATCH", path, content, **more, **headers)

    def upload(self, name: str, content: bytes) -> HttpResponse:
        boundary = "----lamp"
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        return self.ask("POST", "attachments/", raw=body, content_type=f"multipart/form-data; boundary={boundary}")


def reasons(answer: HttpResponse) -> dict[str, str]:
    """Field to code of what was refused."""
    return {one["field"]: one["code"] for one in answer.json()["errors"]}
