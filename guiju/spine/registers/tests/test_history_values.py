"""The history says which field changed: short values as they were and became, of a long text and a file what can be told."""

import pytest
from django.core.files.base import ContentFile

from guiju.modules.documents import services
from guiju.modules.kinds import services as kinds
from guiju.spine.acts import act, write
from guiju.spine.attachments.services import keep
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.record_page import history
from guiju.spine.registers.tests.programs import Program

LONG = "\n\n".join(f"Paragraph {n} says how the lamps are aged and looked at." for n in range(40))


@pytest.fixture
def change(lanzhu, as_wei):
    """A draft changed once; answers what its newest entry changed, {name: value}."""

    def changing(begun, **values):
        document = services.draft({"title": "Ageing", "kind": "procedure", "language": "en", **begun})
        write(lambda: services.change(document, values))
        return {one.name: one for one in history(by_key("documents"), document)[0]["values"]}

    return changing


def test_a_short_text_is_told_as_it_was_and_became(change):
    one = change({"changes": "Four hours"}, changes="Six hours")["changes"]
    assert (one.label, one.before, one.after, one.much) == ("What changed and why", "Four hours", "Six hours", "")


def test_of_a_long_text_is_told_how_much_changed(change):
    after = LONG.replace("Paragraph 3 says", "Paragraph 3 tells") + "\n\nOne more.\n\nAnd one."
    assert change({"text": LONG}, text=after)["text"].much == "1 paragraph changed, 2 paragraphs new"


def test_what_is_gone_from_a_long_text_is_told(change):
    assert change({"text": LONG}, text=LONG.rpartition("\n\n")[0])["text"].much == "1 paragraph gone"


def test_what_did_not_change_is_not_told(change):
    assert set(change({"text": LONG, "changes": "First"}, text=LONG + "\n\nMore.")) == {"text"}


def test_what_two_rows_repeat_of_each_other_is_told_once(change):
    assert list(change({"text": "x"}, title="Burning in")) == ["title"]


def test_a_changed_file_is_told_by_name_and_first_digits_of_its_digest(change):
    first, second = (keep(ContentFile(content, name="ageing.txt"), "ageing.txt") for content in (b"four", b"six"))
    one = change({"file": first}, file=second)
    assert list(one) == ["file"]
    assert one["file"].before == f"ageing.txt (SHA-256 {first.digest[:12]}…)"
    assert one["file"].after == f"ageing.txt (SHA-256 {second.digest[:12]}…)"


def test_the_api_names_a_long_text_with_both_lengths_and_does_not_repeat_it(change, lanzhu):
    change({"text": LONG}, text=LONG + "\n\nMore.")
    said = Program(lanzhu.wei).get("documents/QP-01/history/").json()["items"][0]["changes"]
    assert said == [
        {
            "name": "text",
            "field": "Text",
            "before": None,
            "after": None,
            "extent": "1 paragraph new",
            "lengths": {"before": len(LONG), "after": len(LONG) + 7},
        }
    ]


def test_the_page_of_the_history_says_it_and_not_the_text(change, client, lanzhu):
    change({"text": LONG}, text=LONG + "\n\nMore.")
    client.force_login(lanzhu.wei.person)
    for path in ("", "history/"):
        shown = client.get(f"/lanzhu/documents/QP-01/{path}").content.decode()
        assert "<p>“Text”: 1 paragraph new.</p>" in shown and "1 field changed" in shown


def test_two_acts_are_not_taken_for_one(lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        document = services.draft({"title": "Ageing", "kind": "procedure", "language": "en", "text": "one"})
    for text in ("two", "three"):
        with act(lanzhu.organization, lanzhu.wei):
            document.refresh_from_db()
            document = write(lambda text=text, found=document: services.change(found, {"text": text}))
    with act(lanzhu.organization, lanzhu.wei):
        told = history(by_key("documents"), document)
    assert [[(v.before, v.after) for v in one["values"]] for one in told[:2]] == [[("two", "three")], [("one", "two")]]


def test_a_change_is_told_as_a_sentence(change):
    one = change({"text": "x"}, title="Burning <in>")["title"]
    old, new = '<span class="gj-old">“Ageing”</span>', '<span class="gj-new">“Burning &lt;in&gt;”</span>'
    assert one.sentence == f"“Title” was changed from {old} to {new}."
    filled = change({"text": "x"}, changes="Six hours")["changes"]
    assert filled.sentence == '“What changed and why” was filled in: <span class="gj-new">“Six hours”</span>.'
    emptied = change({"text": "x", "changes": "Six hours"}, changes="")["changes"]
    assert emptied.sentence == '“What changed and why” was emptied; it was <span class="gj-old">“Six hours”</span>.'


def test_of_further_fields_each_is_told_by_its_label(change, as_wei):
    key = kinds.add_field("procedure", {"label": "Line", "type": "text"}).key
    one = change({"text": "x", "more": {key: "Two"}}, more={key: "Three"})["more"]
    assert (one.label, one.before, one.after) == ("Line", "Two", "Three")
