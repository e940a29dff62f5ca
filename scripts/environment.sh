#!/usr/bin/env bash
# Make or refresh the private environment in .venv: environment.sh runtime|dev
#
# Nothing is done when it already agrees with the locks. An environment with the development tools holds all that the
# product needs, so it stays one when the product alone is asked for.
set -euo pipefail
cd "$(dirname "$0")/.."
wanted="${1:?runtime or dev}"
stamp=.venv/.locked

found="$(cat "$stamp" 2>/dev/null || true)"
if [[ "$wanted" == dev || "$found" == dev\ * ]]; then kind=dev lock=requirements-dev.lock; else kind=runtime lock=requirements.lock; fi
state="$kind $(cat "$lock" pyproject.toml | cksum)"
if [[ "$found" == "$state" && -x .venv/bin/guiju ]] && .venv/bin/python -c '' 2>/dev/null; then exit 0; fi

for python in python3 python3.14 python3.13 python3.12 python3.11 ''; do
    if [[ -z "$python" ]]; then
        echo "Guiju needs Python 3.11 or newer; none was found. On Debian or Ubuntu: apt-get install python3 python3-venv" >&2
        exit 1
    fi
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi
done

if command -v uv >/dev/null; then
    uv=uv
else
    uv=.tools/bin/uv
    if ! "$uv" --version >/dev/null 2>&1; then
        if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
            echo "This Python cannot make private environments. On Debian or Ubuntu: apt-get install python3-venv" >&2
            exit 1
        fi
        echo "Fetching uv, which installs the rest ..." >&2
        "$python" -m venv --clear .tools
        .tools/bin/python -m pip install --quiet --disable-pip-version-check "$(cat scripts/uv-version.txt)"
    fi
fi

# Only wheels of the lock, and only the Python that is here: nothing else is ever downloaded.
export UV_PYTHON_DOWNLOADS=never
if ! .venv/bin/python -c '' 2>/dev/null; then "$uv" venv --quiet --clear --python "$python" .venv; fi
echo "Bringing .venv to $lock ..." >&2
# Compiled now, once: where Python may not write its byte code, each process would compile a thousand files anew.
"$uv" pip sync --quiet --compile-bytecode --python .venv/bin/python "$lock"
"$uv" pip install --quiet --python .venv/bin/python --no-deps --editable .
echo "$state" >"$stamp"
