"""What the child does that signs PDFs: PAdES, profile B-B, nothing to be seen on the pages (ETSI EN 319 142-1).

In a child of its own, since the library takes a second to load and a key has no business in the process of the web.
"""

import io
from pathlib import Path
from typing import Any

from pyhanko.keys import load_certs_from_pemder, load_private_key_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

FIELD = "Guiju"


def sealed(request: dict[str, Any]) -> dict[str, Any]:
    """Sign `source` with `key` and the first of `certificates`, into `target`."""
    certificates = list(load_certs_from_pemder([request["certificates"]]))
    others = SimpleCertificateStore()
    others.register_multiple(certificates)
    signer = signers.SimpleSigner(
        signing_cert=certificates[0],
        signing_key=load_private_key_from_pemder(request["key"], passphrase=None),
        cert_registry=others,
    )
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, reason=request["reason"]
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(Path(request["source"]).read_bytes()), strict=False)
    made = signers.sign_pdf(writer, metadata, signer=signer)
    Path(request["target"]).write_bytes(made.getvalue())
    return {"subject": certificates[0].subject.human_friendly}


TASKS = {"sealed": sealed}
