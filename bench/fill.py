"""Fill an empty installation: python -m bench.fill COUNT, run with the installation's own environment.

Makes one organization, one person who may do everything, and COUNT documents, through the same verbs that the product
uses, so that numbers, trail and search are there as for a grown organization; of at most 5,000 the text is searched too, and
the history of one has 50 entries. Prints, as its last line, JSON: the cookie of a web session and the number of that one.
"""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from guiju.modules.documents import services  # noqa: E402
from guiju.modules.documents.models import Document, Language, Revision  # noqa: E402
from guiju.modules.kinds.models import Kind  # noqa: E402
from guiju.organizations.members import Member  # noqa: E402
from guiju.organizations.models import Grant, Membership, Organization, Person, Role  # noqa: E402
from guiju.spine.acts import act, write  # noqa: E402
from guiju.spine.records import bulk  # noqa: E402
from guiju.spine.search.services import index_body  # noqa: E402

SLUG = USERNAME = "bench"
CHUNK = 1000
WITH_TEXT = 5000  # documents whose text is searched
CHANGES = 24  # of the document that is looked at: each is an entry of its own and one of its revision
SUBJECTS = (
    "Soldering of drivers",
    "来料检验",
    "Packing for sea freight",
    "烧伤事故的处理",
    "Ageing test of lamps",
    "客户投诉处理",
)
# One subject in a thousand is the one that the search looks for; the others share the rest.
RARE = SUBJECTS[3]
TEXT = "%s: who does what, with which means, and what is kept of it."
STATES = ("draft", "in_review", "approved", "approved", "approved")


def found() -> tuple[Organization, Person, Member]:
    with act(None):
        person = Person(username=USERNAME, name="Bench Person")
        person.set_password("a lamp and a charger")
        person.save()
    organization = Organization(slug=SLUG, name="Bench", time_zone="Asia/Shanghai")
    with act(organization):
        organization.save()
        membership, role = Membership(person=person), Role(key="all", name="All", actions=["*"])
        membership.save()
        role.save()
        Grant(membership=membership, role=role).save()
    return organization, person, Member(person, organization, frozenset({"*"}))


def subject(number: int) -> str:
    common = [one for one in SUBJECTS if one != RARE]
    return RARE if number % 1000 == 7 else common[number % len(common)]


def document(number: int, owner: Person) -> Document:
    kinds = (Kind.PROCEDURE, Kind.WORK_INSTRUCTION, Kind.FORM)
    return Document(
        title=f"{subject(number)} {number}",
        state=STATES[number % len(STATES)],
        kind=kinds[number % len(kinds)],
        language=Language.ENGLISH,
        revision="A",
        owner=owner,
    )


def revision(of: Document, author: Person) -> Revision:
    return Revision(
        document=of,
        position=1,
        label="A",
        number=of.number or "",
        kind=of.kind,
        title=of.title,
        language=of.language,
        text=TEXT % of.title,
        author=author,
    )


def first_revisions(of: list[Document], author: Person) -> None:
    for one in of:
        revision(one, author).save()


def index_texts(of: list[Document]) -> None:
    for one in of:
        index_body(one, [TEXT % one.title])


def fill(organization: Organization, member: Member, count: int) -> None:
    """The documents, a thousand in a transaction."""
    with act(organization, member):
        for begin in range(0, count, CHUNK):
            chunk = range(begin, min(begin + CHUNK, count))
            made = [document(number, member.person) for number in chunk]
            write(lambda made=made: bulk.create(made))  # type: ignore[misc]
            write(lambda made=made: first_revisions(made, member.person))  # type: ignore[misc]
            if begin < WITH_TEXT:
                write(lambda made=made: index_texts(made))  # type: ignore[misc]
            print(f"{chunk[-1] + 1} documents", file=sys.stderr)


def changed(organization: Organization, member: Member) -> str:
    """Change a draft until its history has fifty entries; gives its number."""
    with act(organization, member):
        draft = Document.objects.filter(state="draft").order_by("-id")[0]
        for number in range(CHANGES):
            values = {"title": f"{draft.title}, changed {number}"}
            write(lambda values=values: services.change(Document.locked(draft.pk), values))  # type: ignore[misc]
    return draft.number or ""


def web_session(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def main(count: int) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    organization, person, member = found()
    fill(organization, member, count)
    print(json.dumps({"cookie": web_session(person), "number": changed(organization, member)}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
