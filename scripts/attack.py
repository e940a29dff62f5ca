"""Two scanners against a demonstration, signed in; what they found goes to docs/attack.md.

Status 1 when a finding of medium or above has no judgement in scripts/attack.toml, where each false one is explained.
"""

import argparse
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
PASSWORD = "guiju-demo"
PEOPLE = {"contributor": "li", "guest": "martin"}
MODULES = (
    "backup,blindsql,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,"
    "sql,ssrf,xss,xxe"
)
# Where a scanner would sign itself off, or become somebody else.
LEFT_OUT = tuple(f"{one}/*" for one in "account/logout account/sessions demo account/login account/password static".split())
# Debian's 3.0.4 writes a pattern that Python 3.11 refuses, what it means is what fnmatch makes; and it knows no Django.
WAPITI = (
    "import fnmatch, re; from wapitiCore.net import crawler; from wapitiCore.main import wapiti;"
    " from wapitiCore.attack.mod_csrf import mod_csrf; mod_csrf.TOKEN_FORM_STRINGS.append('csrfmiddlewaretoken');"
    " crawler.wildcard_translate = lambda pattern: re.compile(fnmatch.translate(pattern)); wapiti.wapiti_main()"
)
LONG = 9  # modules that try something at every address; the others are done in seconds
LEVELS = {0: "info", 1: "low", 2: "medium", 3: "high", 4: "critical"}
PARAMETERS = (
    "/lanzhu/documents/?q=a&sort=number&state=effective&kind=procedure",
    "/lanzhu/documents/?as_of=2026-03-01T12:00",
    "/lanzhu/processes/?q=lamp",
    "/lanzhu/search/?q=lamp",
    "/lanzhu/go/?q=lamp",
    "/lanzhu/documents/{number}*/",
    "/lanzhu/documents/{number}/history/?before=5",
    "/api/v1/lanzhu/documents/?q=lamp&sort=number&limit=5",
    "/api/v1/lanzhu/documents/{number}*/",
    "/account/login/?next=/lanzhu/",
)


@dataclass
class Finding:
    """What a tool says, with the judgement of ours, if there is one."""

    tool: str
    level: str
    category: str
    where: str
    says: str
    judged: str = ""


@dataclass
class Scan:
    """One role's run."""

    role: str
    addresses: int = 0
    requests: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    called: list[str] = field(default_factory=list)


class Browser:
    """Signs in as people do."""

    def __init__(self, base: str) -> None:
        self.base, self.cookies = base, CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> str:
        with self._opener.open(self.base + path, timeout=30) as answer:
            return str(answer.read().decode())

    def sign_in(self, username: str) -> None:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/account/login/"))
        assert token is not None
        words = {"csrfmiddlewaretoken": token[1], "login": username, "password": PASSWORD}
        with self._opener.open(self.base + "/account/login/", urllib.parse.urlencode(words).encode(), timeout=30):
            pass
        self.must_be_in(username)

    def must_be_in(self, username: str) -> None:
        """Else what is tried is the door alone."""
        with self._opener.open(self.base + "/account/", timeout=30) as answer:
            if urllib.parse.urlsplit(answer.url).path != "/account/":
                raise SystemExit(f"attack: {username} is not signed in")

    def as_header(self) -> str:
        return "; ".join(f"{c.name}={c.value}" for c in self.cookies)

    def as_file(self, path: Path) -> Path:
        kept = {c.name: {"value": c.value, "expires": None, "secure": False, "port": None, "version": 0} for c in self.cookies}
        path.write_text(json.dumps({HOST: {"/": kept}}))
        return path


@contextlib.contextmanager
def demo(port: int, data: Path) -> Iterator[str]:
    """A demonstration with one web process on scratch data, gone afterwards."""
    environment = {**os.environ, "BASE_URL": f"http://{HOST}:{port}", "LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-m", "guiju.project.cli", "demo", "--data", str(data), "--port", str(port)]
    with (data / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=ROOT)
    base = f"http://{HOST}:{port}"
    try:
        for _second in range(180):
            time.sleep(1)
            with contextlib.suppress(OSError):
                urllib.request.urlopen(base + "/readyz", timeout=5).close()
                break
        yield base
    finally:
        server.terminate()
        server.wait(30)


@contextlib.contextmanager
def listener() -> Iterator[tuple[str, list[str]]]:
    """Where a server that can be made to ask elsewhere would call; answers with nothing, remembers what was asked."""
    called: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if "/get_" not in self.path and self.path != "/":
                called.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *words: Any) -> None:
            """Nothing is said."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{HOST}:{server.server_port}/", called
    finally:
        server.shutdown()


def wapiti(scan: Scan, base: str, browser: Browser, work: Path, minutes: float, endpoint: str) -> None:
    """Crawl and attack within the time."""
    report = work / f"wapiti-{scan.role}.json"
    each = int(minutes * 60 * 0.8 / LONG)
    command = [
        *(
            "/usr/bin/python3",
            "-c",
            WAPITI,
            "-u",
            f"{base}/",
            "-s",
            f"{base}/lanzhu/",
            "-s",
            f"{base}/lanzhu/documents/",
            "-s",
            f"{base}/account/",
        ),
        *("--scope", "folder", "-m", MODULES, "-c", str(browser.as_file(work / f"cookies-{scan.role}.json"))),
        *("--endpoint", endpoint, "--max-scan-time", str(int(minutes * 60 * 0.15)), "--max-attack-time", str(each)),
        *(
            "--max-links-per-page",
            "60",
            "--max-files-per-dir",
            "15",
            "--max-parameters",
            "30",
            "--skip",
            "csrfmiddlewaretoken",
            "-d",
            "6",
            "-S",
            "normal",
        ),
        *("--flush-session", "--store-session", str(work / f"session-{scan.role}"), "-t", "20", "--no-bugreport"),
        *("-v", "1", "-f", "json", "-o", str(report)),
    ]
    for one in LEFT_OUT:
        command += ["-x", f"{base}/{one}"]
    log = work / f"wapiti-{scan.role}.log"
    with log.open("w") as out, contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, timeout=minutes * 60 * 1.2, check=False)
    if not report.exists():
        raise SystemExit(f"attack: wapiti left no report; see {log}")
    said = json.loads(report.read_text())
    scan.addresses = len(set(re.findall(r"^\[\+\] (?:GET|POST) (\S+)", log.read_text(), re.MULTILINE)))
    for kind in ("vulnerabilities", "anomalies"):
        for category, found in said[kind].items():
            for one in found:
                scan.findings.append(
                    Finding("wapiti", LEVELS.get(one["level"], "low"), category, f"{one['method']} {one['path']}", one["info"])
                )


def sqlmap(scan: Scan, base: str, browser: Browser, token: str, work: Path, minutes: float) -> None:
    """Every parameter of the addresses that query, within the time."""
    number = re.search(r"/lanzhu/documents/([A-Z][\w-]+)/", browser.get("/lanzhu/documents/"))
    assert number is not None
    until = time.monotonic() + minutes * 60
    for path in PARAMETERS:
        left = until - time.monotonic()
        if left < 5:
            scan.requests[path] = "not tried: the time was over"
            continue
        command = [
            *("sqlmap", "-u", base + path.format(number=number[1]), "--batch", "--disable-coloring", "--flush-session"),
            *("--output-dir", str(work / f"sqlmap-{scan.role}"), "--level", "2", "--risk", "1", "--technique", "BEU"),
            *("--threads", "2", "--timeout", "20", "--dbms", "sqlite", "-v", "1"),
            *("--skip", "guiju_session,guiju_csrf,guiju_language,guiju_said"),
            *("--headers" if path.startswith("/api/") else "--cookie", _key(path, browser, token)),
        ]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=left, check=False).stdout
        except subprocess.TimeoutExpired as late:
            done = (late.stdout or b"").decode() if isinstance(late.stdout, bytes) else (late.stdout or "")
            done += "\n(the time was over)"
        (work / f"sqlmap-{scan.role}.log").open("a").write(done)
        scan.requests[path] = _verdict(done)
        for found in re.findall(r"^Parameter: (.+)$", done, re.MULTILINE):
            scan.findings.append(Finding("sqlmap", "critical", "SQL injection", path, found))


def _key(path: str, browser: Browser, token: str) -> str:
    return f"Authorization: Bearer {token}" if path.startswith("/api/") else browser.as_header()


def _verdict(said: str) -> str:
    if "(the time was over)" in said:
        return "not finished: the time was over"
    if "all tested parameters do not appear to be injectable" in said:
        return "no parameter injectable"
    if "identified the following injection" in said:
        return "**injectable**"
    return "not tried: " + (re.findall(r"\[(?:CRITICAL|ERROR)\] (.+)", said) or ["it said nothing"])[-1]


def judge(findings: list[Finding]) -> None:
    """Lay our judgements over what was found."""
    known = tomllib.loads((ROOT / "scripts" / "attack.toml").read_text(encoding="utf-8")).get("judged", [])
    for one in findings:
        text = f"{one.tool} {one.category} {one.where} {one.says}"
        one.judged = next((j["why"] for j in known if re.search(j["matches"], text, re.DOTALL)), "")


def token_of(username: str, data: Path) -> str:
    command = [
        sys.executable,
        "-m",
        "guiju.project.cli",
        "token",
        "--data",
        str(data),
        "--organization",
        "lanzhu",
        "--as",
        username,
    ]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()[-1]


def version(command: str) -> str:
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
    return (re.findall(r"\d+\.\d+[.\d]*", done.stdout) or ["?"])[0 if command == "sqlmap" else -1]


def page(scans: list[Scan], minutes: float) -> str:
    """docs/attack.md."""
    outside = ", ".join(f"`/{one}`" for one in LEFT_OUT)
    parts = [
        "# Attacked by programs\n",
        "Written by `make attack`; do not edit. A demonstration on scratch data is searched for faults by two scanners,",
        "signed in as a contributor and as a guest. What they find of medium or above is mended, or judged in",
        "`scripts/attack.toml`; else it fails.\n",
        f"Last run {datetime.now(UTC):%Y-%m-%d}, at most {minutes:.0f} minutes a role. Wapiti {version('wapiti')}, modules",
        f"{MODULES.replace(',', ', ')}; scope: the whole host but {outside}.",
        f"sqlmap {version('sqlmap')}, level 2, risk 1, techniques by error, by truth and by union.\n",
    ]
    for scan in scans:
        parts.append(f"## As {scan.role} (`{PEOPLE[scan.role]}`)\n")
        said = f"{len(scan.called)} calls" if scan.called else "no call"
        parts.append(f"Wapiti tried {scan.addresses} addresses. The server made {said} to the address that was offered to it.\n")
        parts.append("| severity | tool | what | times | for example | judged |\n| --- | --- | --- | ---: | --- | --- |")
        parts += _rows(scan.findings) or ["| none | | | | | |"]
        parts.append("\n| address given to sqlmap | came to |\n| --- | --- |")
        parts += [f"| `{path}` | {verdict} |" for path, verdict in scan.requests.items()]
        parts.append("")
    return "\n".join(parts)


def _rows(findings: list[Finding]) -> list[str]:
    grouped: dict[tuple[str, str, str, str], list[Finding]] = {}
    for one in findings:
        grouped.setdefault((one.level, one.tool, one.category, one.judged), []).append(one)
    order = {name: -number for number, name in LEVELS.items()}
    rows = sorted(grouped.items(), key=lambda item: (order[item[0][0]], item[0]))
    return [
        f"| {level} | {tool} | {category} | {len(found)} | `{_short(found[0])}` | {judged or '**open**'} |"
        for (level, tool, category, judged), found in rows
    ]


def _short(one: Finding) -> str:
    return re.sub(r"[|`\s]+", " ", f"{one.where}: {one.says}")[:160]


def attack(role: str, minutes: float, port: int, work: Path) -> Scan:
    """One role against a demonstration of its own, since the scanners fill it with what they send."""
    scan = Scan(role)
    data = work / role
    data.mkdir()
    with demo(port, data) as base, listener() as (endpoint, called):
        browser = Browser(base)
        browser.sign_in(PEOPLE[role])
        token = token_of(PEOPLE[role], data)
        sqlmap(scan, base, browser, token, work, minutes * 0.15)
        wapiti(scan, base, browser, work, minutes * 0.85, endpoint)
        browser.must_be_in(PEOPLE[role])
        scan.called = list(called)
        if scan.called:
            scan.findings.append(
                Finding("listener", "high", "the server called elsewhere", scan.called[0], f"{len(called)} times")
            )
    return scan


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8014)
    parser.add_argument("--minutes", type=float, default=14, help="for each role")
    parser.add_argument("--role", choices=[*PEOPLE], action="append")
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="guiju-attack-"))
    print(f"attack: reports and logs in {work}", file=sys.stderr)
    scans = [attack(role, options.minutes, options.port, work) for role in options.role or PEOPLE]
    found = [one for scan in scans for one in scan.findings]
    judge(found)
    (ROOT / "docs" / "attack.md").write_text(page(scans, options.minutes), encoding="utf-8")
    grave = [one for one in found if one.level in ("medium", "high", "critical") and not one.judged]
    for one in grave:
        print(f"attack: {one.level}: {one.category}: {one.where}: {one.says}", file=sys.stderr)
    return 1 if grave else 0


if __name__ == "__main__":
    sys.exit(main())
