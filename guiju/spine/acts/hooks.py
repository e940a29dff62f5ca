"""Named, ordered lists into which the parts above hang what they do; fixed at start."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.module_loading import import_string


class NamedList:
    """Places with names, in a fixed order, each taken at most once by a function's dotted path.

    A path, since the places are taken while the applications are being loaded and models are not there yet.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._paths: dict[str, str] = dict.fromkeys(names, "")
        self._loaded: list[Callable[..., Any]] | None = None

    def take(self, name: str, path: str) -> None:
        """Put the function at `path` in the place `name`.

        KeyError for an unknown place, ValueError for one that is taken, RuntimeError once the list is in use.
        """
        if name not in self._paths:
            raise KeyError(f"{name} is not one of {', '.join(self._paths)}")
        if self._paths[name] == path:
            return
        if self._loaded is not None:
            raise RuntimeError("The list is in use; places are taken at start.")
        if self._paths[name]:
            raise ValueError(f"{name} is taken by {self._paths[name]}")
        self._paths[name] = path

    def __iter__(self) -> Iterator[Callable[..., Any]]:
        if self._loaded is None:
            self._loaded = [import_string(path) for path in self._paths.values() if path]
        return iter(self._loaded)


# What happens to an act's changes right before its commit, each called with the act. Numbers and then the
# chain's head are locked last, so that two acts never wait for each other in a circle (law L12). What is erased goes when
# the entries that say so are there: the database permits it no sooner (law L3).
before_commit = NamedList(("numbers", "directory", "trail", "erasure"))

# How else one may confirm what one is asked to read: each called without arguments, answering (words, address, words of the
# link), or None.
asked_parts = NamedList(("terminals",))

# Who may forbid an erasure, each called with the (kind, id) pairs of its rows, raising a Refused that says why.
vetoes = NamedList(("keeping",))

# What `trail verify` asks beside the trail itself, each called with the id of the organization whose rows are asked for, or
# None for all, and yielding findings.
verifications = NamedList(("files", "signatures", "people"))

# Who gives an act to work done later: called with the ids (or "") of organization and person, answers
# (organization, actor), or refuses when the person has no right to be there any more.
acting_for = NamedList(("people",))

# Who comes with an API token: called with the slug of the address and the secret, answers (organization, member), or
# None for a secret that opens nothing; raises NotFound when it opens another organization.
by_token = NamedList(("people",))

# Who carries what is urgent to people outside of the product: called with the notices, in the transaction that tells them.
urgent_notices = NamedList(("letters",))

# Whom forms offer and take as people: answers the queryset of the acting organization's members.
members = NamedList(("people",))

# What else members are known by, such as a number, and found under where people are chosen: each called without arguments,
# answers words by person (id).
known_by = NamedList(("terminals",))

# What the frame around every page shows of people (called with the request), and parts of the home page that
# modules bring (called without arguments); each answers a part of the template's context.
frame_parts = NamedList(("people",))
home_parts = NamedList(("processes", "documents"))

# How processes stand by what modules above keep of them, beside the dates of their records: each called with the ids of
# processes, answers by id (how much is overdue, how much soon, in words or "").
process_parts = NamedList(("indicators", "actions", "nonconformities", "complaints"))

# What stands in the boxes around a process: each called with the process, answers lines by box ("with_what", "with_whom",
# "how", "risks", "measures"), each as (text, address, tone or "", word of the tone, number before the text).
turtle_parts = NamedList(("documents", "indicators", "actions", "nonconformities", "complaints"))

# What a person keeps in an organization and looks after alone: each called without arguments in an act of the person there,
# answering a row of the account's page as (label, text, address, words of the link, tone), or None.
account_parts = NamedList(("terminals",))

# Where one may go by typing, besides registers and records: each called without arguments, answers the places that are
# open to whoever acts (registers.places.Place).
go_parts = NamedList(("people", "trail", "terminals", "readings", "copies", "keeping", "editions"))

# Pages that stand in the menu beside the registers, each called without arguments, answering (phase, clause, label, address)
# or None for whom it is not open.
menu_parts = NamedList(("trail",))

# What the search finds that is no record: each called with what was typed, answering (title, places) pairs.
found_parts = NamedList(("people",))

# Ways that stand beside people and settings, each called without arguments and answering (label, address, icon) triples.
house_parts = NamedList(("terminals",))

# Parts that modules above bring to a record's page, each called with the record and answering a RecordPart or None.
record_parts = NamedList(("filling", "editions", "translations", "readings", "copies", "keeping", "complaints"))

# Rows that modules above keep about a record and whose entries stand in its history, each called with the record and how
# many entries are read at most, answering rows. The register's `sentences` say which of their entries are told, and how.
history_parts = NamedList(("readings", "translations"))

# What else can be printed of a record, each called with the record, the kind of print ("copy") and a number, answering a
# prints.sheets.Sheet, or None for what is not its own or not there.
print_parts = NamedList(("copies", "translations"))

# What the search finds inside a record besides its own texts, each called with the record and answering texts.
body_parts = NamedList(("translations",))

# The same for who has found them: called with the records that are shown, answering by record (id) the texts beside it, each
# as (text, what it is in words, whether somebody vouches that it says what the record says).
beside_parts = NamedList(("translations",))

# Who keeps values under custom fields: each called with a kind and a field's key, answering the values kept, as texts.
custom_values = NamedList(("documents",))

# What stands against finding a record unchanged in a periodic review, each called with the record, answering a Missing or None.
unchanged_needs = NamedList(("editions",))

# What else a step reaches that says what it touches, each called with the record, answering workflow.table.Touch rows.
touched_parts = NamedList(("readings", "translations", "copies"))

# How often what an action was to prevent has happened again, as the modules above count it: each called with the action and
# the day since when, answering a number.
recurrences = NamedList(("nonconformities",))
