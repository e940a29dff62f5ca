"""Whatever a program or a browser sends: an answer below 500, in our shape, and nothing half written."""

import json
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.lib.tests.anything import blobs, damaged, json_texts, texts, values
from guiju.lib.tests.test_anything import WORKBOOK
from guiju.modules.documents.models import Document
from guiju.spine.acts import Refused, act
from guiju.spine.attachments.models import Attachment
from guiju.spine.registers import import_runs
from guiju.spine.registers.api.problems import MEDIA_TYPE
from guiju.spine.registers.models import ImportRun
from guiju.spine.registers.tests.programs import Program
from guiju.spine.registers.tests.test_import import Importer
from guiju.spine.trail.verify import verify

FEWER = settings.default.max_examples // 6  # where an example is several requests, or other processes
NAMES = ("after", "as_of", "q", "limit", "sort", "view", "state", "kind", "owner", "process", "lamp")
NEARLY = (
    "2026-01-01",
    "2026-02-30T25:61",
    "0001-01-01T00:00+23:59",
    "9999-12-31",
    "W10",
    "bnVsbA",
    "-",
    "-title",
    "draft",
    "200",
)
words = texts | st.sampled_from(NEARLY)
queries = st.dictionaries(st.sampled_from(NAMES), words, max_size=3).map(lambda query: urlencode(query, errors="surrogatepass"))


@pytest.fixture
def wei(lanzhu) -> Program:
    return Program(lanzhu.wei)


def is_said(answer) -> dict:
    """What was answered, in our shape whatever it is."""
    assert answer.status_code < 500, answer.content.decode()
    content = json.loads(answer.content)
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == MEDIA_TYPE and content["detail"]
    return content


@settings(max_examples=FEWER)
@given(query=queries)
def test_any_query_is_answered_or_refused(wei, lanzhu, query):
    for address in ("documents/", "processes/", "trail/"):
        is_said(wei.get(f"{address}?{query}"))
    page = Client()
    page.force_login(lanzhu.wei.person)
    assert page.get(f"/lanzhu/documents/?{query}").status_code < 500
    assert page.get(f"/lanzhu/search/?{query}").status_code < 500


@given(address=st.lists(texts, min_size=1, max_size=3))
def test_any_address_is_answered_or_refused(wei, address):
    is_said(wei.get("documents/" + "/".join(quote(part, safe="", errors="surrogatepass") for part in address) + "/"))


@given(raw=blobs | json_texts.map(lambda text: text.encode("utf-8", "surrogatepass")), key=texts, tag=texts)
def test_any_content_is_written_whole_or_refused(wei, raw, key, tag):
    before = Document.everywhere.count()
    headers = {"idempotency_key": quote(key, errors="surrogatepass"), "if_match": quote(tag, errors="surrogatepass")}
    answer = wei.ask("POST", "documents/", raw=raw, **headers)
    is_said(answer)
    assert Document.everywhere.count() == before + (answer.status_code == 201)


FIELDS = ("title", "number", "kind", "text", "more", "owner", "process", "department", "due_on", "file", "revision", "made_with")


@given(given=st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, values | words)), fitting=st.booleans())
def test_any_values_are_written_whole_or_refused(wei, given, fitting):
    given |= {"title": "Soldering", "kind": "form"} if fitting else {}
    before = Document.everywhere.count()
    answer = wei.post("documents/", given)
    content = is_said(answer)
    assert Document.everywhere.count() == before + (answer.status_code == 201)
    if answer.status_code == 201:
        again = wei.patch(f"documents/{quote(content['number'], safe='')}/", {"title": "Again"}, 1)
        assert again.status_code < 500


@given(name=texts, raw=blobs)
def test_any_upload_is_kept_whole_or_refused(wei, name, raw):
    before = Attachment.everywhere.count()
    answer = wei.upload(name.encode("utf-8", "replace").decode(), raw)
    is_said(answer)
    assert Attachment.everywhere.count() == before + (answer.status_code == 201)


TABLES = [WORKBOOK, "文件编号,标题,Kind\nQP-01,焊接,form\nQP-01,,x\n".encode("gb18030")]


@settings(max_examples=FEWER // 3)
@given(raw=blobs | damaged(TABLES), name=st.sampled_from(["a.csv", "a.xlsx", "a"]))
def test_any_spreadsheet_is_brought_in_or_refused(lanzhu, raw, name):
    importer = Importer(lanzhu.wei)
    assert importer.upload(raw, name).status_code < 500
    if importer.run:
        with act(lanzhu.organization, lanzhu.wei):
            run = ImportRun.objects.get(pk=importer.id)
            try:
                import_runs.check(run)
            except Refused as refused:
                assert str(refused)
        before = Document.everywhere.count()
        assert importer.bring("good").status_code < 500
        assert Document.everywhere.count() == before + importer.state().new
        assert list(verify()) == []
