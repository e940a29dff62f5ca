"""The description of the API, and the page that shows it to people."""

import json

import pytest
from django.test import Client

from guiju.spine.registers.declaration import registers


@pytest.fixture
def described(db) -> dict:
    return Client().get("/api/v1/openapi.json").json()


def test_every_register_and_every_step_is_described(described):
    for register in registers():
        base = f"/api/v1/{{organization}}/{register.key}/"
        assert set(described["paths"][base]) == {"get", "post"}
        assert set(described["paths"][f"{base}{{number}}/"]) == {"get", "patch"}
        for step in register.workflow.steps if register.workflow else ():
            assert "post" in described["paths"][f"{base}{{number}}/{step.name}/"]


def test_the_schema_says_what_the_form_says(described):
    new = described["components"]["schemas"]["DocumentNew"]
    assert new["required"] == ["title"] and new["additionalProperties"] is False
    assert new["properties"]["title"]["maxLength"] == 300
    assert "work_instruction" in new["properties"]["kind"]["enum"]
    assert new["properties"]["due_on"] == {"type": ["string", "null"], "format": "date", "title": "Review again by"}
    assert new["properties"]["process"]["format"] == "uuid"
    change = described["components"]["schemas"]["DocumentChange"]
    assert "number" not in change["properties"] and "required" not in change


def test_every_reference_leads_somewhere(described):
    def references(part):
        if isinstance(part, dict):
            yield from ([part["$ref"]] if "$ref" in part else [])
            for inner in part.values():
                yield from references(inner)
        elif isinstance(part, list):
            for inner in part:
                yield from references(inner)

    found = set(references(described))
    known = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    assert found and found <= known


def test_the_page_for_people_needs_no_script_and_nothing_from_elsewhere(db):
    page = Client().get("/api/v1/docs")
    assert page.status_code == 200
    text = page.content.decode()
    assert "/api/v1/{organization}/documents/{number}/submit/" in text
    assert "<script>" not in text and "//cdn" not in text


def test_each_reads_the_description_in_their_own_language_whoever_came_first(db):
    for language, words in (
        ("zh-CN", ("保存视图", "列表：文件")),
        ("en", ("Keep a view", "List: Documents")),
        ("zh-CN", ("保存视图",)),
    ):
        text = Client().get("/api/v1/openapi.json", headers={"accept-language": language}).content.decode()
        described = json.dumps(json.loads(text), ensure_ascii=False)
        assert all(word in described for word in words)


def test_the_description_says_what_may_come_back(described):
    paths = described["paths"]
    one = "/api/v1/{organization}/documents/{number}/"
    for methods in paths.values():
        for operation in methods.values():
            assert {"401", "403", "404", "422"} <= set(operation["responses"])
    assert "409" in paths[f"{one}comments/"]["post"]["responses"]
    assert set(paths[f"{one}files/{{attachment}}/"]["get"]["responses"]["200"]["content"]) == {"*/*"}
    prints = paths[f"{one}print/"]["get"]["responses"]
    assert set(prints["200"]["content"]) == {"application/pdf"} and set(prints["202"]["content"]) == {"application/json"}


def test_the_description_says_what_fits(described):
    assert described["components"]["schemas"]["CommentNew"]["properties"]["text"]["minLength"] == 1
    kept = {one["name"]: one["schema"] for one in described["paths"]["/api/v1/{organization}/documents/"]["get"]["parameters"]}
    assert kept["owner"]["anyOf"] == [{"type": "string", "enum": ["", "-"]}, {"type": "string", "format": "uuid"}]
    assert kept["kind"]["enum"][:3] == ["", "-", "policy"] and kept["state"]["enum"][:2] == ["", "draft"]
