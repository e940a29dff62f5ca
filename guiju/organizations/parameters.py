"""What an organization has tuned."""

from typing import Any

from guiju.organizations.models import Parameter
from guiju.spine.acts import write


def parameter(name: str, default: Any) -> Any:
    """The acting organization's value of a parameter, or the default."""
    found = Parameter.objects.filter(name=name).first()
    return default if found is None else found.value


def set_parameter(name: str, value: Any, *, reason: str = "") -> Parameter:
    """Set a parameter; the change is on the trail."""

    def setting() -> Parameter:
        found = Parameter.objects.select_for_update().filter(name=name).first() or Parameter(name=name)
        found.value = value
        found.save(reason=reason)
        return found

    return write(setting)
