from guiju.project.settings import *  # noqa: F403
from guiju.project.settings import INSTALLED_APPS as BEFORE

INSTALLED_APPS = [*BEFORE, "tests.later"]
