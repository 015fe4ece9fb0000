from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("agreements", "0028_who_decided_for_a_group"),
    ]

    operations = [
        migrations.AddField(
            model_name="copychange",
            name="answered_link",
            field=models.CharField(blank=True, db_default="", default="", max_length=400),
        ),
        migrations.AddField(
            model_name="registeredcopy",
            name="ends_when",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="registeredcopy",
            name="who_approved",
            field=models.TextField(blank=True, db_default="", default="", max_length=10000),
        ),
        migrations.AddField(
            model_name="registeredcopy",
            name="who_signed",
            field=models.TextField(blank=True, db_default="", default="", max_length=10000),
        ),
    ]
