"""`guiju trail` and `guiju key` print what can be sent away, and say what was found."""

import json

import pytest
from django.test import Client

from guiju.lib import heads
from guiju.lib.merkle import consistent, includes, leaf
from guiju.modules.processes.models import Process
from guiju.project import commands
from guiju.project.cli import parser
from guiju.spine.acts import INSTALLATION, NotFound, Refused, act
from guiju.spine.trail import keys
from guiju.spine.trail.models import SignedHead
from guiju.spine.trail.signing import last
from guiju.spine.trail.tests.test_verify import by_sql


@pytest.fixture
def guiju(capsys):
    """Run a command in this process; answers (status, stdout, stderr)."""

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = commands.run(parser().parse_args(arguments))
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def wrote(lanzhu, title: str = "Purchasing") -> None:
    with act(lanzhu.organization, lanzhu.wei):
        Process(title=title).save()


def test_signing_says_how_many_and_when_there_is_nothing(lanzhu, guiju):
    assert guiju("trail", "sign") == (0, "", "2 signed.\n")
    assert guiju("trail", "sign")[2] == "Nothing has been written since the last heads were signed.\n"


def test_a_chain_that_cannot_be_signed_is_said_with_its_own_status(lanzhu, guiju):
    by_sql("UPDATE trail_head SET digest = %s WHERE chain = %s", "ab" * 32, lanzhu.organization.pk)
    status, _, said = guiju("trail", "sign")
    assert status == 1
    assert "do not lead to the digest" in said


def test_a_head_is_printed_as_it_was_signed(lanzhu, guiju):
    guiju("trail", "sign")
    assert guiju("trail", "head", "--organization", "lanzhu", "--json")[1] == last(lanzhu.organization.pk).text + "\n"


def test_without_an_organization_all_heads_are_printed(lanzhu, other, guiju):
    guiju("trail", "sign")
    lines = guiju("trail", "head", "--json")[1].splitlines()
    assert {heads.opened(line, heads.HEAD).statement["chain"] for line in lines} == {
        str(chain) for chain in (INSTALLATION, lanzhu.organization.pk, other.organization.pk)
    }


def test_a_head_in_words_names_size_root_and_fingerprint(lanzhu, guiju):
    guiju("trail", "sign")
    said = heads.opened(last(lanzhu.organization.pk).text, heads.HEAD)
    printed = guiju("trail", "head", "--organization", "lanzhu")[1]
    assert f"lanzhu: {said.size} entries on " in printed
    assert said.statement["root"] in printed
    assert keys.fingerprint() in printed


def test_without_a_signed_head_there_is_none_to_print(lanzhu, guiju):
    with pytest.raises(NotFound, match="No head has been signed yet"):
        guiju("trail", "head")


def test_verification_takes_heads_that_were_sent_away(lanzhu, guiju, tmp_path):
    guiju("trail", "sign")
    away = tmp_path / "heads"
    away.write_text(guiju("trail", "head", "--json")[1])
    wrote(lanzhu)
    guiju("trail", "sign")
    assert guiju("trail", "verify", "--head", str(away), "--key", keys.fingerprint())[0] == 0
    status, found, _ = guiju("trail", "verify", "--chain-only", "--key", "00" * 32)
    assert status == 1
    assert "is not the fingerprint" in found


def test_a_proof_is_printed_for_each_entry(lanzhu, guiju):
    wrote(lanzhu)
    guiju("trail", "sign")
    lines = guiju("trail", "proof", "1", "2", "--organization", "lanzhu")[1].splitlines()
    for index, line in enumerate(lines):
        proof = json.loads(line)
        path = [bytes.fromhex(one) for one in proof["path"]]
        assert includes(leaf(proof["entry"].encode()), index, proof["size"], path, bytes.fromhex(proof["root"]))
    assert len(lines) == 2


def test_growth_proves_that_the_last_head_goes_on_from_an_earlier_one(lanzhu, guiju, tmp_path):
    guiju("trail", "sign")
    away = tmp_path / "head"
    away.write_text(guiju("trail", "head", "--organization", "lanzhu", "--json")[1])
    wrote(lanzhu)
    guiju("trail", "sign")
    told = json.loads(guiju("trail", "growth", str(away))[1])
    first, second = (heads.opened(told[name], heads.HEAD) for name in ("earlier", "later"))
    assert first.size < second.size
    roots = (bytes.fromhex(one.statement["root"]) for one in (first, second))
    assert consistent(first.size, second.size, *roots, [bytes.fromhex(one) for one in told["path"]])


@pytest.mark.parametrize("text", ["", "{}", "nonsense\nnonsense"])
def test_growth_from_what_is_no_head_is_refused(lanzhu, guiju, tmp_path, text):
    (tmp_path / "head").write_text(text)
    with pytest.raises(Refused, match="holds no signed head"):
        guiju("trail", "growth", str(tmp_path / "head"))


def test_growth_from_a_head_that_is_later_than_any_here_is_refused(lanzhu, guiju, tmp_path):
    wrote(lanzhu)
    guiju("trail", "sign")
    (tmp_path / "head").write_text(last(lanzhu.organization.pk).text)
    by_sql("DELETE FROM trail_signedhead")
    with pytest.raises(NotFound, match="is later"):
        guiju("trail", "growth", str(tmp_path / "head"))


def test_a_change_of_keys_prints_the_new_fingerprint_and_signs_with_it(lanzhu, guiju):
    guiju("trail", "sign")
    before = keys.fingerprint()
    status, printed, said = guiju("key", "rotate")
    assert status == 0
    assert printed.strip() == keys.fingerprint() != before
    assert before in said
    assert heads.opened(last(INSTALLATION).text, heads.HEAD).keys == {keys.own()}
    assert [line.split("  ")[0] for line in guiju("key", "show")[1].splitlines()] == [keys.fingerprint(), before]


def test_a_key_that_is_not_on_this_machine_is_said(lanzhu, guiju, signing_key):
    guiju("trail", "sign")
    signing_key.unlink()
    status, printed, said = guiju("key", "show")
    assert (status, len(printed.splitlines())) == (1, 1)
    assert "is not the first of these" in said


def test_before_the_first_signing_there_is_no_key_to_show(db, guiju):
    with pytest.raises(NotFound, match="no key yet"):
        guiju("key", "show")


# --- /.well-known/guiju-key ---------------------------------------------------------------------------------------------


def test_everybody_can_read_the_keys(lanzhu, guiju):
    guiju("trail", "sign")
    guiju("key", "rotate")
    told = Client().get("/.well-known/guiju-key").json()
    assert (told["format"], told["fingerprint"]) == ("guiju-keys-1", keys.fingerprint())
    assert [one["key"] for one in told["keys"]] == [row.public for row in keys.known()[::-1]]
    assert [one["fingerprint"] for one in told["keys"]] == [heads.fingerprint(one["key"]) for one in told["keys"]]
    assert heads.vouched(told["keys"][0]["key"], [one["statement"] for one in told["keys"]]) == keys.vouched()


def test_before_the_first_signing_the_list_of_keys_is_empty(db):
    answer = Client().get("/.well-known/guiju-key")
    assert answer.json() == {"format": "guiju-keys-1", "fingerprint": None, "keys": []}


def test_the_list_of_keys_is_only_read(db):
    assert Client().post("/.well-known/guiju-key").status_code == 405


def test_the_fingerprint_stands_in_the_footer_of_every_page(lanzhu, guiju):
    client = Client()
    client.force_login(lanzhu.tang.person)
    assert "/.well-known/guiju-key" not in client.get("/lanzhu/").content.decode()
    guiju("trail", "sign")
    assert SignedHead.everywhere.count() == 2
    for page in ("/lanzhu/", "/lanzhu/documents/", "/account/"):
        assert keys.fingerprint() in client.get(page).content.decode()
