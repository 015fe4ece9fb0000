from django.db import migrations, models
from django.db.models import Q

from house.indexes import AddIndexLive, RemoveIndexLive


class Migration(migrations.Migration):
    """The home page walks this index in its order; what has no date were thousands of equal ones.

    The former version asks by the same two columns, so the index that this replaces goes at once.
    """

    atomic = False

    dependencies = [("deadlines", "0007_told_with_another")]

    operations = [
        AddIndexLive(
            model_name="holder",
            index=models.Index(
                condition=Q(is_open=True),
                fields=["organisation", "due_on", "deadline"],
                name="holder_nearest",
            ),
        ),
        RemoveIndexLive(model_name="holder", name="holder_open"),
    ]
