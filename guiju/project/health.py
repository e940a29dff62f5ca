"""/healthz: the process lives. /readyz: it can serve: database, migrations, worker."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from guiju.project import schema
from guiju.spine.jobs.worker import alive as worker_alive

_migrated = False


def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"ok": True})


def ready(request: HttpRequest) -> JsonResponse:
    """200 when everything is there, else 503; each part by name."""
    parts = {"database": False, "migrations": False, "worker": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        parts["database"] = True
        parts["migrations"] = _is_migrated()
        parts["worker"] = parts["migrations"] and worker_alive()
    except DatabaseError:
        pass
    ok = all(parts.values())
    return JsonResponse({"ok": ok, **parts}, status=200 if ok else 503)


def _is_migrated() -> bool:
    """Asked until it is so; a program does not outlive its database's schema unnoticed, since a restart asks anew."""
    global _migrated
    if not _migrated:
        _migrated = not schema.plan()
    return _migrated
