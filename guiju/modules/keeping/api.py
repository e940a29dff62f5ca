"""What programs can do with what is kept, beside the lists for disposal."""

from guiju.modules.keeping.programs import api as programs
from guiju.spine.registers.api.declaration import declare

declare(*programs.OPERATIONS)
