"""The register of processes."""

from django.utils.translation import gettext_lazy as _

from guiju.modules.processes import services
from guiju.modules.processes.forms import ProcessForm
from guiju.modules.processes.models import Process
from guiju.modules.processes.revisions import of as revisions_of
from guiju.modules.processes.rows.flows import drafted, flows
from guiju.modules.processes.rows.needs import needs, participants, places
from guiju.modules.processes.rows.steps import steps
from guiju.modules.processes.turtle import page, prints
from guiju.modules.processes.workflow import process_workflow
from guiju.spine.registers.declaration import Panel, Prints, Register, register

processes = register(
    Register(
        key="processes",
        model=Process,
        workflow=process_workflow,
        label=_("Processes"),
        label_one=_("Process"),
        label_new=_("New process"),
        purpose=_("What the organization does, and how its work fits together. Every record belongs to a process."),
        clause="4.4",
        phase="plan",
        columns=("number", "title", "kind", "state", "revision", "owner", "due_on"),
        filters=("state", "kind", "owner"),
        sorts=(),
        form=ProcessForm,
        create=services.draft,
        change=services.change,
        editable=drafted,
        imports=("number", "title", "title_zh", "kind", "purpose", "purpose_zh", "owner", "criteria", "clauses", "due_on"),
        finds=("title_zh", "purpose", "purpose_zh"),
        facts=page.facts,
        lines=(flows, needs, participants, places, steps),
        across=(Panel("", page.turtle),),
        panels=(
            Panel("", page.open_matters),
            Panel("", page.flow),
            Panel("", page.belongings),
            Panel("", page.seals),
        ),
        aside=(Panel(_("Parts"), page.parts), Panel(_("Revisions"), page.revisions_of)),
        history_of=revisions_of,
        signed=page.signed,
        prints=Prints(prints.parts, prints.sheet),
        front="map/",
        pages=(("processes/map/", _("Process map")),),
        sentences={"arrange": _("%(who)s moved it on the map."), "print": _("%(who)s printed revision %(revision)s.")},
    )
)
