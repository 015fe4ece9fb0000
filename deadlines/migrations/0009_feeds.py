import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    dependencies = [
        ("deadlines", "0008_nearest_first"),
        ("parties", "0007_committees_and_planning_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("reference", models.CharField(blank=True, max_length=20)),
                ("generation", models.PositiveIntegerField(default=1)),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("organisation", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.organisation")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="feeds", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        F("user"),
                        Coalesce("organisation", 0),
                        F("reference"),
                        condition=Q(stopped_at=None),
                        name="feed_once",
                    ),
                    models.CheckConstraint(
                        condition=Q(reference="") | Q(organisation__isnull=False),
                        name="feed_of_agreement_for_organisation",
                    ),
                ],
            },
        ),
    ]
