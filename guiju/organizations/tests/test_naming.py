"""Names: kept by those who administer people, never changed by oneself, and what was signed keeps the name of then."""

from types import SimpleNamespace

import pytest

from guiju.conftest import join
from guiju.modules.documents import services as documents
from guiju.modules.documents.approval import seals
from guiju.modules.documents.models import Document
from guiju.organizations import accounts, identity
from guiju.organizations.models import Membership
from guiju.spine.acts import NotPermitted, Refused, act, write
from guiju.spine.registers import sentences
from guiju.spine.registers.declaration import by_key
from guiju.spine.signatures.models import Signature
from guiju.spine.signatures.services import prove, sign
from guiju.spine.trail.verify import verify

pytestmark = pytest.mark.django_db
WHY = "married"


@pytest.fixture
def signed(lanzhu: SimpleNamespace) -> Document:
    """A document that Min wrote and signed."""
    with act(lanzhu.organization, lanzhu.min):
        made = documents.draft({"title": "Ageing test", "kind": "procedure", "language": "en", "text": "Switch it on."})
        write(lambda: sign(made.newest(), "review", prove("bamboo-lamp-42", session={})))
        return made


def renamed(lanzhu: SimpleNamespace) -> None:
    with act(lanzhu.organization, lanzhu.wei):
        identity.rename(lanzhu.min.person, "Lin Min", "林敏", WHY)


def test_a_name_is_not_of_the_profile_that_one_changes_oneself(lanzhu):
    with act(None, lanzhu.min), pytest.raises(ValueError, match="name"):
        accounts.change_profile(lanzhu.min.person, {"name": "Chen Wei"})


def test_another_changes_it_with_a_reason_which_the_organizations_chain_keeps(lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        with pytest.raises(Refused):
            identity.rename(lanzhu.min.person, "Lin Min", "", " ")
        identity.rename(lanzhu.min.person, "Lin Min", "林敏", WHY)
        newest = sentences.histories({lanzhu.min.id: "organizations.person"})[0]
    assert (newest.says["name"], newest.says["new_name"], newest.reason) == ("Zhou Min", "Lin Min", WHY)
    assert list(verify()) == []


def test_without_the_right_or_of_an_account_elsewhere_it_is_refused(lanzhu, other):
    with act(lanzhu.organization, lanzhu.tang), pytest.raises(NotPermitted):
        identity.rename(lanzhu.min.person, "Lin Min", "", WHY)
    join(other.organization, lanzhu.min.person, "documents.view")
    with act(lanzhu.organization, lanzhu.wei), pytest.raises(NotPermitted):
        identity.rename(lanzhu.min.person, "Lin Min", "", WHY)


def test_what_was_signed_keeps_the_name_of_then(lanzhu, signed):
    renamed(lanzhu)
    with act(lanzhu.organization, lanzhu.wei):
        (signature,) = Signature.objects.all()
        assert str(signature.signer_then) == "Zhou Min"
        drawn = seals.seals_of(signed, signed.newest())
    assert "Zhou Min" in drawn and "Lin Min" not in drawn


def test_the_history_says_who_acted_by_the_name_of_then(lanzhu, signed):
    renamed(lanzhu)
    with act(lanzhu.organization, lanzhu.min):
        changed = Document.objects.get(pk=signed.pk)
        documents.change(changed, {"title": "Ageing test of lamps", "kind": "procedure", "language": "en", "text": "Off."})
        register = by_key("documents")
        assert register is not None
        told = sentences.told(register, [Document.objects.get(pk=signed.pk)])
    assert "Lin Min" in told[0]["sentence"] and "Zhou Min" in told[-1]["sentence"]


def test_a_person_is_called_otherwise_on_their_page_by_who_administers_people(lanzhu, client):
    client.force_login(lanzhu.wei.person)
    with act(lanzhu.organization, lanzhu.wei):
        membership = Membership.objects.get(person=lanzhu.min.person)
    form = {"name": "Lin Min", "name_zh": "林敏", "reason": "", "version": membership.version}
    address = f"/lanzhu/people/{lanzhu.min.id}/change/"
    assert client.post(address, form).status_code in (200, 422)
    assert client.post(address, form | {"reason": WHY}).status_code == 302
    lanzhu.min.person.refresh_from_db()
    assert lanzhu.min.person.name == "Lin Min"
