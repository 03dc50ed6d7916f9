"""A counted row keeps from which day it is a hit, and how many days it took.

What is rolled up is derived: it is emptied here and built anew by `load_reference` at the same start; until then the
register itself is counted.
"""

from datetime import date

from django.db import migrations, models


def empty(apps, schema_editor):
    for name in ("RollUp", "CountedRow"):
        apps.get_model("indicators", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_figures")]

    operations = [
        migrations.RunPython(empty, migrations.RunPython.noop),
        migrations.AddField("countedrow", "days", models.IntegerField(default=0)),
        migrations.AddField(
            "countedrow", "hit_on", models.DateField(default=date(9999, 12, 31)), preserve_default=False
        ),
    ]
