#!/usr/bin/env bash
# The whole suite on SQLite, then what touches a database again on PostgreSQL. Arguments go on to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/python -m compileall -q guiju tests bench survive fuzz mutation >/dev/null  # the suite starts a hundred processes
options=(-n 2 --dist worksteal --durations=10 --durations-min=0.5)
echo "== SQLite"
GUIJU_TEST_DATABASE=sqlite .venv/bin/pytest "${options[@]}" "$@"
echo "== PostgreSQL"
# The library, pages drawn without rows, how pages and prints look and the reading of the code ask no database, the
# demonstration has the embedded one by nature, the keyboard and the tools over a text are the browser's, what has left
# is a folder, and the last three make their own.
once=(guiju/lib tests/architecture tests/interface tests/test_measuring.py tests/test_scripts.py)
once+=(tests/stories/test_looks.py guiju/project/tests/test_demo.py guiju/spine/prints guiju/spine/attachments/tests/test_previews.py)
once+=(tests/stories/test_going.py tests/stories/test_writing.py)
once+=(tests/test_stranger.py tests/test_survive.py guiju/project/tests/test_new_module.py guiju/project/tests/test_nowhere.py)
GUIJU_TEST_DATABASE=postgres .venv/bin/pytest "${options[@]}" "${once[@]/#/--ignore=}" "$@"
