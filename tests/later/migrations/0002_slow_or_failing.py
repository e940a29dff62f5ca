import os
import time

from django.db import migrations


def run(apps, editor):
    time.sleep(1)  # so that a second process comes while it runs
    if os.environ.get("LATER_FAILS"):
        raise RuntimeError("a row is not as this migration takes it to be")


class Migration(migrations.Migration):
    dependencies = [("later", "0001_initial")]
    operations = [migrations.RunPython(run)]
