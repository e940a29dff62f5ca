"""Fill an empty installation: python -m bench.fill COUNT, run with the installation's own environment.

Makes one organization, one person who may do everything, many colleagues and COUNT documents, through the same verbs that the
product uses, so that numbers, trail and search are there as for a grown organization; of at most 5,000 the text is searched
too, and the history of one has 50 entries, that of each other five where there are many. Prints, as its last line, JSON: what
`bench.product.Access` holds besides the token.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from bench import lists  # noqa: E402
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
MANY = range(10_000, 100_001)  # documents, of which each has been changed and many people work
MORE_ENTRIES = 4  # of each of many documents, besides its first
PEOPLE = 200
SOME = 40  # documents that people open in turn
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
FIRST_DUE = date(2026, 1, 1)
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


def somebody() -> tuple[Organization, Member]:
    """The organization that is measured, and the person who may do everything there."""
    organization = Organization.everywhere.get(slug=SLUG)
    return organization, Member(Person.everywhere.get(username=USERNAME), organization, frozenset({"*"}))


def colleagues(organization: Organization, member: Member) -> list[Person]:
    """Two hundred people who may do everything too."""
    made = []
    with act(None):
        for number in range(PEOPLE):
            made.append(Person(username=f"bench{number}", name=f"Person {number}"))
            made[-1].set_unusable_password()
            made[-1].save()
    with act(organization, member):
        role = Role.objects.get(key="all")
        for person in made:
            membership = Membership(person=person)
            membership.save()
            Grant(membership=membership, role=role).save()
    return made


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


def grown(of: list[Document]) -> None:
    """Each changed some times, so that it has as many entries."""
    for number in range(MORE_ENTRIES):
        for one in of:
            one.due_on = FIRST_DUE + timedelta(days=number)
            one.save()


def fill(organization: Organization, member: Member, count: int, rare_owner: Person) -> None:
    """The documents, a thousand in a transaction; those of the rare subject belong to another person."""
    with act(organization, member):
        for begin in range(0, count, CHUNK):
            chunk = range(begin, min(begin + CHUNK, count))
            made = [document(number, rare_owner if subject(number) == RARE else member.person) for number in chunk]
            write(lambda made=made: bulk.create(made))  # type: ignore[misc]
            write(lambda made=made: first_revisions(made, member.person))  # type: ignore[misc]
            if begin < WITH_TEXT:
                write(lambda made=made: index_texts(made))  # type: ignore[misc]
            if count in MANY:
                write(lambda made=made: grown(made))  # type: ignore[misc]
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
    people = colleagues(organization, member) if count in MANY else []
    fill(organization, member, count, people[0] if people else person)
    number = changed(organization, member)
    with act(organization, member):
        access = {"number": number, "lists": lists.asked(count), "numbers": lists.some_numbers(SOME)}
    print(json.dumps({"cookie": web_session(person), "people": list(map(web_session, people)), **access}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
