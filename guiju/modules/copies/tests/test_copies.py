"""Paper copies: what is given out, to whom, and what became of it."""

import pytest
from django.utils import translation

from guiju.conftest import join, make_person
from guiju.modules.copies import services, standing
from guiju.modules.copies.models import PaperCopy
from guiju.modules.documents.confidential import insiders
from guiju.modules.documents.models import Document
from guiju.spine.acts import Conflict, NotPermitted, Refused, Stale, act
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.record_page import history
from guiju.spine.registers.writing import OnceOnly
from guiju.spine.trail.models import Entry
from guiju.spine.trail.verify import verify


def sentences(document: Document) -> list[str]:
    return [one["sentence"] for one in history(by_key("documents"), document)]


def test_copies_are_numbered_from_one_for_each_document(in_force, give, team):
    first = give(in_force, team.tang.person, "Line 2, board")
    second = give(in_force, "Ageing room")
    assert [(one.number, one.holder) for one in (*first, *second)] == [(1, "Tang Li"), (2, "Line 2, board"), (3, "Ageing room")]
    assert {one.revision.label for one in (*first, *second)} == {"1"}


def test_a_number_is_never_given_again(in_force, give, finish):
    give(in_force, "Line 2")
    finish(in_force, "returned", 1)
    assert [one.number for one in give(in_force, "Line 2")] == [2]


def test_a_holder_can_get_several(in_force, give):
    assert [one.holder for one in give(in_force, "Line 2", each=3)] == ["Line 2"] * 3


def test_a_draft_is_not_given_out(draft, give):
    with pytest.raises(Conflict, match="Only a revision that is in force"):
        give(draft, "Line 2")


def test_while_a_revision_is_written_copies_are_of_the_one_in_force(in_force, give, take, team):
    take(in_force, "revise", team.wei, reason="Six hours")
    assert [one.revision.label for one in give(in_force, "Line 2")] == ["1"]


def test_what_is_withdrawn_is_not_given_out(in_force, give, take, team):
    take(in_force, "withdraw", team.wei, reason="No longer done")
    with pytest.raises(Conflict):
        give(in_force, "Line 2")


@pytest.mark.parametrize("each", [0, -1, 21, 10000, "many", None])
def test_nobody_gets_no_copy_or_too_many(in_force, give, team, each):
    with pytest.raises(Refused) as refused:
        give(in_force, "Line 2", each=each)
    assert refused.value.errors == {"each": ["From 1 to 20 copies for each."]}
    with act(team.organization, team.wei):
        assert not PaperCopy.objects.exists()


def test_at_most_fifty_are_given_out_at_once(in_force, give):
    with pytest.raises(Refused, match="At most 50 copies at once"):
        give(in_force, *(f"Place {n}" for n in range(26)), each=2)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"places": ["  "]}, "people"),
        ({"places": ["x" * 61]}, "places"),
        ({"places": ["x"], "reason": " "}, "reason"),
        ({"places": ["x"], "reason": "x" * 501}, "reason"),
    ],
)
def test_a_copy_needs_a_holder_and_a_reason(in_force, give, values, field):
    with pytest.raises(Refused) as refused:
        give(in_force, **values)
    assert list(refused.value.errors) == [field]


def test_only_whoever_may_distribute_gives_out(in_force, give, team):
    with pytest.raises(NotPermitted):
        give(in_force, "Line 2", who=team.tang)


def test_only_a_member_holds_a_copy(in_force, give, team):
    with pytest.raises(Refused) as refused:
        give(in_force, make_person("gone", "Gone Away"))
    assert refused.value.errors == {"people": ["Only a member can hold a copy; not a member: Gone Away"]}


def test_the_same_request_sent_twice_gives_out_once(in_force, team):
    with act(team.organization, team.wei):
        values, once = {"places": ["Line 2"], "reason": "x"}, OnceOnly.of("a key")
        assert len(services.issue(in_force, values, once=once)) == 1
        assert services.issue(in_force, values, once=once) == []
        assert PaperCopy.objects.count() == 1


def test_a_form_opened_before_another_revision_came_is_refused(in_force, revise, team):
    revise(in_force)
    with act(team.organization, team.wei), pytest.raises(Stale, match="Meanwhile revision"):
        services.issue(in_force, {"places": ["Line 2"], "reason": "x"}, revision="1")


def test_how_it_ended_is_kept(in_force, give, finish, team):
    give(in_force, "Line 2", "Line 3", "Line 4")
    finish(in_force, "returned", 1)
    finish(in_force, "destroyed", 2)
    finish(in_force, "lost", 3, words="Last seen at the oven in May")
    with act(team.organization, team.wei):
        rows = PaperCopy.objects.order_by("number")
        assert [(row.how, row.ended_by_id, row.ended_at is None) for row in rows] == [
            (how, team.wei.id, False) for how in ("returned", "destroyed", "lost")
        ]
        assert rows[2].words == "Last seen at the oven in May"


def test_a_lost_copy_needs_a_word(in_force, give, finish):
    give(in_force, "Line 2")
    with pytest.raises(Refused) as refused:
        finish(in_force, "lost", 1)
    assert list(refused.value.errors) == ["words"]


def found(document, team, *numbers, reason="Behind the oven"):
    with act(team.organization, team.wei):
        return services.find(Document.objects.get(pk=document.pk), {"copies": numbers, "reason": reason})


def test_a_lost_copy_that_is_found_is_out_again_with_its_holder(in_force, give, finish, team):
    give(in_force, "Line 2")
    finish(in_force, "lost", 1, words="Gone since May")
    (copy,) = found(in_force, team, 1)
    assert (copy.number, copy.holder, copy.how, copy.ended_at) == (1, "Line 2", "", None)
    with act(team.organization, team.wei):
        newest = history(by_key("documents"), in_force)[0]
        assert newest["sentence"] == "Chen Wei entered that paper copy 1 was found again."
        assert newest["reason"] == "Behind the oven"
        assert list(verify()) == []


def test_a_found_copy_that_holds_no_longer_is_called_back(in_force, give, finish, revise, team):
    give(in_force, "Line 2")
    finish(in_force, "lost", 1, words="Gone")
    revise(in_force)
    found(in_force, team, 1)
    with act(team.organization, team.wei):
        assert standing.judged(PaperCopy.objects.all()).get().recall
        assert PaperCopy.objects.get().called_at is not None


def test_only_a_lost_copy_is_found_and_with_a_reason(in_force, give, finish, team):
    give(in_force, "Line 2", "Line 3")
    finish(in_force, "lost", 1, words="Gone")
    finish(in_force, "returned", 2)
    with pytest.raises(Conflict, match="Not lost"):
        found(in_force, team, 1, 2)
    with pytest.raises(Refused, match="where it was found"):
        found(in_force, team, 1, reason=" ")


def test_a_copy_ends_once(in_force, give, finish):
    give(in_force, "Line 2", "Line 3")
    finish(in_force, "returned", 1)
    with pytest.raises(Conflict, match="Not out any more"):
        finish(in_force, "lost", 1, 2, words="Gone")


@pytest.mark.parametrize(
    ("numbers", "how"),
    [((), "returned"), ((7,), "returned"), (("one",), "returned"), ((10**12,), "returned"), ((1,), "eaten"), ((1,), "")],
)
def test_what_cannot_be_is_refused(in_force, give, finish, numbers, how):
    give(in_force, "Line 2")
    with pytest.raises(Refused):
        finish(in_force, how, *numbers)


def test_a_copy_is_replaced_in_one_step(in_force, give, finish, revise, team):
    give(in_force, team.tang.person)
    revise(in_force)
    finish(in_force, "returned", 1, again=True)
    with act(team.organization, team.wei):
        old, new = PaperCopy.objects.order_by("number")
        assert (old.how, new.number, new.holder, new.revision.label) == ("returned", 2, "Tang Li", "2")
        assert (new.instead_of_id, new.reason) == (old.pk, old.reason)


def test_one_whose_holder_has_left_is_not_replaced(in_force, give, finish, team):
    give(in_force, team.tang.person)
    with act(team.organization, team.wei):
        membership = team.tang.person.memberships.get()
        membership.active = False
        membership.save()
    with pytest.raises(Refused, match="Only a member"):
        finish(in_force, "returned", 1, again=True)
    with act(team.organization, team.wei):
        assert PaperCopy.objects.get().ended_at is None


def test_all_of_it_is_on_the_trail_and_in_the_history_of_the_document(in_force, give, finish, team):
    give(in_force, team.tang.person, "Line 2")
    finish(in_force, "returned", 1)
    finish(in_force, "lost", 2, words="Not at the line")
    with act(team.organization, team.wei):
        assert sentences(in_force)[:3] == [
            "Chen Wei entered that paper copy 2 is lost.",
            "Chen Wei took paper copy 1 back.",
            "Chen Wei gave out on paper: copy 1, 2 of revision 1, to Tang Li 唐丽; Line 2.",
        ]
        entries = Entry.objects.filter(kind="copies.papercopy").order_by("sequence")
        assert [entry.action for entry in entries] == ["issue", "issue", "returned", "lost"]


def test_in_chinese_the_history_is_chinese(in_force, give, team):
    give(in_force, "二线看板")
    with act(team.organization, team.wei), translation.override("zh-hans"):
        assert sentences(in_force)[0] == "陈玮发放了纸质副本：第1版第1号，发给：二线看板。"


# --- What is confidential -------------------------------------------------------------------------------------------


@pytest.fixture
def confidential(in_force, team) -> Document:
    with act(team.organization, team.wei):
        insiders.set_confidential(in_force, True, [team.hua.person], "Recipe")
        return Document.objects.get(pk=in_force.pk)


def test_a_confidential_document_is_given_only_to_those_who_may_see_it(confidential, give, team):
    with pytest.raises(Refused) as refused:
        give(confidential, team.hua.person, team.tang.person)
    assert refused.value.errors == {"people": ["The document is confidential and hidden from Tang Li."]}
    assert [one.holder for one in give(confidential, team.hua.person)] == ["Lin Hua"]


def test_a_place_for_it_has_to_be_named_as_shielded(confidential, give):
    with pytest.raises(Refused) as refused:
        give(confidential, "Line 2")
    assert list(refused.value.errors) == ["shielded"]
    assert len(give(confidential, "The safe", shielded=True)) == 1


def test_its_copies_are_shown_only_to_those_who_may_see_it(confidential, give, team):
    give(confidential, team.hua.person)
    keeper = join(team.organization, make_person("keeper", "Ke Per"), "documents.view", "documents.distribute")
    for who, count in ((team.wei, 1), (team.hua, 1), (team.tang, 0), (keeper, 0)):
        with act(team.organization, who):
            assert standing.seen().count() == count, who.person.name
