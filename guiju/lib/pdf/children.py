"""Child processes for what parses files from outside or holds a key: one request, one answer, limited in time and memory.

The child gets a line of JSON and answers with one; what it makes goes to a file that the request names. It never imports
what the web or the database needs, and is started without the parent's environment (law L19).
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import guiju
from guiju.lib.problems import Unreadable

Task = Callable[[dict[str, Any]], dict[str, Any]]
KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TZ")  # no address, key or password
SECONDS, MEGABYTES, LARGEST = 120, 2048, 1 << 30
_ROOT = str(Path(guiju.__file__).parent.parent)
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from guiju.lib.pdf.{module} import TASKS; " + (
    "from guiju.lib.pdf.children import answer; answer(TASKS)"
)


def asked(module: str, request: dict[str, Any]) -> dict[str, Any]:
    """The answer of a child that runs `guiju.lib.pdf.MODULE`. Raises Unreadable with the code the child gives, or `timeout`."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _START.format(module=module), _ROOT],
            input=json.dumps(request).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS + 10,
            cwd="/",
            env={key: os.environ[key] for key in KEPT_ENVIRONMENT if key in os.environ},
            start_new_session=True,
            check=False,
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise Unreadable("timeout", {"seconds": SECONDS}) from error
    except ValueError as error:
        raise Unreadable("unreadable", {"reason": "crash"}) from error
    if "code" in found:
        raise Unreadable(found.pop("code"), found)
    return found


def answer(tasks: Mapping[str, Task]) -> None:
    """The child's side."""
    request = json.loads(sys.stdin.readline())
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found = tasks[request["task"]](request)
    except Unreadable as error:
        found = {"code": error.code, **error.params}
    except MemoryError:
        found = {"code": "too_large"}
    except Exception as error:  # whatever a hostile file does to a parser is an answer, not a failure of ours
        found = {"code": "unreadable", "reason": type(error).__name__}
    print(json.dumps(found))
