"""What stands on the print of a revision, and that it says where the revision stands."""

import io
from datetime import timedelta

import pypdfium2
import pytest
import time_machine
from django.utils import timezone, translation

from guiju.conftest import join, make_organization, make_person
from guiju.modules.documents import services
from guiju.modules.documents.models import Document
from guiju.modules.documents.prints.content import parts, sheet
from guiju.modules.documents.workflow import document_workflow
from guiju.organizations.parameters import set_parameter
from guiju.spine.acts import act
from guiju.spine.prints.making import made
from guiju.spine.signatures.services import Proof
from guiju.spine.workflow.perform import perform

TEXT = "# Ageing\n\n## 1 Purpose\n\nFour hours, **强调。**后文。"


@pytest.fixture
def revised(lanzhu):
    """A document whose revision 1 is in force while revision 2 is being written."""
    with act(lanzhu.organization, lanzhu.wei):
        document = services.draft({"title": "Ageing", "kind": "procedure", "language": "en", "text": TEXT})
        document = perform(document_workflow, document, "submit", inputs={"reviewers": [lanzhu.min.person]})
    with act(lanzhu.organization, lanzhu.min):
        for step in ("review", "approve"):
            document = perform(document_workflow, document, step, proof=Proof(lanzhu.min.id, "password"))
    with act(lanzhu.organization, lanzhu.wei):
        document = perform(document_workflow, document, "revise", reason="Six hours")
        return services.change(document, {"text": "Six hours.", "changes": "Six hours instead of four"})


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r", "")


def test_the_revision_in_force_is_printed_without_a_mark(revised, lanzhu):
    with act(lanzhu.organization, lanzhu.tang):
        one = sheet(revised, 1)
        assert (one.state, one.mark) == ("In force", "")


def test_a_draft_a_superseded_and_a_withdrawn_copy_say_so(revised, lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        assert sheet(revised, 2).mark == "Draft"
        document = perform(document_workflow, revised, "submit", inputs={"reviewers": [lanzhu.min.person]})
        assert sheet(document, 2).mark == "In review"
    with act(lanzhu.organization, lanzhu.min):
        for step in ("review", "approve"):
            document = perform(document_workflow, document, step, proof=Proof(lanzhu.min.id, "password"))
        assert (sheet(document, 1).mark, sheet(document, 2).mark) == ("Superseded", "")
        document = perform(document_workflow, document, "withdraw", reason="Gone", proof=Proof(lanzhu.min.id, "password"))
        assert (sheet(document, 1).mark, sheet(document, 2).mark) == ("Withdrawn", "Withdrawn")


def test_the_seals_of_those_who_signed_stand_on_it(revised, lanzhu):
    with act(lanzhu.organization, lanzhu.tang):
        reviewed, approved = sheet(revised, 1).seals
    assert (reviewed.characters, reviewed.meaning, reviewed.solid) == ("周敏之印", "Reviewed", False)
    assert (approved.name, approved.meaning, approved.solid) == ("Zhou Min", "Approved", True)


def test_the_print_carries_all_that_controls_a_copy(revised, lanzhu):
    with act(lanzhu.organization, lanzhu.tang):
        found = words(made(sheet(revised, 1), fingerprint="7c1e 09fa"))
    for piece in ("Lanzhu", "QP-01", "Revision 1, page 1 of 1", "Procedure", "Ageing", "Zhou Min", "Uncontrolled when printed."):
        assert piece in found
    assert "by Tang Li" in found and "Signing key's fingerprint: 7c1e 09fa" in found
    assert "强调。后文。" in found and found.count("Ageing") == 1


def test_in_chinese_names_and_dates_are_chinese(revised, lanzhu):
    with act(lanzhu.organization, lanzhu.tang), translation.override("zh-hans"):
        one = sheet(revised, 1)
    assert one.language == "zh-hans" and one.seals[0].name == "周敏"
    assert "年" in one.seals[0].when


def test_the_table_of_revisions_ends_with_the_printed_one(revised, lanzhu):
    with act(lanzhu.organization, lanzhu.tang):
        assert [row[0] for row in sheet(revised, 2).rows] == ["2", "1"]
        assert sheet(revised, 2).rows[0][2] == "Six hours instead of four"
        assert sheet(revised, 1).rows == []


def test_what_was_approved_by_its_author_says_that_one_person_works_alone(db):
    with time_machine.travel(timezone.now() - timedelta(days=40)):
        solo = make_organization("solo")
        ann = join(solo, make_person("ann", "Ann Alone"), "*")
    with act(solo, ann):
        set_parameter("documents.one_person", True)
        document = services.draft({"title": "Soldering", "kind": "procedure", "language": "en", "text": "Carefully."})
        document = perform(document_workflow, document, "submit", inputs={})
        document = perform(document_workflow, document, "approve", proof=Proof(ann.id, "password"))
        one = sheet(document, 1)
    assert one.seals[0].meaning == "Approved by its author, who works alone"
    assert one.notes == ["One person alone works here: whoever wrote this revision approved it too."]


def test_what_is_printed_without_a_choice_is_the_revision_in_force(revised, lanzhu):
    with act(lanzhu.organization, lanzhu.tang):
        found = parts(Document.objects.get(pk=revised.pk))
    assert [number for number, _words in found] == [1, 2] and "not approved" in found[1][1]
