"""What programs can do with documents beside what every register offers."""

from guiju.modules.documents.approval import api as remarks
from guiju.modules.documents.checkout import api as checkouts
from guiju.modules.documents.comparison import api as revisions
from guiju.modules.documents.confidential import api as insiders
from guiju.modules.documents.filling import api as filling
from guiju.spine.registers.api.declaration import declare

declare(*filling.OPERATIONS, *remarks.OPERATIONS, *revisions.OPERATIONS, *insiders.OPERATIONS, *checkouts.OPERATIONS)
