"""What whoever asks for a signature wants of it, and requests and signatures that are withdrawn."""

from django.db import migrations, models

STATES = [
    ("waits", "Asked for when another has signed"),
    ("asked", "Asked to sign"),
    ("not_ready", "Not ready to sign"),
    ("on_paper", "Signed on paper, to be confirmed"),
    ("signed", "Signed"),
    ("declined", "Declined"),
    ("void", "Void: the version was recalled"),
    ("withdrawn", "Not asked for any more"),
    ("taken_back", "Withdrawn by who gave it"),
]
ON_PAPER = [
    ("recorded", "Recorded, to be confirmed"),
    ("confirmed", "Confirmed"),
    ("rejected", "Not right"),
    ("withdrawn", "Withdrawn by who recorded it"),
]


def _text(model: str, name: str, longest: int) -> migrations.AddField:
    """A column that the version before, which still serves, need not fill."""
    field = models.CharField(blank=True, db_default="", default="", max_length=longest)
    return migrations.AddField(model_name=model, name=name, field=field)


class Migration(migrations.Migration):

    dependencies = [
        ("agreements", "0034_handover_notes"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="papersignature", name="paper_signature_once"),
        migrations.RemoveConstraint(model_name="signaturerequest", name="signature_request_once"),
        _text("papersignature", "authority", 200),
        _text("papersignature", "in_place_of", 120),
        _text("signature", "authority", 200),
        _text("signature", "in_place_of", 120),
        _text("signaturerequest", "after_slot", 40),
        _text("signaturerequest", "authority", 200),
        migrations.AddField(
            model_name="signaturerequest",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        _text("signaturerequest", "ended_because", 500),
        _text("signaturerequest", "in_place_of", 120),
        _text("signaturerequest", "message", 500),
        migrations.AddField(
            model_name="signaturerequest",
            name="sign_by",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="papersignature",
            name="state",
            field=models.CharField(choices=ON_PAPER, default="recorded", max_length=10),
        ),
        migrations.AlterField(
            model_name="signature",
            name="statement",
            field=models.CharField(blank=True, max_length=700),
        ),
        migrations.AlterField(
            model_name="signaturerequest",
            name="state",
            field=models.CharField(choices=STATES, default="asked", max_length=10),
        ),
        migrations.AddConstraint(
            model_name="papersignature",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["rejected", "withdrawn"]), _negated=True),
                fields=("request",),
                name="paper_signature_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="signaturerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("withdrawn", "taken_back")), _negated=True),
                fields=("version", "party", "slot"),
                name="signature_request_once",
            ),
        ),
    ]
