"""Each locked package under a licence of the list, of the version that is installed; and the bill of materials, docs/sbom.json.

Reads the locks and the metadata of what is installed; asks no network. `--check` compares the bill instead of writing it.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
BILL = ROOT / "docs" / "sbom.json"
ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)[^\n]*\n(?P<rest>(?:[ ]{4}[^\n]*\n)*)", re.MULTILINE)
NAMED_BY = re.compile(r"^    #(?: via|  ) ([A-Za-z0-9._-]+)", re.MULTILINE)

# What may come along with a product under Apache-2.0: permissive, or copyleft that stays with its own files or library.
ALLOWED = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Unlicense", "Zlib"),
    *("MPL-2.0", "LGPL-3.0-only", "LGPL-3.0-or-later"),
}
# How packages say it that have no expression of SPDX yet.
SAID = {
    "Apache 2.0": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
# Read in the package itself, since its metadata says too little; or not installed on every system.
READ = {
    "cobble": "BSD-2-Clause",
    "colorama": "BSD-3-Clause",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pytest-django": "BSD-3-Clause",
    "qrcode": "BSD-3-Clause AND MIT",
}


def locked(lock: str) -> list[dict[str, Any]]:
    """The packages of a lock: name, version, hashes of its files, and the packages that brought it."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return [
        {
            "name": canonicalize_name(one["name"]),
            "version": one["version"],
            "hashes": re.findall(r"--hash=sha256:([0-9a-f]{64})", one["rest"]),
            "via": [canonicalize_name(name) for name in NAMED_BY.findall(one["rest"])],
        }
        for one in ENTRY.finditer(text)
    ]


def licence(name: str) -> str:
    """The SPDX expression of a package; empty when nothing says it."""
    if name in READ:
        return READ[name]
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ""
    if expressions := said.get_all("License-Expression"):
        return str(expressions[0])
    words = [*(said.get_all("License") or []), *(said.get_all("Classifier") or [])]
    return next((SAID.get(word, word) for word in words if word in SAID or word in ALLOWED), "")


def problems(packages: list[dict[str, Any]]) -> list[str]:
    """What is wrong with locked packages, a line for each fault."""
    found = []
    for one in packages:
        name, expression = one["name"], licence(one["name"])
        if not expression:
            found.append(f"{name}: no licence is known; read it, and say it in scripts/dependencies.py")
        if others := set(re.split(r" (?:AND|OR) |[() ]+", expression)) - ALLOWED - {""}:
            found.append(f"{name}: {', '.join(sorted(others))} is not on the list of licences")
        if not one["hashes"]:
            found.append(f"{name}: locked without a hash")
        installed = _installed(name)
        if installed and installed != one["version"]:
            found.append(f"{name}: {installed} is installed, {one['version']} is locked")
    return found


def _installed(name: str) -> str:
    try:
        return str(metadata(name)["Version"])
    except PackageNotFoundError:
        return ""


def bill() -> str:
    """CycloneDX 1.6 of what the product brings along; the same for the same lock, so without a date."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    packages = locked("requirements.lock")
    product = f"pkg:pypi/{project['name']}@{project['version']}"
    reference = {one["name"]: f"pkg:pypi/{one['name']}@{one['version']}" for one in packages} | {project["name"]: product}
    needs: dict[str, list[str]] = {ref: [] for ref in reference.values()}
    for one in packages:
        for by in one["via"]:
            if by in reference:  # "pyproject.toml" stands there as well
                needs[reference[by]].append(reference[one["name"]])
    made = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": product,
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"expression": project["license"]}],
                "purl": product,
            }
        },
        "components": [_component(one, reference[one["name"]]) for one in packages],
        "dependencies": [{"ref": ref, "dependsOn": sorted(set(on))} for ref, on in sorted(needs.items())],
    }
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def _component(one: dict[str, Any], reference: str) -> dict[str, Any]:
    """The hashes are those of the files of the release, one for each system and Python, as the lock has them."""
    return {
        "type": "library",
        "bom-ref": reference,
        "name": one["name"],
        "version": one["version"],
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in one["hashes"]],
        "licenses": [{"expression": licence(one["name"])}],
        "purl": reference,
    }


def main() -> int:
    faults = problems(locked("requirements.lock") + locked("requirements-dev.lock"))
    made = bill()
    if "--check" not in sys.argv:
        BILL.write_text(made, encoding="utf-8")
    elif not BILL.exists() or BILL.read_text(encoding="utf-8") != made:
        faults.append("docs/sbom.json is not what requirements.lock says. Run scripts/dependencies.py.")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
