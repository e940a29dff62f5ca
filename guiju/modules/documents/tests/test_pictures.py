"""Pictures in a text belong to the document that shows them, are part of what is signed, and go with it."""

import io

import pytest
from django.test import Client
from PIL import Image

from guiju.conftest import join, make_person
from guiju.lib import markdown
from guiju.modules.documents import services
from guiju.modules.documents.models import Revision
from guiju.spine.acts import Refused, act
from guiju.spine.attachments import services as attachments
from guiju.spine.attachments.services import keep

pytestmark = pytest.mark.django_db


def picture(color: str = "red", name: str = "lamp.png"):
    drawn = io.BytesIO()
    Image.new("RGB", (20, 10), color).save(drawn, "PNG")
    drawn.seek(0)
    return keep(drawn, name)


def write(text: str):
    return services.draft({"title": "Soldering", "kind": "procedure", "language": "en", "text": text})


@pytest.fixture
def writer(as_wei):
    """Somebody who may write, and may not see what is confidential."""
    rights = ("documents.view", "documents.create", "documents.change")
    return join(as_wei.organization, make_person("zhu", "Zhu"), *rights)


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def test_a_picture_named_in_the_text_belongs_to_the_document_and_is_shown(as_wei):
    sent = picture()
    document = write(f"Like this: ![the head](attachment:{sent.pk})")
    assert list(attachments.of(document)) == [type(sent).objects.get(pk=sent.pk)]
    client = signed_in(as_wei.tang)
    address = f"/lanzhu/documents/QP-01/files/{sent.pk}/page/1/"
    assert f'<img src="{address}" alt="the head" loading="lazy">' in client.get("/lanzhu/documents/QP-01/").content.decode()
    assert client.get(address).headers["Content-Type"] == "image/webp"


def test_only_who_sent_a_picture_can_use_it_before_it_belongs_to_a_document(as_wei):
    sent = picture()
    with act(as_wei.organization, as_wei.min), pytest.raises(Refused) as refused:
        write(f"![x](attachment:{sent.pk})")
    assert refused.value.errors == {"text": ["A picture that the text names is not there; add it again."]}


def test_what_is_no_picture_does_not_stand_in_a_text(as_wei):
    sent = keep(io.BytesIO(b"%PDF-1.7 no"), "plan.pdf")
    with pytest.raises(Refused) as refused:
        write(f"![x](attachment:{sent.pk})")
    assert refused.value.errors == {"text": ["plan.pdf is no picture that can stand in a text."]}


def test_a_copied_text_brings_its_pictures_along(as_wei):
    sent = picture()
    first = write(f"![x](attachment:{sent.pk})")
    second = services.draft(services.copied(first) | {"title": "Copy"})
    (named,) = markdown.pictures(second.newest().text)
    assert named != str(sent.pk)
    assert [one.digest for one in attachments.of(second)] == [sent.digest]
    assert signed_in(as_wei.tang).get(f"/lanzhu/documents/QP-02/files/{named}/page/1/").status_code == 200


def test_a_picture_of_a_document_one_may_not_see_is_not_had_by_its_id(as_wei, writer):
    sent = picture()
    hidden = write(f"![x](attachment:{sent.pk})")
    hidden.confidential = True
    hidden.save()
    with act(as_wei.organization, writer), pytest.raises(Refused):
        write(f"![x](attachment:{sent.pk})")


def test_a_signature_covers_the_pictures_and_not_only_their_names(as_wei):
    red, blue = picture("red"), picture("blue")
    document = write(f"![x](attachment:{red.pk}) ![y](attachment:{blue.pk})")
    assert Revision.objects.get(document=document).signed_view(1)["pictures"] == [red.digest, blue.digest]


@pytest.fixture
def client(as_wei) -> Client:
    return signed_in(as_wei.wei)


def test_the_editor_shows_a_text_as_its_page_will(as_wei, client):
    document = write("x")
    answer = client.post("/lanzhu/editor/preview/", {"text": f"**强调。**后文 [[{document.number}]]", "of": "documents/QP-01"})
    assert answer.content.decode().startswith("<p><strong>强调。</strong>后文 <a href=")


def test_the_editor_shows_pictures_not_kept_yet_to_their_sender_alone(as_wei, client):
    sent = picture()
    text = {"text": f"![x](attachment:{sent.pk})"}
    assert f'src="/lanzhu/editor/pictures/{sent.pk}/"' in client.post("/lanzhu/editor/preview/", text).content.decode()
    assert client.get(f"/lanzhu/editor/pictures/{sent.pk}/").status_code == 200
    other = signed_in(as_wei.min)
    assert "<img" not in other.post("/lanzhu/editor/preview/", text).content.decode()
    assert other.get(f"/lanzhu/editor/pictures/{sent.pk}/").status_code == 404


def test_the_editor_shows_nothing_of_a_document_one_may_not_see(as_wei, writer):
    sent = picture()
    hidden = write(f"![x](attachment:{sent.pk})")
    hidden.confidential = True
    hidden.save()
    answer = signed_in(writer).post("/lanzhu/editor/preview/", {"text": f"![x](attachment:{sent.pk})", "of": "documents/QP-01"})
    assert answer.status_code == 404


def test_the_editor_refuses_what_the_document_would_refuse(client):
    answer = client.post("/lanzhu/editor/preview/", {"text": "a\x00b"})
    assert (answer.status_code, "U+0000" in answer.json()["detail"]) == (422, True)


def test_records_to_refer_to_are_those_one_may_see(as_wei, client, writer):
    write("x")
    hidden = write("y")
    hidden.confidential = True
    hidden.save()
    mine = client.get("/lanzhu/editor/records/?q=Soldering").json()["items"]
    assert [one["number"] for one in mine] == ["QP-02", "QP-01"]
    items = signed_in(writer).get("/lanzhu/editor/records/?q=Soldering").json()["items"]
    assert items == [{"number": "QP-01", "title": "Soldering"}]


def test_who_may_write_nothing_sends_no_pictures(as_wei):
    answer = signed_in(as_wei.tang).post("/lanzhu/editor/pictures/", {"file": io.BytesIO(b"x")})
    assert answer.status_code == 403
