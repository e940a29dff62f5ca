#!/usr/bin/env bash
# Wapiti and sqlmap against a demonstration on scratch data, signed in as contributor and as guest; writes docs/attack.md.
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in wapiti sqlmap; do
    command -v "$tool" >/dev/null || { echo "attack: $tool is missing. On Debian: apt-get install -y wapiti sqlmap" >&2; exit 1; }
done
exec .venv/bin/python -m scripts.attack "$@"
