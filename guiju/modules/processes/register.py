"""The register of processes."""

from django.utils.translation import gettext_lazy as _

from guiju.modules.processes import page
from guiju.modules.processes.flows import flows
from guiju.modules.processes.models import Process
from guiju.spine.registers.declaration import Panel, Register, register

processes = register(
    Register(
        key="processes",
        model=Process,
        label=_("Processes"),
        label_one=_("Process"),
        label_new=_("New process"),
        purpose=_("What the organization does, and how its work fits together. Every record belongs to a process."),
        clause="4.4",
        phase="plan",
        columns=("number", "title", "kind", "owner"),
        filters=("kind", "owner"),
        sorts=(),
        edits=("title", "title_zh", "kind", "purpose", "owner", "position"),
        imports=("number", "title", "title_zh", "kind", "purpose", "owner"),
        finds=("title_zh", "purpose"),
        lines=(flows,),
        panels=(Panel("", page.purpose), Panel("", page.belongings)),
    )
)
