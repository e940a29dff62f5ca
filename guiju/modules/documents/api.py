"""What programs can do with documents beside what every register offers."""

from guiju.modules.documents.approval import api as approval
from guiju.spine.registers.api.declaration import declare

declare(*approval.OPERATIONS)
