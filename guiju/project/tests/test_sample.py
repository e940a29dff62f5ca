"""The sample organization: whom and what it has, that it is made by acting, and that it never grows old."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone

from guiju.lib import markdown
from guiju.lib.extraction import extract
from guiju.modules.documents.models import CheckOut, Document, Revision
from guiju.modules.documents.models import Remark as PassageRemark
from guiju.modules.documents.workflow import document_workflow
from guiju.modules.editions import asking
from guiju.modules.editions.models import Check
from guiju.modules.keeping import lines
from guiju.modules.keeping.models import Disposal
from guiju.modules.kinds.models import Kind
from guiju.modules.processes.models import Process
from guiju.modules.readings.models import Reading
from guiju.modules.translations.models import Translation
from guiju.modules.translations.services import is_stale
from guiju.organizations.members import member, people_who_may, sample_people, today_in
from guiju.organizations.models import Deputyship, Person
from guiju.organizations.roles import DEFAULTS
from guiju.project.sample import making
from guiju.project.sample.days import Days
from guiju.project.sample.lives import FOLDER
from guiju.project.sample.people import PASSWORD
from guiju.project.sample.story import LIVES, events
from guiju.spine.acts import act
from guiju.spine.attachments import services as attachments
from guiju.spine.records.models import Comment
from guiju.spine.registers.editor import pictures
from guiju.spine.signatures.models import Method, Signature
from guiju.spine.signatures.services import of as signatures_of
from guiju.spine.tasks.services import open_for
from guiju.spine.trail.models import Entry
from guiju.spine.trail.past import as_of, histories, sequence_at
from guiju.spine.trail.verify import verify

SHANGHAI = ZoneInfo("Asia/Shanghai")
pytestmark = pytest.mark.django_db  # or no database is made when this file is run alone


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[SimpleNamespace]:
    """The sample, made once for the tests of this file, which only read; and the instant at which it was made."""
    with django_db_blocker.unblock(), transaction.atomic():
        now = timezone.now()
        yield SimpleNamespace(organization=making.make(now, {"marked": True}), now=now)
        transaction.set_rollback(True)


@pytest.fixture
def lanzhu(made: SimpleNamespace) -> Iterator[SimpleNamespace]:
    """Chen Wei looks at the sample."""
    person = Person.objects.get(username="wei")
    wei = member(made.organization, person, today_in(made.organization))
    with act(made.organization, wei):
        yield SimpleNamespace(**vars(made), wei=wei, today=today_in(made.organization))


def states() -> dict[str, str]:
    return {document.number: document_workflow.state_of(document).name for document in Document.objects.all()}


def test_it_is_a_sample_and_says_so(lanzhu):
    assert lanzhu.organization.sample


def test_there_is_somebody_in_every_role(lanzhu):
    assert {role for _membership, role in sample_people()} == {default.key for default in DEFAULTS}


def test_the_first_of_a_role_is_whom_the_door_offers(lanzhu):
    first: dict[str, str] = {}
    for membership, role in sample_people():
        first.setdefault(role, membership.person.username)
    assert (first["quality_manager"], first["process_owner"], first["contributor"]) == ("wei", "min", "li")


def test_everybody_has_a_position_in_both_languages_and_the_password_of_the_demonstration(lanzhu):
    for membership, _role in sample_people():
        assert membership.position and membership.position_zh
        assert membership.person.check_password(PASSWORD)


@pytest.mark.parametrize("right", ["documents.review", "documents.approve", "documents.import", "documents.create"])
def test_wei_and_min_can_both_do_what_a_document_needs(right, lanzhu):
    assert {"wei", "min"} <= {person.username for person in people_who_may(right)}


def test_the_guest_has_a_last_day_that_is_still_to_come(lanzhu):
    guests = [membership for membership, role in sample_people() if role == "guest"]
    assert [guest.expires_on > lanzhu.today for guest in guests] == [True]


def test_somebody_is_away_today_and_has_a_deputy(lanzhu):
    away = Deputyship.objects.filter(from_on__lte=lanzhu.today, until_on__gte=lanzhu.today)
    assert away.count() == 1


def test_a_deputy_has_signed_as_deputy(lanzhu):
    signed = Signature.objects.exclude(on_behalf_of=None).select_related("signer", "on_behalf_of")
    assert [(s.signer.username, s.on_behalf_of.username) for s in signed] == [("wei", "guoliang")]


def test_every_process_has_an_owner_both_titles_a_purpose_and_documents(lanzhu):
    for process in Process.objects.all():
        assert process.owner_id and process.title_zh and process.purpose
        assert Document.objects.filter(process=process).exists()
    assert Counter(Process.objects.values_list("kind", flat=True)) == {"management": 3, "core": 6, "support": 3}


def test_documents_are_of_every_kind(lanzhu):
    assert set(Document.objects.values_list("kind", flat=True)) == set(Kind.values)


def test_states_are_spread(lanzhu):
    count = Counter(states().values())
    assert count["effective"] >= 15
    assert (count["in_review"], count["approved"], count["withdrawn"], count["disposed"]) == (2, 1, 1, 1)
    assert count["draft"] >= 3
    assert set(count) == set(document_workflow.states)


def test_what_is_approved_takes_effect_in_the_days_to_come(lanzhu):
    number = next(number for number, state in states().items() if state == "approved")
    document = Document.objects.get(number=number)
    assert document.effective_on > lanzhu.today
    assert document.in_force(lanzhu.today) == document.standing_revision != document.revision


def test_one_document_was_to_be_read_again_before_today(lanzhu):
    late = Document.objects.filter(due_on__lt=lanzhu.today).exclude(state="withdrawn")
    assert list(late.values_list("number", flat=True)) == ["WI-038"]


def test_several_documents_have_more_than_one_revision_and_no_two_read_the_same(lanzhu):
    texts: dict[object, list[str]] = {}
    for document, text in Revision.objects.values_list("document", "text"):
        texts.setdefault(document, []).append(text)
    assert sum(len(own) > 1 for own in texts.values()) >= 10
    assert all(len(own) == len(set(own)) for own in texts.values())


def test_every_text_of_the_folder_is_a_revision():
    told = {f"{life.number}.{issue.label}" for life in LIVES for issue in life.issues}
    assert {path.name.removesuffix(".en.md").removesuffix(".zh.md") for path in FOLDER.glob("*.md")} == told


@pytest.mark.parametrize("username", ["wei", "min"])
def test_something_is_late_something_is_for_today_and_something_comes_soon(username, lanzhu):
    due = [task.due_on for task in open_for(Person.objects.get(username=username).pk)]
    assert min(due) == lanzhu.today - timedelta(days=3)
    assert due.count(lanzhu.today) == 2
    assert max(due) > lanzhu.today


@pytest.mark.parametrize(("username", "number"), [("wei", "WI-046"), ("min", "WI-031")])
def test_a_review_waits_for_each(username, number, lanzhu):
    document = Document.objects.get(number=number)
    asked = open_for(Person.objects.get(username=username).pk).filter(door="review")
    assert [task.record for task in asked] == [document.pk]
    assert document.newest().author.username != username


def test_people_have_commented_and_returned_with_a_reason(lanzhu):
    assert Comment.objects.count() >= 10
    returns = [m for m in told() if m.action == "return"]
    assert len(returns) >= 2
    assert all(moment.reason for moment in returns)


def told():
    rows = dict.fromkeys(Document.objects.values_list("pk", flat=True), "documents.document")
    return histories(rows)


def test_nothing_is_on_the_trail_that_is_not_so(made):
    assert list(verify()) == []


def test_every_signature_rests_on_the_sample_proof(lanzhu):
    assert set(Signature.objects.values_list("method", flat=True)) == {Method.SAMPLE}


def test_its_instants_never_go_back_and_end_before_now(lanzhu):
    instants = list(Entry.objects.order_by("sequence").values_list("at", flat=True))
    assert instants == sorted(instants)
    assert lanzhu.now - instants[0] > timedelta(days=330)
    assert timedelta(0) < lanzhu.now - instants[-1] < timedelta(hours=2)


def test_its_clock_was_never_behind_the_chain(lanzhu):
    assert [entry for entry in Entry.objects.all() if '"clock"' in entry.text] == []


def test_a_month_ago_there_was_less(lanzhu):
    then = sequence_at(lanzhu.now - timedelta(days=30))
    before = {document.number: document.state for document in as_of(Document, then)}
    assert 20 < len(before) < Document.objects.count()
    assert {number for number, state in before.items() if state == "in_review"} != {"WI-031", "WI-046"}


NOWS = [datetime(2026, 11, day, hour, 7, tzinfo=UTC) for day in range(16, 23) for hour in (0, 8, 16, 23)]


@pytest.mark.parametrize("now", [*NOWS, datetime(2028, 2, 29, 4, 0, tzinfo=UTC), datetime(2027, 1, 1, 0, 0, tzinfo=UTC)])
def test_whenever_it_is_made_what_happens_to_a_document_keeps_its_order(now):
    happened = events(Days(now, SHANGHAI))
    assert all(event.at < now for event in happened)
    for life in LIVES:
        doors = [e.given.get("door") or e.do for e in happened if number_of(e) == life.number and e.do in STEPS]
        expected = []
        for issue in life.issues:
            expected += ["revise", "rewrite"] if expected else ["draft"]
            expected += [step.door for step in sorted(issue.steps, key=lambda step: step.after)]
        assert doors == expected


STEPS = ("draft", "revise", "rewrite", "take")


def number_of(event):
    return event.given.get("number") or (event.given["life"].number if "life" in event.given else "")


def test_at_the_same_instant_it_is_the_same_story():
    now = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
    assert events(Days(now, SHANGHAI)) == events(Days(now, SHANGHAI))


def test_people_have_read_what_goes_to_them_and_some_have_still_to(lanzhu):
    found = Reading.objects.exclude(how="took_part")
    assert found.exclude(confirmed_at=None).count() >= 5
    assert found.filter(confirmed_at=None, ended_at=None).exists()


def test_of_the_translations_one_is_fresh_and_one_is_stale(lanzhu):
    found = {one.document.number: is_stale(one, one.document) for one in Translation.objects.exclude(checked_at=None)}
    assert found == {"WI-031": False, "WI-061": True}


def test_a_plan_whose_year_is_over_was_let_go_by_two_people(lanzhu):
    (disposal,) = Disposal.objects.all()
    assert (disposal.state, lines.of(disposal)[0].number) == ("carried_out", "PL-02")
    assert [(one.meaning, one.signer.username) for one in signatures_of([disposal])] == [
        ("propose", "wei"),
        ("carry_out", "guoliang"),
    ]
    assert Document.objects.get(number="PL-02").title == "" == Revision.objects.get(document__number="PL-02").text


def test_a_text_in_force_has_a_picture_and_a_table(lanzhu):
    document = Document.objects.get(number="WI-052")
    standing = Revision.objects.get(document=document, label=document.in_force(lanzhu.today))
    assert "| --- |" in standing.text and len(standing.pictures) == 1
    (named,) = markdown.pictures(standing.text)
    assert pictures.is_picture(attachments.of(document).get(pk=named))


def test_a_record_was_filled_in_with_a_form_in_force(lanzhu):
    (record,) = Document.objects.exclude(made_with=None)
    form = record.made_with.document
    assert (record.kind, form.kind, form.number) == ("record", "form", "FM-012")
    assert form.in_force(lanzhu.today) == record.made_with.label


def test_somebody_has_taken_the_word_file_of_a_draft(lanzhu):
    (held,) = CheckOut.objects.filter(ended_at=None)
    revision = held.document.newest()
    assert (held.document.state, held.taken_by.username) == ("draft", "min")
    assert revision.file_name.endswith(".docx") and revision.text == ""
    read = extract(attachments.path(revision.file), revision.file_name)
    assert "更换" in read.text and not read.problems


def test_editions_are_watched_one_was_taken_over_and_some_are_due(lanzhu):
    assert {watch.document.number for watch in asking.active()} == {"EX-03", "EX-07", "EX-09"}
    (newer,) = Check.objects.exclude(edition="")
    assert newer.settled_with.label == "2022" and newer.impact
    due = asking.active().filter(next_on__lte=lanzhu.today + asking.AHEAD)
    assert {watch.document.number for watch in due} == {"EX-03", "EX-09"}


def test_a_passage_waits_for_an_answer(lanzhu):
    assert PassageRemark.objects.filter(resolved_at=None).count() == 1
