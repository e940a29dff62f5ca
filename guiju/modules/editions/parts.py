"""What editions bring to an external document's page: which one is held, who watches, and what the checks found."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from guiju.modules.documents.models import ENDED, Document
from guiju.modules.editions import asking, checking, watching
from guiju.modules.editions.models import Check, Watch
from guiju.modules.kinds.models import Kind
from guiju.spine.acts import current
from guiju.spine.registers import addresses, values
from guiju.spine.registers.declaration import Included, RecordPart
from guiju.spine.registers.listing import due_tone
from guiju.spine.registers.markup import facts, icon, link, state_badge
from guiju.spine.registers.places import Place

_is_address = URLValidator(schemes=["http", "https"])


def places() -> list[Place]:
    """The page of editions, for whoever may see documents."""
    if not current().actor.may("documents.view"):
        return []
    also = (gettext_lazy("External documents"), gettext_lazy("Standards"), gettext_lazy("Laws"))
    return [Place(gettext_lazy("Editions"), f"{addresses.home()}editions/", icon("eye"), "7.5.3", also)]


def of_record(record: Any) -> RecordPart | None:
    if not isinstance(record, Document) or record.kind != Kind.EXTERNAL or record.state == "disposed":
        return None
    base, watch = f"{addresses.of_record(record)}edition/", watching.of(record)
    may_set = record.state not in ENDED and watching.may(record, record.owner_id)
    if watch is None:
        return RecordPart(right=[(_("Edition"), _unwatched(base if may_set else ""))])
    checks, going_on = checking.of(watch), watch.ended_at is None
    actions = [(_("Check the edition"), f"{base}check/", "eye-check")] if going_on and checking.may(watch) else []
    return RecordPart(
        top=_to_take_over(checks) if going_on else [],
        left=[Included("editions/checks.html", {"checks": [_told(one) for one in checks]})] if checks else [],
        right=[(_("Edition"), _watch(watch, base if may_set else ""))],
        actions=actions,
    )


def _unwatched(base: str) -> SafeString:
    words = link(base, _("Say who watches it")) if base else ""
    return mark_safe(facts([(_("Watched by"), format_html("{} {}", _("nobody"), words))], in_rows=True))


def _to_take_over(checks: list[Check]) -> list[SafeString]:
    """Above all else: that a newer edition is known, and not taken over yet."""
    newest = next((one for one in checks if one.is_open), None)
    if newest is None:
        return []
    words = _("A newer edition is to be taken over: %(edition)s. Held is %(held)s.")
    return [format_html('<p class="gj-note">{}</p>', words % {"edition": newest.edition, "held": newest.watch.edition})]


def _watch(watch: Watch, base: str) -> SafeString:
    rows: list[tuple[Any, Any]] = [
        (_("Edition held"), watch.edition),
        (_("Published at"), source(watch.source)),
        (_("Watched by"), watcher(watch, unable=watch.ended_at is None and watch.pk in asking.unable([watch]))),
        (_("Checked every"), ngettext("%(n)s month", "%(n)s months", watch.months) % {"n": watch.months}),
        (_("Last checked on"), values.day(watch.checked_on) if watch.checked_on else _("not yet")),
    ]
    if watch.ended_at is not None:
        rows.append((_("Watched until"), values.when(watch.ended_at)))
    else:
        rows.append((_("Next check on"), next_check(watch)))
    if base:
        rows.append((_("Watch"), link(base, _("Change") if watch.ended_at is None else _("Watch it again"))))
    return facts(rows, in_rows=True)


def source(text: str) -> SafeString | str:
    """Where editions are published: a link where it is an address, else the words."""
    try:
        _is_address(text)
    except ValidationError:
        return format_html('<span class="gj-break">{}</span>', text)
    return format_html('<a class="gj-break" href="{}" rel="noopener">{}</a>', text, text)


def watcher(watch: Watch, *, unable: bool) -> SafeString | str:
    """Who watches; of one who cannot look any more that the owner is asked instead."""
    name = watch.watcher.shown_name
    if not unable:
        return name
    return format_html("{} {}", name, state_badge("late", _("cannot look any more; the owner is asked")))


def next_check(watch: Watch) -> SafeString:
    """The day of the next check, with its tone."""
    tone = due_tone(watch.next_on, current().today())
    return format_html('<span class="gj-tone-{}">{}</span>', tone or "ink", values.day(watch.next_on))


def _told(check: Check) -> dict[str, Any]:
    """One check as the template shows it."""
    return {
        "title": _("A newer edition: %(edition)s") % {"edition": check.edition} if check.edition else _("No newer edition"),
        "badge": standing(check),
        "said": pgettext("list", "; ").join(_circumstances(check)),
        "impact": check.impact,
        "reason": check.reason,
        "note": check.note,
    }


def _circumstances(check: Check) -> list[str]:
    """When somebody looked, who, what was held then, and from when on a newer edition applies."""
    who = str(check.made_by)
    if check.on_behalf_of is not None:
        who = _("%(who)s as deputy for %(absent)s") % {"who": who, "absent": check.on_behalf_of}
    said = [values.day(check.checked_on), who, _("held then: %(edition)s") % {"edition": check.held}]
    return said + ([_("applies from %(day)s") % {"day": values.day(check.applies_on)}] if check.applies_on else [])


def standing(check: Check) -> SafeString | str:
    """What became of a newer edition."""
    if not check.edition:
        return ""
    if check.settled_with is not None:
        return state_badge("done", _("taken over with revision %(label)s") % {"label": check.settled_with.label})
    return state_badge("due", _("to be taken over")) if check.is_open else state_badge("na", _("does not apply to us"))
