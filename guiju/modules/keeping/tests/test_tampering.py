"""A stranger's check after a disposal: what was put back, emptied or left behind is named (laws L3, L6, L9)."""

import pytest
from django.db import DatabaseError, models, transaction

from guiju.modules.documents.models import Revision
from guiju.modules.keeping.tests.conftest import SECRET
from guiju.spine.acts import act
from guiju.spine.attachments import services as attachments
from guiju.spine.attachments.models import Attachment
from guiju.spine.signatures.models import Signature
from guiju.spine.trail.models import Entry, Payload
from guiju.spine.trail.past import as_of
from guiju.spine.trail.tests.test_verify import by_sql, found


def test_a_text_put_back_into_its_row_is_named(disposed):
    by_sql("UPDATE documents_revision SET text = %s WHERE document_id = %s", SECRET, disposed.document.pk)
    assert [finding.part for finding in found(where="documents.revision")] == ["text"]


def test_a_payload_put_back_is_named_though_it_is_the_right_one(due, listed, go, team):
    with act(team.organization, team.wei):
        entry = Entry.objects.filter(record=due.pk, action="create").get()
    kept = Payload.everywhere.get(entry=entry)
    go(go(listed(due), "propose", team.wei), "carry_out", team.min)
    by_sql('UPDATE trail_payload SET salt = %s, "values" = %s WHERE id = %s', kept.salt, kept.values, kept.pk)
    assert [finding.says for finding in found(where="entry")] == ["were erased, and are there again"]


def test_a_payload_emptied_without_an_entry_is_named(due, team):
    payload = Payload.everywhere.filter(entry__record=due.pk).first()
    by_sql('UPDATE trail_payload SET salt = NULL, "values" = NULL WHERE id = %s', payload.pk)
    assert [finding.says for finding in found(where="entry")] == ["are gone, and no entry says they were erased"]


def test_a_file_that_was_disposed_of_and_is_still_there_is_named(disposed, team):
    with act(team.organization, team.wei):
        (file,) = Attachment.objects.filter(record=disposed.document.pk)
    path = attachments.path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"a copy from a backup")
    assert [finding.says for finding in found(where="file")] == ["was disposed of and is still there"]


def test_the_database_lets_no_signature_lose_its_content_without_an_erasure(due, team):
    with act(team.organization, team.wei):
        signature = Signature.objects.first()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        models.QuerySet.update(Signature.everywhere.filter(pk=signature.pk), view="")


def test_the_database_lets_an_erased_signature_change_in_nothing_else(disposed, team):
    with act(team.organization, team.wei):
        signature = Signature.objects.filter(view="").first()
    for values in ({"view": "{}"}, {"digest": "0" * 64}, {"signer_id": team.tang.id}, {"meaning": "approve", "view": ""}):
        if values == {"meaning": signature.meaning, "view": ""}:
            values["meaning"] = "review"
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            models.QuerySet.update(Signature.everywhere.filter(pk=signature.pk), **values)


def test_a_signature_emptied_without_an_erasure_is_named(due, team):
    with act(team.organization, team.wei):
        signature = Signature.objects.first()
    by_sql("UPDATE signatures_signature SET view = '' WHERE id = %s", signature.pk)
    assert [finding.part for finding in found(where="signatures.signature")] == ["view"]
    assert [finding.says for finding in found(where="signature")] == ["its content is gone, and no entry says it was erased"]


def test_another_signer_under_an_erased_signature_is_named(disposed, team):
    with act(team.organization, team.wei):
        signature = Signature.objects.filter(view="").first()
    by_sql("UPDATE signatures_signature SET signer_id = %s WHERE id = %s", team.tang.id, signature.pk)
    assert [finding.part for finding in found(where="signatures.signature")] == ["signer"]


def test_a_certificate_altered_afterwards_voids_both_signatures(disposed):
    by_sql("UPDATE keeping_disposalline SET number = 'QP-99'")
    assert len(found(where="signature")) == 2
    assert [finding.part for finding in found(where="keeping.disposalline")] == ["number"]


def test_the_past_shows_what_is_left_and_that_it_was_erased(disposed, team):
    with act(team.organization, team.wei):
        before = Entry.objects.filter(record=disposed.document.pk, action="withdraw").get()
        (row,) = as_of(Revision, before.sequence)
        assert (row.text, row.label) == ("", "1")
        assert row.erased_at >= disposed.disposal.carried_out_at
