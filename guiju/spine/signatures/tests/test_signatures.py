"""What a signature holds, and what voids it (laws L9, L10)."""

import pytest
from django.db import DatabaseError, connection, transaction

from guiju.modules.documents import services
from guiju.modules.documents.models import Document, Revision
from guiju.modules.documents.workflow import document_workflow
from guiju.spine.acts import NotPermitted, Refused, act
from guiju.spine.signatures.models import Signature
from guiju.spine.signatures.services import Proof, holds, sample_proof
from guiju.spine.trail.tests.test_verify import by_sql
from guiju.spine.trail.verify import verify
from guiju.spine.workflow.perform import perform

PASSWORD = "password"


@pytest.fixture
def reviewed(lanzhu) -> Document:
    """A document of Wei's that Min has reviewed."""
    with act(lanzhu.organization, lanzhu.wei):
        document = services.draft({"title": "Inspection", "kind": "procedure", "language": "en", "text": "Look at it."})
        document = perform(document_workflow, document, "submit", inputs={"reviewers": [lanzhu.min.person]})
    with act(lanzhu.organization, lanzhu.min):
        return perform(document_workflow, document, "review", proof=Proof(lanzhu.min.id, PASSWORD))


def signature(lanzhu) -> tuple[Signature, Revision]:
    with act(lanzhu.organization, lanzhu.wei):
        return Signature.objects.get(), Revision.objects.get()


def test_it_holds_as_long_as_the_content_is_what_was_signed(reviewed, lanzhu):
    assert holds(*signature(lanzhu))


def test_becoming_effective_does_not_void_it(reviewed, lanzhu):
    with act(lanzhu.organization, lanzhu.min):
        perform(document_workflow, reviewed, "approve", proof=Proof(lanzhu.min.id, PASSWORD))
    with act(lanzhu.organization, lanzhu.wei):
        revision = Revision.objects.get()
        assert all(holds(s, revision) for s in Signature.objects.all())
    assert list(verify()) == []


def test_a_cell_changed_by_sql_voids_it_and_verification_says_so(reviewed, lanzhu):
    by_sql("UPDATE documents_revision SET text = 'Wave it through.'")
    assert not holds(*signature(lanzhu))
    assert "documents.revision" in {f.where for f in verify()}


def test_copied_to_another_record_it_is_void(reviewed, lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        other = services.draft({"title": "Inspection", "kind": "procedure", "language": "en", "text": "Look at it."})
        assert not holds(Signature.objects.get(), other.newest())


def test_kept_bytes_that_were_altered_void_it(reviewed, lanzhu):
    by_sql("UPDATE signatures_signature SET view = replace(view, 'Look', 'Gaze')")
    assert {"signature", "signatures.signature"} <= {f.where for f in verify()}


def test_a_draft_that_is_changed_after_a_review_needs_a_new_one_and_still_verifies(reviewed, lanzhu):
    with act(lanzhu.organization, lanzhu.min):
        perform(document_workflow, reviewed, "return", reason="Say how bright")
    with act(lanzhu.organization, lanzhu.wei):
        document = Document.objects.get()
        services.change(Document.locked(document.pk), {"text": "Measure 500 lx."})
        assert not holds(*signature(lanzhu))
        document = perform(document_workflow, document, "submit", inputs={"reviewers": [lanzhu.min.person]})
    with act(lanzhu.organization, lanzhu.min):
        missing = [str(m) for m in document_workflow.transition("approve").missing(document)]
    assert missing == ["Zhou Min: not reviewed yet"]
    assert list(verify()) == []


def test_another_persons_proof_does_not_sign(reviewed, lanzhu):
    with act(lanzhu.organization, lanzhu.min), pytest.raises(Refused, match="signature"):
        perform(document_workflow, reviewed, "approve", proof=Proof(lanzhu.wei.id, PASSWORD))


def test_a_sample_proof_is_refused_outside_sample_organizations(lanzhu):
    with act(lanzhu.organization, lanzhu.min), pytest.raises(NotPermitted):
        sample_proof()


def test_the_database_refuses_to_change_or_delete_a_signature(reviewed, lanzhu):
    for sql in ("UPDATE signatures_signature SET meaning = 'x'", "DELETE FROM signatures_signature"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
