"""An indicator with its process, for the tests of this module."""

from collections.abc import Callable
from typing import Any

import pytest

from guiju.modules.indicators import services
from guiju.modules.indicators.models import Indicator
from guiju.modules.processes.models import Process


@pytest.fixture
def define(as_wei) -> Callable[..., Indicator]:
    """Makes an indicator: returns in 1,000 lamps, at most 3, every month."""
    process = Process(title="Inspection and release")
    process.save()

    def defining(**more: Any) -> Indicator:
        values = {"title": "Returns in 1,000 lamps", "process": process, "better": "lower", "target": 3, "frequency": "month"}
        return services.define({**values, **more})

    return defining
