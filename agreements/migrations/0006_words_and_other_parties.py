"""What the list is searched by, and whom an organisation has agreements with."""

import django.db.models.deletion
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0005_next_due_kind_in_database"),
        ("parties", "0002_absences"),
    ]

    operations = [
        migrations.AddField(
            model_name="access",
            name="words",
            field=models.TextField(default="", db_default=""),
        ),
        migrations.CreateModel(
            name="OtherParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="other_parties", to="parties.organisation")),
                ("other", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.organisation")),
            ],
            options={
                "verbose_name_plural": "other parties",
                "constraints": [models.UniqueConstraint(fields=("organisation", "other"), name="other_party_once")],
            },
        ),
    ]
