"""Two people let a document go; what it said is gone everywhere, what has to stay stays, and the trail is content."""

import io
import json

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from guiju.lib.extraction import extract
from guiju.modules.copies import services as copies
from guiju.modules.copies.models import PaperCopy
from guiju.modules.documents.approval import remarks
from guiju.modules.documents.jobs import read_texts
from guiju.modules.documents.models import Document, Remark, Revision
from guiju.modules.keeping.models import DisposalLine
from guiju.modules.keeping.tests.conftest import SECRET
from guiju.modules.kinds.services import set_rule
from guiju.modules.readings.models import Briefing, Reading
from guiju.organizations.members import Member
from guiju.spine.acts import Conflict, NotFound, NotPermitted, Refused, act
from guiju.spine.attachments import services as attachments
from guiju.spine.attachments.models import Attachment, FileText
from guiju.spine.registers import writing
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.tests.programs import Program
from guiju.spine.search.services import find
from guiju.spine.signatures.models import Signature
from guiju.spine.signatures.services import digest_of
from guiju.spine.trail.verify import verify


def everything_kept() -> str:
    """All text columns of all tables, also of those that are no evidence."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            columns = ", ".join(f'CAST("{f.column}" AS text)' for f in model._meta.concrete_fields)
            cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}"')
            found += [f"{model._meta.label} {row}" for row in cursor.fetchall()]
    return "\n".join(found)


def places(word: str) -> list[str]:
    return [line.split(" ")[0] for line in everything_kept().splitlines() if word.casefold() in line.casefold()]


def test_before_it_the_word_stands_in_many_places(due):
    assert len(set(places(SECRET))) >= 8


def test_it_takes_no_more_comments_and_no_answers(disposed, team):
    with act(team.organization, team.wei):
        document = Document.objects.get(pk=disposed.document.pk)
        with pytest.raises(Conflict):
            writing.comment(by_key("documents"), document, "Once more")
        with pytest.raises(Conflict):
            remarks.make(document, "Once more")
        for remark in Remark.objects.all():
            with pytest.raises(Conflict):
                remarks.answer(document, remark.pk, "Once more")
    address = f"/lanzhu/documents/{document.number}/"
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(team.wei.person)
    assert f'action="{address}comment/"' not in client.get(address).content.decode()
    assert client.post(f"{address}comment/", {"text": "x"}).status_code == 409
    assert Program(team.wei).post(f"documents/{document.number}/comments/", {"text": "x"}).status_code == 409


def test_after_it_the_word_stands_nowhere(disposed):
    assert places(SECRET) == []


def test_no_file_holds_the_word_either(disposed, files):
    assert [path for path in files.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()] == []


def test_a_preview_goes_with_its_file(due, disposed, files, team):
    assert [path for path in files.rglob("preview*") if path.is_file()] == []


def test_what_is_read_while_it_goes_is_not_kept(due, listed, go, team, monkeypatch):
    """The worker may be reading its file at the very moment."""
    disposal = go(listed(due), "propose", team.wei)
    with act(team.organization, team.wei):
        FileText.objects.all().delete()
        stale = Document.objects.get(pk=due.pk)

    def meanwhile(path, name):
        found = extract(path, name)
        go(disposal, "carry_out", team.min)
        return found

    monkeypatch.setattr("guiju.modules.documents.jobs.extract", meanwhile)
    with act(team.organization, team.wei):
        read_texts(stale)
    assert places(SECRET) == []


def test_number_kind_revision_dates_and_digests_stay(disposed, team):
    with act(team.organization, team.wei):
        revision = Revision.objects.get(document=disposed.document)
    assert (disposed.document.state, disposed.document.number, disposed.document.kind) == ("disposed", "QP-01", "procedure")
    assert (revision.label, revision.withdrawn_on.isoformat(), len(revision.file_digest)) == ("1", "2020-03-02", 64)


def test_who_signed_when_and_the_digest_stay(due, disposed, team):
    with act(team.organization, team.wei):
        revision = Revision.objects.get(document=due)
        kept = list(Signature.objects.filter(record=revision.pk).order_by("signed_at"))
    assert [(one.meaning, one.signer_id, one.erased) for one in kept] == [
        ("review", team.hua.id, True),
        ("approve", team.min.id, True),
        ("withdraw", team.wei.id, True),
    ]
    assert {one.digest for one in kept} == {line["content"] for line in line_of(disposed, team).revisions}


def line_of(disposed, team) -> DisposalLine:
    with act(team.organization, team.wei):
        return DisposalLine.objects.get(disposal=disposed.disposal)


def test_the_digests_on_the_certificate_recognize_a_copy(due, listed, team):
    with act(team.organization, team.wei):
        revision = Revision.objects.get(document=due)
        expected = digest_of(revision)
    disposal = listed(due)
    with act(team.organization, team.wei):
        (one,) = DisposalLine.objects.get(disposal=disposal).revisions
    assert (one["content"], one["file"]) == (expected, revision.file_digest)


def test_the_trail_is_content(disposed):
    assert list(verify()) == []


def test_the_search_finds_it_by_number_only(disposed, team):
    with act(team.organization, team.wei):
        assert find(SECRET) == []
        assert [hit.record for hit in find("QP-01")] == [disposed.document.pk]


def test_the_number_stays_taken(disposed, withdrawn):
    assert withdrawn("two").number == "QP-02"


def test_the_file_is_gone_and_its_text_too(due, disposed, team):
    with act(team.organization, team.wei):
        (file,) = Attachment.objects.filter(record=due.pk)
        assert file.disposed_at is not None
        assert not attachments.path(file).exists()
        assert not FileText.objects.exists()


def test_a_file_that_another_record_holds_stays_and_the_certificate_says_so(due, withdrawn, listed, go, team):
    with act(team.organization, team.wei):
        (file,) = Attachment.objects.filter(record=due.pk)
        with attachments.path(file).open("rb") as stream:
            other = attachments.keep(stream, "copy.txt")
    done = go(go(listed(due), "propose", team.wei), "carry_out", team.min)
    with act(team.organization, team.wei):
        assert DisposalLine.objects.get(disposal=done).stays == [other.digest]
        assert attachments.path(other).exists()
    assert list(verify()) == []


def test_a_file_that_two_documents_of_one_list_share_goes_with_both(withdrawn, due, clock, listed, go, team):
    with act(team.organization, team.wei):
        (file,) = Attachment.objects.filter(record=due.pk)
        same = attachments.path(file).read_bytes()
    clock.move_to("2020-03-03T04:00:00+00:00")
    with act(team.organization, team.wei):
        copy = attachments.keep(io.BytesIO(same), "copy.txt")
    second = withdrawn("two", file=copy)
    clock.move_to("2026-03-04T04:00:00+00:00")
    go(go(listed(due, second), "propose", team.wei), "carry_out", team.min)
    assert not attachments.path(copy).exists()
    assert list(verify()) == []


def test_the_same_file_added_again_is_there_again(due, disposed, team):
    with act(team.organization, team.wei):
        again = attachments.keep(io.BytesIO(f"{SECRET} in the file one".encode()), "again.txt")
        assert attachments.path(again).exists()
    assert list(verify()) == []


def test_what_was_on_the_list_and_both_signatures_stay(disposed, team):
    with act(team.organization, team.wei):
        signed = Signature.objects.filter(record=disposed.disposal.pk).order_by("signed_at")
        assert [(one.meaning, one.signer_id) for one in signed] == [("propose", team.wei.id), ("carry_out", team.min.id)]
        assert [line["number"] for line in json.loads(signed[1].view)["view"]["lines"]] == ["QP-01"]
    assert disposed.disposal.number == "DC-2026-01"


# --- Refusals -------------------------------------------------------------------------------------------------------


def reasons(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [str(one) for one in error.value.missing]


def test_nobody_confirms_their_own_proposal(due, listed, go, team):
    disposal = go(listed(due), "propose", team.wei)
    with pytest.raises(Conflict) as error:
        go(disposal, "carry_out", team.wei)
    assert reasons(error) == ["You proposed this list; a second person has to check it"]


def test_nor_does_a_deputy_in_their_place(due, listed, go, team):
    disposal = go(listed(due), "propose", team.wei)
    deputy = Member(team.min.person, team.organization, frozenset({"*"}), deputy_for=team.wei.person)
    with pytest.raises(Conflict) as error:
        go(disposal, "carry_out", deputy)
    assert reasons(error) == ["You proposed this list; a second person has to check it"]


def test_nor_does_whoever_proposed_it_as_a_deputy(due, listed, go, team):
    deputy = Member(team.min.person, team.organization, frozenset({"*"}), deputy_for=team.wei.person)
    disposal = go(listed(due), "propose", deputy)
    for who in (team.min, team.wei):
        with pytest.raises(Conflict):
            go(disposal, "carry_out", who)


def test_before_its_time_nothing_is_listed(due, clock, listed):
    clock.move_to("2025-03-01T04:00:00+00:00")
    with pytest.raises(Conflict) as error:
        listed(due)
    assert reasons(error) == ["QP-01 is kept until 2 Mar 2025."]


def test_what_is_kept_for_good_is_not_listed(due, listed, team):
    from_rule(team, 0)
    with pytest.raises(Conflict) as error:
        listed(due)
    assert reasons(error) == ["QP-01 is kept for good."]


def from_rule(team, years: int) -> None:
    with act(team.organization, team.wei):
        set_rule("procedure", {"retain_years": years}, reason="as the law asks")


def test_what_is_in_force_is_not_listed(due, draft, listed):
    with pytest.raises(Conflict) as error:
        listed(due, draft)
    assert reasons(error) == [f"{draft.number} is not out of force."]


def test_an_empty_list_is_refused(due, listed):
    with pytest.raises(Refused) as error:
        listed()
    assert list(error.value.errors) == ["numbers"]


def test_a_document_stands_on_one_open_list(due, listed):
    first = listed(due)
    with pytest.raises(Conflict) as error:
        listed(due)
    assert reasons(error) == [f"QP-01 stands on the list {first.number} already."]


def test_it_is_carried_out_once(due, listed, go, team):
    disposal = go(listed(due), "propose", team.wei)
    go(disposal, "carry_out", team.min)
    with pytest.raises(Conflict, match="not possible from the state"):
        go(disposal, "carry_out", team.min)


def test_what_is_gone_is_not_listed_again(disposed, listed):
    with pytest.raises(Conflict) as error:
        listed(disposed.document)
    assert reasons(error) == ["QP-01 was disposed of already."]


def test_what_was_changed_after_the_proposal_stops_the_whole(due, withdrawn, clock, listed, go, team):
    clock.move_to("2020-04-01T04:00:00+00:00")
    second = withdrawn("two")
    clock.move_to("2026-05-01T04:00:00+00:00")
    disposal = go(listed(due, second), "propose", team.wei)
    with act(team.organization, team.wei):
        row = Document.objects.get(pk=second.pk)
        row.owner_id = team.min.id
        row.save()
    with pytest.raises(Conflict) as error:
        go(disposal, "carry_out", team.min)
    assert reasons(error) == ["Changed since they were listed: QP-02"]
    with act(team.organization, team.wei):
        assert set(Document.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_a_rule_that_was_made_longer_since_counts(due, listed, go, team):
    disposal = go(listed(due), "propose", team.wei)
    from_rule(team, 10)
    with pytest.raises(Conflict) as error:
        go(disposal, "carry_out", team.min)
    assert reasons(error) == ["To be kept longer: QP-01"]


def test_a_rejected_list_is_void_and_its_documents_are_free(due, listed, go, team):
    disposal = go(listed(due), "propose", team.wei)
    go(disposal, "reject", team.min, reason="One is still needed.")
    with pytest.raises(Conflict):
        go(disposal, "carry_out", team.min)
    assert listed(due).number == "DC-2026-02"


def test_whoever_may_not_dispose_makes_no_list(due, listed, team):
    for who in (team.tang, team.hua):
        with pytest.raises(NotPermitted):
            listed(due, who=who)


def test_a_right_to_the_list_alone_is_not_enough(due, listed, go, team):
    disposal = go(listed(due), "propose", team.wei)
    clerk = Member(team.hua.person, team.organization, frozenset({"disposals.*", "documents.view"}))
    with pytest.raises(Conflict) as error:
        go(disposal, "carry_out", clerk)
    assert reasons(error) == ["The right to dispose of documents"]


def test_a_document_is_disposed_of_by_no_other_way(due, take, team):
    with pytest.raises(NotFound):
        take(due, "dispose", team.wei)


def test_remarks_briefings_and_readings_lose_their_words(due, listed, go, team):
    with act(team.organization, team.wei):
        revision = Revision.objects.get(document=due)
        now = revision.approved_at
        Remark(revision=revision, quote=SECRET, text=SECRET, made_at=now, made_by_id=team.wei.id, answer=SECRET).save()
        Briefing(revision=revision, reason=SECRET, question=SECRET, choices=[SECRET, "no"]).save()
        Reading(revision=revision, person_id=team.hua.id, asked_at=now, confirmed_at=now, shown=[SECRET]).save()
    go(go(listed(due), "propose", team.wei), "carry_out", team.min)
    assert places(SECRET) == []
    with act(team.organization, team.wei):
        assert Reading.objects.get().confirmed_at == now
    assert list(verify()) == []


@pytest.fixture
def still_out(due, team):
    """A copy that somebody holds still, after the retention is over."""
    with act(team.organization, team.wei):
        lost = PaperCopy.objects.get()
        row = PaperCopy(document=due, revision=lost.revision, number=2, place="Line 2", reason="x")
        row.issued_at, row.issued_by_id = lost.issued_at, team.wei.id
        row.save()
    return due


def test_what_is_still_out_on_paper_is_not_listed(still_out, listed):
    with pytest.raises(Conflict) as refused:
        listed(still_out)
    assert [str(one) for one in refused.value.missing] == ["QP-01 is still out on paper: copy 2."]


def test_when_the_paper_came_back_it_is_listed(still_out, listed, team):
    with act(team.organization, team.wei):
        copies.end(still_out, {"copies": [2], "how": "returned"})
    assert listed(still_out).number


def test_after_it_the_numbers_and_days_of_its_copies_stay(disposed, team):
    with act(team.organization, team.wei):
        copy = PaperCopy.objects.get()
    assert (copy.number, copy.how, copy.place, copy.reason, copy.words) == (1, "lost", "", "", "")
    assert copy.ended_at is not None and copy.issued_by_id == team.wei.id


def test_nothing_is_carried_out_while_a_copy_is_out(due, listed, go, team):
    disposal = go(listed(due), "propose", team.wei)
    with act(team.organization, team.wei):
        lost = PaperCopy.objects.get()
        row = PaperCopy(document=due, revision=lost.revision, number=2, place="Line 2", reason="x")
        row.issued_at, row.issued_by_id = lost.issued_at, team.wei.id
        row.save()
    with pytest.raises(Conflict) as refused:
        go(disposal, "carry_out", team.min)
    assert [str(one) for one in refused.value.missing] == ["Still out on paper: QP-01"]
