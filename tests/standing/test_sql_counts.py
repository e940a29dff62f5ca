"""How many statements a page may ask, pinned: a page that asks more has begun to ask per row."""

import json
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiju.modules.documents import services
from guiju.modules.processes.models import Process
from guiju.organizations import tokens
from guiju.spine.acts import act

# Address: the most statements it may take, with few records and with many.
PAGES = {
    "/lanzhu/": 20,  # one for each register whose records belong to processes
    "/lanzhu/documents/": 12,
    "/lanzhu/documents/?state=draft&sort=number": 12,
    "/lanzhu/processes/": 12,
    "/lanzhu/documents/QP-01/": 21,
    "/lanzhu/documents/QP-01/history/": 15,
    "/lanzhu/search/?q=inspection": 13,
    "/lanzhu/go/": 6,
    "/lanzhu/go/?q=inspection": 12,
    "/lanzhu/work/": 10,
    "/lanzhu/notices/": 10,
    "/lanzhu/health/": 24,
    "/lanzhu/trail/": 17,
}


@pytest.fixture
def signed_in(lanzhu) -> Client:
    client = Client()
    client.force_login(lanzhu.wei.person)
    client.get("/lanzhu/")
    return client


def fill(lanzhu: SimpleNamespace, count: int) -> None:
    with act(lanzhu.organization, lanzhu.wei):
        process = Process(title="Inspection and release")
        process.save()
        for n in range(count):
            services.draft({"title": f"Inspection {n}", "kind": "procedure", "language": "en", "text": "x", "process": process})


@pytest.mark.parametrize("count", [3, 40])
def test_a_page_takes_as_many_statements_however_many_records_there_are(signed_in, lanzhu, count):
    fill(lanzhu, count)
    taken = {}
    for path in PAGES:
        with CaptureQueriesContext(connection) as queries:
            assert signed_in.get(path).status_code == 200, path
        taken[path] = len(queries)
    assert {path: n for path, n in taken.items() if n > PAGES[path]} == {}


def test_a_creation_by_the_api_takes_at_most_18_statements_and_one_commit(lanzhu):
    fill(lanzhu, 1)
    with act(lanzhu.organization, lanzhu.wei):
        _, secret = tokens.make(lanzhu.wei, "count", ["*"], None)
    client = Client(headers={"authorization": f"Bearer {secret}"})
    body = json.dumps({"title": "Counted", "kind": "procedure", "language": "en", "text": "x"})
    client.post("/api/v1/lanzhu/documents/", body, content_type="application/json", headers={"idempotency-key": "first"})
    with CaptureQueriesContext(connection) as queries:
        answer = client.post("/api/v1/lanzhu/documents/", body, content_type="application/json", headers={"idempotency-key": "k"})
    assert answer.status_code == 201, answer.content
    statements = [q["sql"] for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE SAVEPOINT"))]
    # Inside the test's own transaction the product's one is a savepoint: one begun, one released is one commit.
    begun = [q["sql"] for q in queries if q["sql"].startswith("SAVEPOINT")]
    assert len(begun) == 1
    assert len(statements) + 2 <= 18, "\n".join(statements)
