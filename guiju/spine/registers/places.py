"""Where one may go by typing, besides records: registers, pages of the frame, what one may do, views of one's own."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.functional import lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guiju.lib.words import fold
from guiju.spine.acts import current
from guiju.spine.acts.hooks import go_parts
from guiju.spine.registers import addresses, saved
from guiju.spine.registers.declaration import Register, Words, registers
from guiju.spine.registers.markup import icon, quarter
from guiju.spine.registers.pages import import_address, may_import, rules_address

_import_into = lazy(lambda label: gettext("Import into %(register)s") % {"register": label}, str)


@dataclass(frozen=True)
class Place:
    """A page by its name. `also` are further words under which it is found, `note` what is said beside its name.

    `acts` sets it among the things that can be done, not among the pages.
    """

    label: Words
    url: str
    mark: SafeString
    note: Words = ""
    also: tuple[Words, ...] = ()
    acts: bool = False


def always() -> list[Place]:
    """What is offered before anything is typed: pages of the frame, one's own views, what one may do."""
    return [*_frame(), *_views(), *_doing(), *(place for part in go_parts for place in part())]


def every() -> list[Place]:
    """All places that are open to whoever acts."""
    return [*_registers(), *always()]


def fitting(places: Iterable[Place], query: str) -> list[Place]:
    """The places that bear every word of a query in their names, in any of our languages; the nearest first."""
    plain = fold(query).strip()
    pieces = plain.split()
    places = list(places)
    found = [(rank, at) for at, said in enumerate(_spelled(places)) if (rank := _rank(said, plain, pieces)) is not None]
    return [places[at] for _rank_, at in sorted(found)]


def _spelled(places: list[Place]) -> list[list[str]]:
    """The names of each place, folded, in every language: who reads in one may well think in the other."""
    made: list[list[str]] = [[] for _place in places]
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for spelled, place in zip(made, places, strict=True):
                spelled.extend(" ".join(fold(str(words)).split()) for words in (place.label, *place.also))
    return made


def _rank(spelled: list[str], plain: str, pieces: list[str]) -> int | None:
    """0 for the very name, 1 for its beginning, 2 for the beginnings of its words, 3 for words of several names."""
    if not pieces or not all(any(_within(piece, name) for name in spelled) for piece in pieces):
        return None
    if plain in spelled:
        return 0
    if any(name.startswith(plain) for name in spelled):
        return 1
    return 2 if any(all(_within(piece, name) for piece in pieces) for name in spelled) else 3


def _within(piece: str, name: str) -> bool:
    """Whether a word of a name begins with a piece; between Chinese characters there are no words to begin."""
    return f" {piece}" in f" {name}" or (not piece.isascii() and piece in name)


def seen() -> list[Register]:
    """The registers that whoever acts may open."""
    return [register for register in registers() if current().actor.may(f"{register.key}.view")]


def _registers() -> list[Place]:
    return [Place(r.label, addresses.of_register(r), quarter(r.phase), r.clause, (r.label_one, r.key, r.clause)) for r in seen()]


def _frame() -> list[Place]:
    home = addresses.home()
    made = [
        Place(_("Home"), home, icon("home")),
        Place(_("My work"), f"{home}work/", icon("checklist")),
        Place(_("Notices"), f"{home}notices/", icon("bell")),
        Place(_("Search"), f"{home}search/", icon("search")),
        Place(_("Account and security"), "/account/", icon("shield-lock")),
    ]
    if current().actor.may("organization.change"):
        made.append(Place(_("Health"), f"{home}health/", icon("heartbeat")))
    rules = [(r, rules_address(r)) for r in seen()]
    return made + [Place(_("Rules"), url, icon("settings"), r.label, (r.label, r.key)) for r, url in rules if url]


def _views() -> list[Place]:
    if current().as_of is not None:  # they are of the present, and lists of the past do not show them either
        return []
    kept, mark = saved.of_all(), icon("bookmark")
    return [Place(view.name, saved.address(r, view), mark, r.label, (r.label,)) for r in seen() for view in kept.get(r.key, ())]


def _doing() -> list[Place]:
    """What may be made and brought in; nothing while one looks at the past."""
    if current().as_of is not None:
        return []
    made = [
        Place(r.label_new, f"{addresses.of_register(r)}new/", icon("plus"), also=(r.label, r.key), acts=True)
        for r in seen()
        if current().actor.may(f"{r.key}.create")
    ]
    brought = [
        Place(_import_into(r.label), import_address(r), icon("upload"), also=(r.key,), acts=True) for r in seen() if may_import(r)
    ]
    return made + brought
