"""/.well-known/guiju-key: the keys with which this installation signs, for whoever holds something that it signed (law L7)."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from guiju.lib import heads
from guiju.spine.trail import keys
from guiju.spine.trail.models import PublicKey

FORMAT = "guiju-keys-1"


@require_safe
def signing_keys(request: HttpRequest) -> JsonResponse:
    """Public: all keys, the present one first; each change as it was signed by the old and the new one."""
    rows = keys.known()[::-1]
    content = {
        "format": FORMAT,
        "fingerprint": heads.grouped(heads.fingerprint(rows[0].public)) if rows else None,
        "keys": [_key(row) for row in rows],
    }
    answer = JsonResponse(content, json_dumps_params={"indent": 1})
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


def _key(row: PublicKey) -> dict[str, Any]:
    return {
        "fingerprint": heads.fingerprint(row.public),
        "key": row.public,
        "since": row.at.isoformat(timespec="seconds"),
        "statement": row.text,
    }
