#!/usr/bin/env python3
"""Verify an organization that was exported from Guiju: python3 verify.py [--key FINGERPRINT] [--head FILE] [FOLDER]

It needs Python 3.11 and, for signatures, the package `cryptography`; nothing of Guiju. Whether all is whole it finds alone.
Whose it is it can say only to someone who brings something along:
  --key FINGERPRINT   of the installation's key, as you know it from elsewhere: a print, a footer, /.well-known/guiju-key
  --head FILE         signed heads that were sent away earlier, one a line
Status: 0 proven, 1 something is not as it was signed, 2 whole in itself and not proven whose it is, 3 it cannot be read.
On purpose it shares no line with Guiju: it is a second reading of the formats that docs/architecture.md describes.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ed25519
except ImportError:
    ed25519, InvalidSignature = None, ValueError  # type: ignore[assignment,misc]

START, GIVEN = "0" * 64, "the given head"
INSTALLATION = "00000000-0000-0000-0000-000000000000"
ATTACHMENT, SIGNATURE, ENTRY = "attachments.attachment", "signatures.signature", "trail.entry"
PARTS = {
    "guiju-head-1": {"format", "chain", "size", "root", "digest", "at"},
    "guiju-key-1": {"format", "key", "previous", "at"},
    "guiju-export-1": {"format", "organization", "slug", "at", "program", "size", "digest", "sums", "hidden"},
}


class Wrong(Exception):
    """A text that is not what it ought to be."""


class Report:
    """What was found; nothing at all means that it is whole."""

    count = 0

    def say(self, where, what):
        self.count += 1
        print(f"{where}: {what}", flush=True)


def canonical(value):
    """RFC 8785, for text, truth, nothing, lists and objects."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if value is not None and not isinstance(value, (bool, str)):
        raise Wrong(f"{type(value).__name__} has no place in these texts")
    return json.dumps(value, ensure_ascii=False)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def opened(text, form):
    """What a signed text states, and the public keys that signed it; checked where `cryptography` is there."""
    try:
        envelope = json.loads(text)
        statement, signatures = json.loads(envelope["statement"]), envelope["signatures"]
        right = canonical(envelope) == text and envelope["format"] == "guiju-signed-1" and signatures
        if not right or statement["format"] != form or set(statement) != PARTS[form]:
            raise Wrong(f"is not a signed text of the format {form}")
        for key, signature in signatures.items() if ed25519 is not None else ():
            public = ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
            public.verify(bytes.fromhex(signature), envelope["statement"].encode())
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, InvalidSignature) as error:
        raise Wrong("cannot be read, or its signature is not right") from error
    return statement, set(signatures)


def opened_all(found, form, report):
    """Of (place, text) pairs those that are signed texts, as (place, statement, keys); the others are said."""
    for where, text in found:
        try:
            yield where, *opened(text, form)
        except Wrong as error:
            report.say(where, str(error))


def fingerprint(key):
    return sha256(bytes.fromhex(key))


class Tree:
    """The Merkle tree of RFC 6962 over the texts of the entries, as far as it has grown."""

    def __init__(self):
        self.size, self.peaks = 0, []

    def add(self, text):
        made, rest = hashlib.sha256(b"\x00" + text.encode()).digest(), self.size
        while rest & 1:
            made, rest = hashlib.sha256(b"\x01" + self.peaks.pop() + made).digest(), rest >> 1
        self.peaks.append(made)
        self.size += 1

    def root(self):
        made = b""
        for peak in reversed(self.peaks):
            made = hashlib.sha256(b"\x01" + peak + made).digest() if made else peak
        return (made or hashlib.sha256(b"").digest()).hex()


def leads_to(text, index, size, path, root):
    """RFC 9162, section 2.1.3.2: whether the path leads from an entry's text to a root over `size` entries."""
    if not 0 <= index < size:
        return False
    fn, sn, made = index, size - 1, hashlib.sha256(b"\x00" + text.encode()).digest()
    for one in map(bytes.fromhex, path):
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            made = hashlib.sha256(b"\x01" + one + made).digest()
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            made = hashlib.sha256(b"\x01" + made + one).digest()
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and made.hex() == root


def texts(path):
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def lines(path):
    """The JSON objects of a file, one a line."""
    with path.open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def files(folder, statement, report):
    """Every file is the one that was listed when the list was signed; none is missing, none was added."""
    listed = (folder / "SHA256SUMS").read_bytes()
    if sha256(listed) != statement["sums"]:
        report.say("SHA256SUMS", "is not the list that was signed")
    known = {"export.json", "SHA256SUMS"}
    for line in listed.decode().splitlines():
        digest, _, name = line.partition("  ")
        known.add(name)
        if ".." in Path(name).parts or Path(name).is_absolute() or not (folder / name).is_file():
            report.say(name, "is missing")
        else:
            with (folder / name).open("rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != digest:
                    report.say(name, "was changed")
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or (path.is_file() and name not in known):
            report.say(name, "was added")
    return known


class Keys:
    """Which public keys count for which part of the chain: it may have come from another installation."""

    def __init__(self, folder, report):
        groups: dict = {}
        for line in lines(folder / "installation" / "keys.jsonl"):
            groups.setdefault(line["until"], []).append(("installation/keys.jsonl", line["text"]))
        self.groups = [(until and int(until), self._vouched(found, report)) for until, found in groups.items()]

    @staticmethod
    def _vouched(found, report):
        """The last key of a row, and those before it as far as each change is signed by both."""
        changes, last, known = {}, "", []
        for _, statement, keys in opened_all(found, "guiju-key-1", report):
            last = statement["key"]
            changes[last] = (statement["previous"], keys)
        while last and last not in known:
            known.append(last)
            previous, keys = changes.get(last, (None, set()))
            last = previous if previous and {known[-1], previous} <= keys else ""
        return known

    def own(self):
        return {key for until, keys in self.groups if until is None for key in keys}

    def at(self, size):
        return {key for until, keys in self.groups if until is None or size <= until for key in keys}


def heads(folder, given, organization, keys, report):
    """The signed heads by size, as (root, digest, keys); those that were given too."""
    found: dict = {}
    kept = [(f"trail/heads.jsonl, line {n}", text) for n, text in enumerate(texts(folder / "trail/heads.jsonl"), 1)]
    brought = [(f"{GIVEN} {n}", text) for n, text in enumerate(given, 1)]
    for where, said, signers in opened_all(kept + brought, "guiju-head-1", report):
        if said["chain"] != organization:
            report.say(where, "is of another chain")
        elif not where.startswith(GIVEN) and not signers & keys.at(int(said["size"])):
            report.say(where, "is signed by a key that is not of this export")
        else:
            found.setdefault(int(said["size"]), []).append((where, said["root"], said["digest"], signers))
    return found


def chain(folder, statement, signed, report):
    """Walk the chain: every entry there, every digest right, every signed head's root. Answers what was erased."""
    tree, digest, erased = Tree(), START, set()
    for line in lines(folder / "trail" / "entries.jsonl"):
        said = json.loads(line["text"])
        where = f"entry {tree.size + 1}"
        if said["chain"] != statement["organization"] or said["sequence"] != str(tree.size + 1):
            report.say(where, f"entry {said['sequence']} of {said['chain']} stands in its place")
        tree.add(line["text"])
        digest = sha256(bytes.fromhex(digest) + line["text"].encode())
        if (said["kind"], said["action"]) == (ENTRY, "erase"):
            erased.add(said["record"])
        for name, root, end, _ in signed.get(tree.size, ()):
            if (root, end) != (tree.root(), digest):
                report.say(name, f"entries up to {tree.size} are not as they were signed")
    if (str(tree.size), digest) != (statement["size"], statement["digest"]):
        report.say("the trail", f"ends with entry {tree.size}, {statement['size']} were exported, or its end is another")
    for size in sorted(size for size in signed if size > tree.size):
        report.say(signed[size][0][0], f"{size} entries were signed, {tree.size} are there")
    return erased


def values(folder, erased, hidden, report):
    """Every value is the one its entry commits to. Answers the last state of each record, as (entry, digest)."""
    last = {}
    for line in lines(folder / "trail" / "entries.jsonl"):
        said = json.loads(line["text"])
        where = f"entry {said['sequence']}"
        state, gone = shown(said, line["payloads"], where, report)
        if gone and line["id"] not in erased:
            report.say(where, "values are gone, and no entry says they were erased")
        if not gone and line["id"] in erased and line["payloads"]:
            report.say(where, "values were erased, and are there again")
        for field in said["fields"].keys() - state.keys():
            if not gone and f"{said['kind']}.{'@' if field.startswith('@') else field}" not in hidden:
                report.say(where, f"the value of {field} is missing")
        if said["schema"] != "0":
            kept = {name: value for name, value in state.items() if not name.startswith("@")}
            last[said["kind"], said["record"]] = (said["sequence"], sha256(canonical(kept).encode()))
    return last


def shown(said, payloads, where, report):
    """The values of an entry that agree with its commitments, and whether some are gone."""
    state, gone = {}, False
    for payload in payloads:
        if payload["values"] is None:
            gone = True
            continue
        for field, value in json.loads(payload["values"]).items():
            if "salts" in payload:  # some values are hidden: each that is shown has a salt of its own
                salt = bytes.fromhex(payload["salts"].get(field, ""))
            else:
                salt = hashlib.sha256(b"\x01" + bytes.fromhex(payload["salt"]) + field.encode()).digest()
            made = sha256(b"\x00" + salt + canonical([field, value]).encode())
            if said["fields"].get(field) != made:
                report.say(where, f"the value of {field} is not the one it commits to")
            state[field] = value
    return state, gone


def records(folder, last, report):
    """Every record is as its last entry left it. Answers the digests of the files that belong to it."""
    attached, differing = set(), {}
    kinds = {path.stem: path for path in sorted((folder / "records").glob("*.jsonl"))}
    del kinds["records.counter"]  # how far was counted is no record
    for kind, path in kinds.items():
        for row in lines(path):
            said = last.pop((kind, row["id"]), None)
            if said is None:
                report.say(f"{kind} {row['id']}", "no entry speaks of it")
            elif sha256(canonical(row).encode()) != said[1]:
                differing[said[0]] = (kind, row)
            if kind == ATTACHMENT and row.get("disposed_at") is None and "digest" in row:
                attached.add(row["digest"])
            if kind == SIGNATURE and row.get("view") and "digest" in row and sha256(row["view"].encode()) != row["digest"]:
                report.say(f"{kind} {row['id']}", "what was signed is not what its digest says")
    for kind, record in last:
        report.say(f"{kind} {record}", "is missing, though its entries are there")
    compare(folder, differing, report)
    return attached


def compare(folder, differing, report):
    """Name the fields in which records differ. A field that was added since the entry was written is no difference."""
    for line in lines(folder / "trail" / "entries.jsonl") if differing else ():
        said = json.loads(line["text"])
        kind, row = differing.get(said["sequence"], ("", {}))
        state = shown(said, line["payloads"], "", Report())[0] if kind else {}
        for field in sorted(field for field in state.keys() & row.keys() if state[field] != row[field]):
            report.say(f"{kind} {row['id']}", f"{field} is not as entry {said['sequence']} says")


def attachments(known, attached, report):
    there = {name.rpartition("/")[2] for name in known if name.startswith("files/")}
    for digest in sorted(attached ^ there):
        report.say(f"files/{digest[:2]}/{digest}", "is missing" if digest in attached else "belongs to no record")


def people(folder, keys, report):
    """Every person is as an entry of the installation says, under a head that it signed."""
    rows = {row["id"]: row for row in lines(folder / "installation" / "people.jsonl")}
    proofs = {f"person {proof['person']}": proof for proof in lines(folder / "installation" / "proofs.jsonl")}
    found = [(where, proof["head"]) for where, proof in proofs.items()]
    for where, head, signers in opened_all(found, "guiju-head-1", report):
        proof = proofs[where]
        said, row = json.loads(proof["text"]), rows.pop(proof["person"], {})
        state, _ = shown(said, proof["payloads"], where, report)
        right = head["chain"] == said["chain"] == INSTALLATION and signers & keys.own() and said["record"] == proof["person"]
        if not right or not leads_to(proof["text"], int(proof["index"]), int(head["size"]), proof["path"], head["root"]):
            report.say(where, "its entry is not under the head that was signed")
        for field in sorted(field for field in row.keys() - {"id"} if row[field] != state.get(field)):
            report.say(where, f"{field} is not as its entry says")
    for left in rows:
        report.say(f"person {left}", "has no proof")


def proven(statement, signers, keys, signed, given, asked):
    """How many of the entries are proven, by what was brought along; None when nothing was."""
    if not given and not asked:
        return None
    every = [(size, where, by) for size, found in signed.items() for where, _, _, by in found]
    given_heads = [(size, by) for size, where, by in every if where.startswith(GIVEN)]
    trusted = {asked, *(fingerprint(key) for _, by in given_heads for key in by)}
    sizes = [0, *(size for size, _ in given_heads)]
    for until, group in keys.groups:
        if {fingerprint(key) for key in group} & trusted:
            if until is None and signers & set(group):
                return int(statement["size"])
            sizes += [size for size, _, by in every if by & set(group)]
    return max(sizes)


def verdict(report, statement, reach):
    if report.count:
        print(f"NOT WHOLE: {report.count} finding(s). 不完整：发现 {report.count} 处问题。")
        return 1
    what = f"{statement['slug']}, {statement['size']} entries, exported {statement['at']}"
    if statement["hidden"]:
        print(f"Hidden on purpose: {', '.join(statement['hidden'])}. 有意隐去的字段如上。")
    if ed25519 is None:
        why = "Signatures were not checked: install `cryptography`. 自身完整，签名未核对。"
    elif reach is None:
        why = "Not proven whose it is: give --key or --head. 自身完整，来源未证实。"
    elif reach < int(statement["size"]):
        why = f"Proven up to entry {reach} only. 自身完整，仅证实到第 {reach} 条。"
    else:
        print(f"PROVEN: {what}. 已证实。")
        return 0
    print(f"WHOLE IN ITSELF: {what}. {why}")
    return 2


def compared(folder, given, report):
    """Compare everything with everything. Answers the statement, who signed it, the keys, and the signed heads."""
    statement, signers = opened((folder / "export.json").read_text(encoding="utf-8").strip(), "guiju-export-1")
    known, keys, hidden = files(folder, statement, report), Keys(folder, report), set(statement["hidden"])
    if not signers & keys.own():
        report.say("export.json", "is signed by a key that is not of this export")
    signed = heads(folder, given, statement["organization"], keys, report)
    last = values(folder, chain(folder, statement, signed, report), hidden, report)
    attached = records(folder, last, report)
    if f"{ATTACHMENT}.digest" not in hidden:
        attachments(known, attached, report)
    people(folder, keys, report)
    return statement, signers, keys, signed


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Verify an organization that was exported from Guiju.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--key", default="", metavar="FINGERPRINT")
    parser.add_argument("--head", action="append", default=[], type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    report = Report()
    try:
        given = [text for path in options.head for text in texts(path)]
        statement, signers, keys, signed = compared(options.folder, given, report)
    except OSError as error:
        print(f"CANNOT BE READ as an export: {error}. 无法读取。")
        return 1 if report.count else 3
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, Wrong) as error:
        report.say("a file that was altered", f"{type(error).__name__}: {error}")
        return verdict(report, None, None)
    asked = "".join(options.key.lower().split())
    if asked and asked not in {fingerprint(key) for _, group in keys.groups for key in group}:
        report.say("--key", "is not the fingerprint of a key that signed here")
    return verdict(report, statement, proven(statement, signers, keys, signed, given, asked))


if __name__ == "__main__":
    sys.exit(main())
