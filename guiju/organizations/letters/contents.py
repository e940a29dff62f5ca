"""What stands in a letter, made in the act of whoever gets it: in their words, and of what they may see at this moment."""

from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guiju.spine.acts import current
from guiju.spine.notices.models import Notice
from guiju.spine.notices.services import to_mail
from guiju.spine.registers import addresses, values
from guiju.spine.registers.declaration import by_kind
from guiju.spine.registers.seeing import Named, seen
from guiju.spine.tasks.models import Task
from guiju.spine.tasks.services import open_for

MOST = 30  # lines of a part; how many more there are is said


@dataclass(frozen=True)
class Line:
    """What is told, when it was or is due, and where it leads."""

    text: str
    when: str
    url: str


@dataclass(frozen=True)
class Part:
    title: str
    lines: list[Line]
    more: str = ""
    more_url: str = ""


@dataclass(frozen=True)
class Content:
    """A letter's words; `notices` are those it tells, also where they stand in it only as a number of more."""

    subject: str
    parts: list[Part]
    notices: list[UUID] = field(default_factory=list)


def of_notice(notice: Notice) -> Content:
    """An urgent notice by itself."""
    line = _lines([notice])[0]
    subject = _("%(organization)s: %(what)s") % {"organization": current().organization, "what": line.text}
    return Content(subject, [Part("", [line])], [notice.pk])


def of_day() -> Content | None:
    """What the person has not read and no letter told them, and what they have to do by today; None when there is nothing."""
    person = current().person_id
    notices = list(to_mail().filter(person_id=person))
    due = open_for(person).filter(due_on__lte=current().today())
    tasks, count = list(due[:MOST]), due.count()
    if not notices and not tasks:
        return None
    home = address(addresses.home())
    parts = []
    if tasks:
        parts.append(Part(_("Waits for you"), _task_lines(tasks), _more(count), f"{home}work/"))
    if notices:
        parts.append(Part(_("New for you"), _lines(notices[:MOST]), _more(len(notices)), f"{home}notices/"))
    words = {"organization": current().organization, "day": values.day(current().today())}
    return Content(_("%(organization)s: new and due on %(day)s") % words, parts, [notice.pk for notice in notices])


def address(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def _more(count: int) -> str:
    if count <= MOST:
        return ""
    more = count - MOST
    return ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more}


def _lines(notices: list[Notice]) -> list[Line]:
    numbers = seen((n.record_kind, n.record) for n in notices if n.record is not None)
    return [_line(notice, numbers) for notice in notices]


def _line(notice: Notice, numbers: dict[Named, str]) -> Line:
    when, at_notices = values.when(notice.made_at), address(f"{addresses.home()}notices/")
    if notice.record is None:
        return Line(str(notice), when, at_notices)
    number = numbers.get((notice.record_kind, notice.record))
    if number is None:
        return Line(_("There is a notice for you; sign in to see it."), when, at_notices)
    return Line(str(notice), when, address(addresses.of_kind(notice.record_kind, number)))


def _task_lines(tasks: list[Task]) -> list[Line]:
    numbers, today = seen((t.record_kind, t.record) for t in tasks), current().today()
    lines = []
    for task in tasks:
        late = (today - task.due_on).days if task.due_on else 0
        when = ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late} if late else _("due today")
        number = numbers.get((task.record_kind, task.record))
        if number is None:
            lines.append(Line(_("Something waits for you; sign in to see it."), when, address(f"{addresses.home()}work/")))
        else:
            lines.append(Line(f"{task} ({number})", when, address(_door(task, number))))
    return lines


def _door(task: Task, number: str) -> str:
    """The page of the step that a task asks for, or of its record, where it asks for none or the person may not take it."""
    base, register = addresses.of_kind(task.record_kind, number), by_kind(task.record_kind)
    steps = register.workflow.transitions if register is not None and register.workflow is not None else {}
    may = register is not None and current().actor.may(f"{register.key}.{task.door}")
    return f"{base}{task.door}/" if task.door in steps and may else base
