"""What the steps that are taken for many are called."""

from django.utils.translation import gettext_lazy as _

TITLES = {
    "owner": _("Give to another owner"),
    "distribution": _("Distribute"),
    "review": _("Send to review"),
    "approve": _("Approve together"),
    "take_over": _("Take over as in force"),
}
