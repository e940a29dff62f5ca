"""Signing, and whether a signature still holds (laws L9, L10)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_noop as _

from guiju.lib.canonical import canonical
from guiju.spine.acts import NotPermitted, Refused, act, current
from guiju.spine.signatures.models import Method, Signature
from guiju.spine.trail.append import changed
from guiju.spine.trail.erasing import ERASE, Row, erasures
from guiju.spine.trail.models import Entry
from guiju.spine.trail.past import moments, rebuilt
from guiju.spine.trail.states import kind_of
from guiju.spine.trail.verify import Finding


class Signable(Protocol):
    """A row that can be signed: it says which of its content is meant, for each schema version it ever had."""

    pk: UUID
    schema_version: int

    def signed_view(self, schema: int) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Proof:
    """That the person acting has just proven to be that person; made by `prove` and good for this act only."""

    person: UUID
    method: str


def prove(secret: str, code: str = "", session: Any = None, passkey: str = "") -> Proof:
    """Ask the acting person for a fresh proof (law L10).

    `session` is the web session, in which all components are asked the first time and the secret each time; `passkey`
    is what a passkey has answered, in place of both.
    Raises NotPermitted for a token ("needs a person"), Refused for a wrong secret, code or answer.
    """
    actor = current().actor
    if actor.by_token or actor.id is None:
        raise NotPermitted(_("A signature needs a person: a token cannot sign."))
    return Proof(actor.id, actor.prove(secret, code, session, passkey))  # type: ignore[attr-defined]


def sample_proof() -> Proof:
    """The proof of a sample organization's past; refused anywhere else."""
    acting = current()
    if acting.organization is None or not acting.organization.sample or acting.actor.id is None:
        raise NotPermitted(_("A sample signature exists in sample organizations only."))
    return Proof(acting.actor.id, Method.SAMPLE)


def sign(row: Signable, meaning: str, proof: Proof | None) -> Signature:
    """Sign `row` as the acting person; to be called inside a `write`, after the row is as it is meant."""
    acting = current()
    if proof is None or proof.person != acting.actor.id:
        raise Refused(_("This needs your signature: enter your password to sign."))
    text = canonical(view_of(row, row.schema_version))
    signature = Signature(
        record_kind=kind_of(type(row)),  # type: ignore[arg-type]
        record=row.pk,
        meaning=meaning,
        signer_id=acting.actor.id,
        on_behalf_of_id=acting.actor.on_behalf_of,
        signed_at=acting.now(),
        method=proof.method,
        schema=row.schema_version,
        view=text,
        digest=sha256(text.encode()).hexdigest(),
    )
    signature.save(action="sign", says={"meaning": meaning})
    return signature


def view_of(row: Signable, schema: int) -> dict[str, Any]:
    """What is signed: the row's content, and which row it is, so that a copied signature is void."""
    return {"kind": kind_of(type(row)), "record": str(row.pk), "schema": str(schema), "view": row.signed_view(schema)}  # type: ignore[arg-type]


def digest_of(row: Signable) -> str:
    """The digest that a signature under the row as it is now would have."""
    return sha256(canonical(view_of(row, row.schema_version)).encode()).hexdigest()


def holds(signature: Signature, row: Signable | None) -> bool:
    """Whether the kept bytes hash to the digest, and the row's view under the same schema still equals them."""
    if sha256(signature.view.encode()).hexdigest() != signature.digest or row is None:
        return False
    if (signature.record_kind, signature.record) != (kind_of(type(row)), row.pk):  # type: ignore[arg-type]
        return False
    return canonical(view_of(row, signature.schema)) == signature.view


def of(rows: Iterable[models.Model]) -> list[Signature]:
    """The signatures under the given rows, oldest first, signers loaded."""
    rows = list(rows)
    if not rows:
        return []
    wanted = models.Q()
    for kind in {kind_of(type(row)) for row in rows}:
        wanted |= models.Q(record_kind=kind, record__in=[row.pk for row in rows if kind_of(type(row)) == kind])
    return list(Signature.objects.filter(wanted).select_related("signer", "on_behalf_of").order_by("signed_at", "id"))


def empty(rows: Iterable[models.Model]) -> list[Row]:
    """Take what was signed out of the signatures under `rows`, when the act commits; answers the signatures, to be erased.

    Who signed when, with which meaning, and the digest stay (law L3). To be called inside a `write`.
    """
    found = [signature for signature in of(rows) if not signature.erased]
    for signature in found:
        signature.view = ""
        changed(signature, ERASE, chain=signature.organization_id)
    return [(kind_of(Signature), signature.pk) for signature in found]


def verification(of: UUID | None = None) -> Iterator[Finding]:
    """Part of `trail verify`: every signature of every organization, or of one, fits its row, or was erased as its entries say.

    A row that was changed through the product after it was signed (a draft that came back) has to fit as the trail
    had it when it was signed; whether the row of today is the trail's is asked elsewhere.
    """
    yield from _emptied(of)
    for kind in Signature.everywhere.order_by("record_kind").values_list("record_kind", flat=True).distinct():
        model = apps.get_model(kind)
        standing = Signature.everywhere.filter(record_kind=kind).exclude(view="").select_related("organization")
        for signature in (standing.filter(organization=of) if of else standing).iterator(chunk_size=500):
            if not _fits(model, signature):
                says = _("does not fit %(kind)s %(record)s any more")
                params, plain = {"kind": kind, "record": signature.record}, _("does not fit what was signed any more")
                row = (kind_of(Signature), signature.pk)
                yield Finding("signature", str(signature.pk), signature.meaning, says, params, plain, row)


def _fits(model: type[models.Model], signature: Signature) -> bool:
    """Whether it holds of its row. In an act of its organization, since a row may be signed with its children (law L9)."""
    with act(signature.organization):
        row = model.everywhere.filter(pk=signature.record, organization=signature.organization_id).first()  # type: ignore[attr-defined]
        return holds(signature, row) or holds(signature, _row_when_signed(model, signature))


def _emptied(of: UUID | None) -> Iterator[Finding]:
    """A signature whose content is gone has an entry of it that was erased; whether its last one fits is asked elsewhere."""
    signed = Entry.everywhere.filter(kind=kind_of(Signature), action="sign", pk__in=erasures().values("record"))
    found = Signature.everywhere.filter(view="").exclude(pk__in=signed.values("record"))
    for signature in (found.filter(organization=of) if of else found).iterator(chunk_size=500):
        says = _("its content is gone, and no entry says it was erased")
        yield Finding("signature", str(signature.pk), signature.meaning, says, row=(kind_of(Signature), signature.pk))


def _row_when_signed(model: type[models.Model], signature: Signature) -> Any:
    """The signed row as of the signature's own entry; None when either has no entry."""
    of_chain = Entry.everywhere.filter(chain=signature.organization_id)
    signed = of_chain.filter(record=signature.pk, action="sign").first()
    if signed is None:
        return None
    last = of_chain.filter(kind=signature.record_kind, record=signature.record, stateful=True, sequence__lte=signed.sequence)
    entry = last.order_by("-sequence").first()
    return rebuilt(model, moments([entry])[0]) if entry is not None else None
