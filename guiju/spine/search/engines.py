"""The two thin back ends: FTS5 and tsvector over the same words (section 9). The only raw SQL for reading."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from guiju.lib.words import Phrase, index_text, tsvector

# A part's id is its record's id in the directory and below it, in so many bits, the number of the part: in the order of
# the ids the index is read newest record first, and no further than what is shown.
PART_BITS = 20
NEWEST = 1 << 62  # above every part


class Found(NamedTuple):
    """A row of the directory that was found."""

    id: int
    kind: str
    record: UUID
    number: str
    title: str


def marker(organization: UUID) -> str:
    """The word that every part of an organization begins with. Its first character can be in no text and in no query."""
    return f"\ue000{organization.hex}"


def inside(organization: UUID) -> str:
    """The second word of the parts that hold the text of a file."""
    return f"\ue001{organization.hex}"


def words_of(organization: UUID, text: str, part: int = 0) -> str:
    """What stands in a part for a text."""
    return " ".join([*_markers(organization, part), index_text(text)])


def _markers(organization: UUID, part: int) -> list[str]:
    return [marker(organization), inside(organization)] if part else [marker(organization)]


def _forms(organization: UUID, part: int, text: str) -> tuple[str, str]:
    words = words_of(organization, text, part)
    if connection.vendor != "postgresql":
        return words, ""
    return words, " ".join([*(f"'{one}'" for one in _markers(organization, part)), tsvector(text)])


def write_parts(organization: UUID, directory: int, first: int, texts: Sequence[str]) -> None:
    """Put the parts of a directory row from number `first` on; there must be none of these numbers."""
    rows = [
        ((directory << PART_BITS) + part, organization, directory, part, *_forms(organization, part, text))
        for part, text in enumerate(texts, first)
    ]
    columns, places = "id, organization_id, directory_id, part, words", "%s, %s, %s, %s, %s"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            columns, places = f"{columns}, vector", f"{places}, %s::tsvector"
            values: list[tuple[Any, ...]] = list(rows)
        else:
            values = [(row[0], row[1].hex, *row[2:5]) for row in rows]
        for value in values:
            cursor.execute(f"INSERT INTO search_part ({columns}) VALUES ({places})", value)


def update_part(directory: int, part: int, organization: UUID, text: str) -> bool:
    """Change one part's words; False when there is no such part."""
    words, vector = _forms(organization, part, text)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sql, values = "words = %s, vector = %s::tsvector", [words, vector]
        else:
            sql, values = "words = %s", [words]
        cursor.execute(f"UPDATE search_part SET {sql} WHERE id = %s", [*values, (directory << PART_BITS) + part])
        return bool(cursor.rowcount)


def find(organization: UUID, phrases: Sequence[Phrase], most: int, kinds: Sequence[str] = ()) -> list[Found]:
    """The records of some kinds, or of all, in whose parts every phrase stands, the newest first, at most `most`.

    Each phrase may stand in another part: one in the title, one on page nine of the file.
    """
    if not phrases:
        return []
    found = _newest(_match(organization, phrases), most, kinds)
    if len(phrases) > 1:
        found |= _apart(organization, phrases, most, kinds)
    return [found[pk] for pk in sorted(found, reverse=True)[:most]]


def find_by_name(organization: UUID, phrases: Sequence[Phrase], most: int, kinds: Sequence[str]) -> list[Found]:
    """The records of some kinds in whose own words every phrase stands, the newest first, at most `most`."""
    if not phrases or not kinds:
        return []
    return list(_newest(_match(organization, phrases), most, kinds, own=True).values())


def more_than(organization: UUID, phrases: Sequence[Phrase], count: int) -> bool:
    """Whether every phrase stands in a part of more records than `count`, of any kind; counted no further."""
    if not phrases:
        return False
    with connection.cursor() as cursor:
        sql = f"SELECT COUNT(*) FROM (SELECT DISTINCT {_words().record} {_words().where} LIMIT %s) found"
        cursor.execute(sql, [_match(organization, phrases), count + 1])
        return bool(cursor.fetchone()[0] > count)


class _Words(NamedTuple):
    """How a back end is asked: a part's id, its record's, and where a match stands."""

    part: str
    record: str
    where: str


def _words() -> _Words:
    if connection.vendor == "postgresql":
        return _Words("w.id", "w.directory_id", "FROM search_part w WHERE w.vector @@ %s::tsquery")
    return _Words("w.rowid", f"w.rowid >> {PART_BITS}", "FROM search_words w WHERE search_words MATCH %s")


def _newest(match: str, most: int, kinds: Sequence[str], *, own: bool = False) -> dict[int, Found]:
    """The newest records of some kinds with a part that matches, by id; with `own` only a record's own words count.

    Read in the order of the parts and no further than needed, since a letter or two fit very many.
    """
    words = _words()
    sql = f"SELECT {words.part}, d.kind, d.record, d.number, d.title {words.where} AND {words.part} < %s{_among(kinds, 'AND')}"
    sql = sql.replace(" w WHERE", f" w JOIN search_directory d ON d.id = {words.record} WHERE")
    sql += f" AND {words.part} & {(1 << PART_BITS) - 1} = 0" if own else ""
    found: dict[int, Found] = {}
    below = NEWEST
    with connection.cursor() as cursor:
        while len(found) < most:
            cursor.execute(f"{sql} ORDER BY {words.part} DESC LIMIT %s", [match, below, *kinds, most])
            rows = cursor.fetchall()
            for part, *of in rows:
                found.setdefault(part >> PART_BITS, _found(part >> PART_BITS, *of))
            if len(rows) < most:
                break
            below = rows[-1][0] >> PART_BITS << PART_BITS  # the next ones are of older records
    return found


def _apart(organization: UUID, phrases: Sequence[Phrase], most: int, kinds: Sequence[str]) -> dict[int, Found]:
    """The newest records in which the phrases may stand apart. One of them then stands in a file: if none does, none is."""
    words = _words()
    with connection.cursor() as cursor:
        files = _match(organization, phrases, in_files=True)
        cursor.execute(f"SELECT 1 {words.where} LIMIT 1", [files])
        if cursor.fetchone() is None:
            return {}
        each = [files, *(_match(organization, [phrase]) for phrase in phrases)]
        both = " INTERSECT ".join([f"SELECT {words.record} AS id {words.where}"] * len(each))
        sql = f"SELECT d.id, d.kind, d.record, d.number, d.title FROM ({both}) found JOIN search_directory d ON d.id = found.id"
        sql += f"{_among(kinds, 'WHERE')} ORDER BY d.id DESC LIMIT %s"
        cursor.execute(sql, [*each, *kinds, most])
        return {row[0]: _found(*row) for row in cursor.fetchall()}


def _among(kinds: Sequence[str], word: str) -> str:
    return f" {word} d.kind IN ({', '.join(['%s'] * len(kinds))})" if kinds else ""


def _found(pk: int, kind: str, record: Any, number: str, title: str) -> Found:
    return Found(pk, kind, record if isinstance(record, UUID) else UUID(record), number, title)


def _match(organization: UUID, phrases: Sequence[Phrase], *, in_files: bool = False) -> str:
    """The query for the parts in which every phrase stands; `in_files`, those of files in which any does."""
    beginning = inside(organization) if in_files else marker(organization)
    if connection.vendor == "postgresql":
        every = (" | " if in_files else " & ").join(f"({_postgresql_words(phrase)})" for phrase in phrases)
        return f"'{beginning}' & ({every})"
    every = (" OR " if in_files else " AND ").join(map(_sqlite_words, phrases))
    return f'"{beginning}" AND ({every})'


def _sqlite_words(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"{"*" if phrase.prefix else ""}'


def _postgresql_words(phrase: Phrase) -> str:
    return " <-> ".join(f"'{token}'" for token in phrase.tokens) + (":*" if phrase.prefix else "")
