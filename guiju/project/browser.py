"""What every browser is told besides the content: where it may be used, what stays in its cache, what leaves at sign-out."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

Handler = Callable[[HttpRequest], HttpResponse]

TOLD = {
    "Cross-Origin-Resource-Policy": "same-origin",
    # Passkeys are ours alone; of the rest of what a device has nothing is used.
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), midi=(), payment=(), serial=(), usb=(),"
    " publickey-credentials-get=(self), publickey-credentials-create=(self)",
}


def telling(get_response: Handler) -> Handler:
    """Set what an answer does not say itself. Static files keep their own word on caching; nothing else is kept."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in TOLD.items():
            response.headers.setdefault(name, value)
        if not request.path_info.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "private, no-store")
        if request.method == "POST" and request.path_info == reverse("account_logout"):
            # Drawn pages of files may be kept for a day; whoever signs out leaves none behind.
            response.headers["Clear-Site-Data"] = '"cache"'
        return response

    return handle


class _Cookie(CookieStorage):
    cookie_name = settings.COOKIE_PREFIX + "guiju_said"


class Said(FallbackStorage):
    """Django's way of keeping a sentence for the next page, in a cookie that is named as our others are."""

    storage_classes = (_Cookie, SessionStorage)
