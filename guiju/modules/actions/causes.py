"""Causes of a case as data: chains of whys, branches of a fishbone, each confirmed or refuted. ISO 9001 10.2.1 b)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.lib import fishbone
from guiju.modules.actions.models import Cause, CauseCategory, Finding, Standard
from guiju.spine.acts import Refused, current
from guiju.spine.registers.forms import RecordForm
from guiju.spine.registers.lines import panel
from guiju.spine.registers.lines.declaration import Lines
from guiju.spine.registers.markup import section, state_badge
from guiju.spine.trail.states import kind_of

TONES = {Finding.OPEN: "none", Finding.CONFIRMED: "done", Finding.REFUTED: "late"}


class CauseForm(RecordForm):
    """One cause: what it explains, on which branch it stands, and what shows it."""

    class Meta:
        model = Cause
        fields = (
            *("statement", "method", "behind", "question", "standard", "category", "finding", "evidence", "root"),
            *("why_undetected", "position"),
        )

    def fit(self, case: Any) -> None:
        """Only causes of the same case can be explained; categories that are in use are offered."""
        own = Cause.objects.filter(**Cause.under(case), ended=False).exclude(pk=self.instance.pk)
        self.fields["behind"].queryset = own.order_by("position", "id")  # type: ignore[attr-defined]
        self.fields["category"].queryset = CauseCategory.objects.filter(ended=False).order_by("position", "name")  # type: ignore[attr-defined]


def judge(case: Any, values: Mapping[str, Any], line: Cause | None) -> None:
    """Refused for a finding without evidence, a root cause that is not confirmed, a chain that bites its own tail."""

    def said(name: str) -> Any:
        return values[name] if name in values else getattr(line, name, None)

    if said("finding") in (Finding.CONFIRMED, Finding.REFUTED) and not (said("evidence") or "").strip():
        words = _("Say what shows it: a cause is confirmed or refuted by evidence, not by opinion.")
        raise Refused(words, errors={"evidence": [words]})
    if said("root") and said("finding") != Finding.CONFIRMED:
        words = _("Only a confirmed cause is a root cause.")
        raise Refused(words, errors={"root": [words]})
    behind = said("behind")
    if behind is not None:
        _refuse_a_circle(case, behind, line)


def _refuse_a_circle(case: Any, behind: Cause, line: Cause | None) -> None:
    if (behind.below_kind, behind.below_id) != (kind_of(type(case)), case.pk):
        words = _("The cause that this one explains belongs to another case.")
        raise Refused(words, errors={"behind": [words]})
    seen: Cause | None = behind
    while line is not None and seen is not None:
        if seen.pk == line.pk:
            words = _("A cause does not explain itself, neither straight nor by way of others.")
            raise Refused(words, errors={"behind": [words]})
        seen = seen.behind


def prepare(values: Mapping[str, Any], case: Any, line: Cause | None) -> dict[str, Any]:
    """What is kept: who decided on the finding and when, and the branch of an own category."""
    made, acting = dict(values), current()
    before = line.finding if line is not None else Finding.OPEN
    if "finding" in made and made["finding"] != before:
        decided = made["finding"] != Finding.OPEN
        made["decided_on"] = acting.today() if decided else None
        made["decided_by_id"] = acting.actor.id if decided else None
    if made.get("category") is not None:
        made["standard"] = made["category"].counts_as
    return made


def lines(right: str, editable: Callable[[Any], bool]) -> Lines:
    """The causes as lines of a register: who may write them, and while a case is in which state."""
    return Lines(
        key="causes",
        model=Cause,
        label=gettext_lazy("Causes"),
        label_one=gettext_lazy("Cause"),
        label_add=gettext_lazy("Add a cause"),
        columns=("statement", "standard", "behind", "finding", "evidence", "root"),
        form=CauseForm,
        right=right,
        editable=editable,
        explains=gettext_lazy("Ask why until something is found that the organization can change; note also what was ruled out."),
        judge=judge,
        prepare=prepare,
        drawn=drawn,
    )


def of(case: Any) -> list[Cause]:
    """The causes of a case that still hold, in their order."""
    return list(Cause.objects.filter(**Cause.under(case), ended=False).select_related("category").order_by("position", "id"))


def roots(case: Any) -> list[Cause]:
    """The confirmed root causes of a case."""
    return [one for one in of(case) if one.root and one.finding == Finding.CONFIRMED]


def chains(causes: Sequence[Cause]) -> list[list[Cause]]:
    """Chains of whys, each from the first cause to the last that explains it; the longest first, those of one cause left out."""
    explained = {one.behind_id for one in causes if one.behind_id}
    by_id = {one.pk: one for one in causes}
    found = []
    for last in (one for one in causes if one.pk not in explained):
        chain, here = [], last
        while here is not None and here not in chain:
            chain.append(here)
            here = by_id.get(here.behind_id) if here.behind_id else None  # type: ignore[assignment]
        if len(chain) > 1:
            found.append(chain[::-1])
    return sorted(found, key=len, reverse=True)


def branches(causes: Sequence[Cause]) -> list[fishbone.Branch]:
    """The branches of a fishbone, in the order of the standard categories; those without a cause left out."""
    named: dict[str, list[fishbone.Twig]] = {}
    order = [str(label) for _value, label in Standard.choices]
    for one in causes:
        name = str(one.category) if one.category else one.get_standard_display()
        named.setdefault(name, []).append(fishbone.Twig(one.statement, one.finding))
    place = {name: order.index(name) if name in order else len(order) for name in named}
    return [fishbone.Branch(name, named[name]) for name in sorted(named, key=lambda name: (place[name], name))]


def drawn(case: Any, causes: Sequence[Cause], base: str) -> SafeString:
    """Chains of whys, the fishbone, and all causes as a table."""
    if not causes and not base:
        return mark_safe("")
    parts = [_chain(chain) for chain in chains(causes)]
    if len(causes) > 2:
        picture = fishbone.draw(case.title, branches(causes), _("Causes of: %(case)s") % {"case": case.title})
        words = _("blue: confirmed; struck out: refuted")
        parts.append(
            format_html('<p class="gj-sm gj-muted">{}</p><figure class="gj-figure">{}</figure>', words, mark_safe(picture))
        )
    declared = lines("", lambda record: True)
    parts.append(panel.table(declared, causes, base) if causes else panel.nothing(declared))
    label = str(declared.label_add) if base else ""
    return section(_("Causes"), mark_safe("".join(parts)), f"{base}new/" if base else "", label)


def _chain(chain: Sequence[Cause]) -> SafeString:
    """Five times why: each question with the answer and what shows it."""
    rows = (
        (
            place,
            one.question or _("Why?"),
            one.statement,
            _shown_by(one),
            mark_safe(" is-root") if one.root else "",
        )
        for place, one in enumerate(chain, 1)
    )
    items = format_html_join(
        "", '<li class="gj-why{4}"><span class="gj-why-n">{0}</span><p class="gj-muted">{1}</p><p><b>{2}</b></p>{3}</li>', rows
    )
    return format_html('<ol class="gj-whys">{}</ol>', items)


def _shown_by(one: Cause) -> SafeString:
    badge = state_badge(TONES[Finding(one.finding)], one.get_finding_display(), True)
    return format_html('<p class="gj-sm">{} {}</p>', badge, one.evidence)
