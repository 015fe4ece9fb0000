"""Says of each absence from which organisation it is, where there is one alone; and takes signs
that do not show out of addresses: whoever had them in theirs could not log in.

An absence of somebody in several organisations counts in all of them, as it did. An address that
somebody else logs in with without those signs stays as it is: two accounts are not made one here.
"""

import unicodedata

from django.db import migrations

ROWS_AT_ONCE = 500


def in_batches(rows):
    last = 0
    while found := list(rows.filter(pk__gt=last).order_by("pk")[:ROWS_AT_ONCE]):
        yield from found
        last = found[-1].pk


def fill_absences(apps, schema_editor):
    Absence, Post = apps.get_model("parties", "Absence"), apps.get_model("parties", "Post")
    Membership = apps.get_model("parties", "Membership")
    for absence in in_batches(Absence.objects.filter(organisation=None)):
        posts = Post.objects.filter(person=absence.person_id, ends_on=None)
        roles = Membership.objects.filter(user__person=absence.person_id, ends_on=None)
        of = {*posts.values_list("organisation", flat=True)}
        of |= {*roles.values_list("organisation", flat=True)}
        if len(of) == 1:
            absence.organisation_id = of.pop()
            absence.save(update_fields=["organisation"])


def tidy(address):
    shown = (each for each in address if unicodedata.category(each) not in ("Cc", "Cf", "Cs"))
    return "".join(shown).strip()


def tidy_addresses(apps, schema_editor):
    User = apps.get_model("parties", "User")
    fields = [("User", "email"), ("Person", "email"), ("Team", "address"), ("Invitation", "email")]
    for name, field in fields:
        model = apps.get_model("parties", name)
        for row in in_batches(model.objects.exclude(**{field: ""}).only(field)):
            before = getattr(row, field)
            after = tidy(before)
            if after == before or (name == "User" and User.objects.filter(email=after).exists()):
                continue
            setattr(row, field, after)
            row.save(update_fields=[field])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("parties", "0003_absences_of_an_organisation")]

    operations = [
        migrations.RunPython(fill_absences, migrations.RunPython.noop),
        migrations.RunPython(tidy_addresses, migrations.RunPython.noop),
    ]
