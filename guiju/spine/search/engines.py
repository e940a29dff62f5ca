"""The two thin back ends: FTS5 and tsvector over the same words (section 9). The only raw SQL for reading."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from guiju.lib.words import Phrase, index_text, tsvector


def marker(organization: UUID) -> str:
    """The word that every part of an organization begins with."""
    return f"o{organization.hex}"


def words_of(organization: UUID, text: str) -> str:
    """What stands in a part for a text."""
    return index_text(f"{marker(organization)} {text}")


def _forms(organization: UUID, text: str) -> tuple[str, str]:
    vector = tsvector(f"{marker(organization)} {text}") if connection.vendor == "postgresql" else ""
    return words_of(organization, text), vector


def write_parts(organization: UUID, directory: int, first: int, texts: Sequence[str]) -> None:
    """Put the parts of a directory row from number `first` on; there must be none of these numbers."""
    rows = [(organization, directory, first + offset, *_forms(organization, text)) for offset, text in enumerate(texts)]
    columns, places = "organization_id, directory_id, part, words", "%s, %s, %s, %s"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            columns, places = f"{columns}, vector", f"{places}, %s::tsvector"
            values: list[tuple[Any, ...]] = list(rows)
        else:
            values = [(row[0].hex, *row[1:4]) for row in rows]
        for value in values:
            cursor.execute(f"INSERT INTO search_part ({columns}) VALUES ({places})", value)


def update_part(directory: int, part: int, organization: UUID, text: str) -> bool:
    """Change one part's words; False when there is no such part."""
    words, vector = _forms(organization, text)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sql, values = "words = %s, vector = %s::tsvector", [words, vector]
        else:
            sql, values = "words = %s", [words]
        cursor.execute(f"UPDATE search_part SET {sql} WHERE directory_id = %s AND part = %s", [*values, directory, part])
        return bool(cursor.rowcount)


def find(organization: UUID, phrases: Sequence[Phrase], most: int, kinds: Sequence[str] = ()) -> list[int]:
    """Directory ids of the records in whose parts every phrase stands, the newest first, at most `most`.

    Each phrase may stand in another part: one in the title, one on page nine of the file.
    """
    if not phrases:
        return []
    match = _postgresql_match if connection.vendor == "postgresql" else _sqlite_match
    parts, values = [], []
    for phrase in phrases:
        sql, value = match(organization, phrase)
        parts.append(sql)
        values.append(value)
    sql = " INTERSECT ".join(parts)
    if kinds:
        sql = f"SELECT d.id AS directory_id FROM ({sql}) f JOIN search_directory d ON d.id = f.directory_id"
        sql += f" WHERE d.kind IN ({', '.join(['%s'] * len(kinds))})"
        values += kinds
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT directory_id FROM ({sql}) found ORDER BY directory_id DESC LIMIT %s", [*values, most])
        return [row[0] for row in cursor.fetchall()]


def find_by_name(organization: UUID, phrases: Sequence[Phrase], most: int, kinds: Sequence[str]) -> list[int]:
    """Directory ids of the records of some kinds in whose own words every phrase stands, the newest first, at most `most`.

    Read in the order of the parts and no further than needed, since a letter or two of what is being typed fit very many.
    """
    if not phrases or not kinds:
        return []
    if connection.vendor == "postgresql":
        found, match, order = "search_part p", "p.vector @@ %s::tsquery", "p.id"
        query = " & ".join([f"'{marker(organization)}'", *(f"({_postgresql_words(phrase)})" for phrase in phrases)])
    else:
        found, match, order = "search_words w JOIN search_part p ON p.id = w.rowid", "search_words MATCH %s", "w.rowid"
        query = " AND ".join([f'"{marker(organization)}"', *map(_sqlite_words, phrases)])
    sql = f"SELECT p.directory_id FROM {found} JOIN search_directory d ON d.id = p.directory_id WHERE {match} AND p.part = 0"
    sql += f" AND d.kind IN ({', '.join(['%s'] * len(kinds))}) ORDER BY {order} DESC LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [query, *kinds, most])
        return [row[0] for row in cursor.fetchall()]


def _sqlite_words(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"{"*" if phrase.prefix else ""}'


def _sqlite_match(organization: UUID, phrase: Phrase) -> tuple[str, str]:
    return (
        "SELECT DISTINCT p.directory_id FROM search_words w JOIN search_part p ON p.id = w.rowid WHERE search_words MATCH %s",
        f'"{marker(organization)}" AND {_sqlite_words(phrase)}',
    )


def _postgresql_words(phrase: Phrase) -> str:
    return " <-> ".join(f"'{token}'" for token in phrase.tokens) + (":*" if phrase.prefix else "")


def _postgresql_match(organization: UUID, phrase: Phrase) -> tuple[str, str]:
    found = "SELECT DISTINCT p.directory_id FROM search_part p WHERE p.vector @@ %s::tsquery"
    return found, f"'{marker(organization)}' & ({_postgresql_words(phrase)})"
