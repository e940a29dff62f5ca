#!/usr/bin/env bash
# Everything that can be judged by reading; each step is shown, all are run, the first failure decides the exit status.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH" DJANGO_SETTINGS_MODULE=guiju.project.settings
# Some steps load the settings; they must not leave a database beside the source.
data="$(mktemp -d)"
trap 'rm -rf "$data"' EXIT
export DATA="$data"
unset DATABASE_URL

status=0
step() {
    echo "== $1"
    shift
    "$@" || { status=1; echo "-- failed: $*" >&2; }
}

step "Style" ruff check .
step "Format" ruff format --check .
step "Layers" lint-imports --no-cache
step "Types" mypy
step "System check" python -m django check --fail-level WARNING
step "Migrations" python -m django makemigrations --check --dry-run
step "Messages" python scripts/messages.py check
step "API schema" python scripts/check_schema.py
step "Written pages" python scripts/docs.py --check
step "Locks" python scripts/check_locks.py
step "Licences and bill of materials" python scripts/dependencies.py --check
exit "$status"
