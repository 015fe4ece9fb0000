from django.db import migrations, models

from house.indexes import AddIndexLive


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("agreements", "0032_changes_of_agreements")]

    operations = [
        AddIndexLive(
            model_name="agreement",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ["in_force", "notice_given"]), ("end_on__isnull", False)
                ),
                fields=["end_on"],
                name="agreement_ends",
            ),
        ),
        AddIndexLive(
            model_name="agreement",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ["in_force", "notice_given"]), ("noticed_end_on__isnull", False)
                ),
                fields=["noticed_end_on"],
                name="agreement_noticed",
            ),
        ),
    ]
