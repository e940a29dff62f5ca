"""What the web server calls, in each of its processes."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.project.settings")
application = get_wsgi_application()

from guiju.project.processes import die_with_parent  # noqa: E402 (needs the settings)

die_with_parent()
