#!/usr/bin/env bash
# Resolve the dependencies anew. The locks hold versions and hashes and no download address, so they serve behind any mirror.
set -euo pipefail
cd "$(dirname "$0")/.."
uv="$(command -v uv || echo .tools/bin/uv)"
options=(--universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --quiet --upgrade)
"$uv" pip compile "${options[@]}" pyproject.toml --output-file requirements.lock
"$uv" pip compile "${options[@]}" --constraint requirements.lock pyproject.toml --group dev --output-file requirements-dev.lock
.venv/bin/python scripts/check_locks.py
scripts/environment.sh dev
.venv/bin/python scripts/dependencies.py
