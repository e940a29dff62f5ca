"""Pages that show the present only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guiju.spine.acts import current


def present(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """These pages show the present; asked for the past they answer with themselves, now."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "GET" and current().as_of is not None:
            return HttpResponseRedirect(request.path)
        return view(request, *args, **kwargs)

    return shown
