"""How disposals are listed, shown, printed. ISO 9001 7.5.3.2: retention and disposition."""

from django.utils.translation import gettext_lazy as _

from guiju.modules.keeping import certificate, steps
from guiju.modules.keeping.forms import DisposalForm
from guiju.modules.keeping.models import Disposal
from guiju.modules.keeping.workflow import disposal_workflow
from guiju.spine.registers.declaration import Panel, Prints, Register, register

disposals = register(
    Register(
        key="disposals",
        model=Disposal,
        workflow=disposal_workflow,
        label=_("Disposals"),
        label_one=_("Disposal"),
        label_new=_("New list for disposal"),
        purpose=_("What was kept as long as it had to be, and which two people let it go."),
        clause="7.5.3",
        phase="do",
        columns=("number", "title", "state", "owner"),
        filters=("state", "owner"),
        form=DisposalForm,
        create=steps.prepare,
        change=steps.change,
        editable=lambda disposal: disposal.state == "prepared",
        finds=("note",),
        facts=certificate.facts,
        panels=(Panel("", certificate.panel), Panel("", certificate.seals), Panel("", certificate.reach)),
        shows=certificate.shows,
        shown_as=certificate.SCHEMAS,
        prints=Prints(certificate.parts, certificate.sheet),
        sentences={"print": _("%(who)s printed it.")},
        pages=(("keeping/", _("Keeping")),),
    )
)
