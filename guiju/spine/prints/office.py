"""Office files as PDF, by LibreOffice where it is installed: in a process of its own, with limits and without a network.

Macros are off, links are not followed, the profile is empty and goes afterwards (law L19).
"""

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from guiju.lib.problems import Unreadable

ENDINGS = frozenset("docx docm doc rtf odt xlsx xlsm xls ods pptx pptm ppt odp odg".split())
SECONDS = 120
MEMORY = 4 << 30
LARGEST = 500 << 20
_NOWHERE = "http://127.0.0.1:9"  # the port at which nobody answers
_COMMON, _SECURITY = "/org.openoffice.Office", "/org.openoffice.Office.Common/Security/Scripting"
# Macros and embedded programs never run, and what a file refers to elsewhere is not fetched.
_SETTINGS = (
    (_SECURITY, "MacroSecurityLevel", "3"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "DisableActiveContent", "true"),
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    (f"{_COMMON}.Writer/Content/Update", "Link", "2"),
    (f"{_COMMON}.Calc/Content/Update", "Link", "2"),
)
_ITEM = '<item oor:path="{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
_PROFILE = '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>'


def program() -> str:
    """The path of LibreOffice; empty where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


@cache
def shut_off() -> tuple[str, ...]:
    """The words before a command that take the network from it; none where the system does not allow it."""
    for words in (("unshare", "--net"), ("unshare", "--map-root-user", "--net")):
        if shutil.which(words[0]) and subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0:
            return words
    return ()


@contextmanager
def converted(source: Path, ending: str) -> Iterator[Path]:
    """A PDF of the file while the block runs. Raises Unreadable: `no_program`, `timeout`, `unreadable`."""
    office = program()
    if not office:
        raise Unreadable("no_program")
    with tempfile.TemporaryDirectory(prefix="guiju-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(
            _PROFILE.format("".join(_ITEM.format(*one) for one in _SETTINGS)), encoding="utf-8"
        )
        given = folder / f"file.{ending}"
        shutil.copyfile(source, given)
        _run(_command(office, profile, folder, given), folder)
        made = folder / "file.pdf"
        if not made.exists() or made.stat().st_size == 0:
            raise Unreadable("unreadable", {"reason": "LibreOffice"})
        yield made


def _command(office: str, profile: Path, folder: Path, given: Path) -> list[str]:
    switches = "--headless --invisible --norestore --nolockcheck --nodefault --nologo --nofirststartwizard".split()
    convert = ["--convert-to", "pdf", "--outdir", str(folder), str(given)]
    return [*shut_off(), office, f"-env:UserInstallation={profile.as_uri()}", *switches, *convert]


def _run(command: list[str], folder: Path) -> None:
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
    environment |= dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), _NOWHERE)
    child = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )
    _limit(child.pid)
    try:
        child.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Unreadable("timeout", {"seconds": SECONDS}) from error
    finally:
        # The program leaves helpers behind when it is ended; they are of its group.
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _limit(pid: int) -> None:
    """What the child and all that it starts may take: from outside, since between fork and exec nothing may be run."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: LARGEST,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        try:
            resource.prlimit(pid, what, (most, most))
        except ProcessLookupError:
            return
