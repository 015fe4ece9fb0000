"""Who a draft was shared with: the exception to the wall, read from the shares each time.

Rows and not grants (design record 0012): a place in a team or in the organisation that ends takes
the right away with the next request, and nobody has to remember to take back a grant.
"""

from __future__ import annotations

from django.db.models import Q

from house.wall import WhoAsks
from parties.models import TeamMember


def is_named(acting: WhoAsks, to_share: str = "") -> Q:
    """The condition that an open share names the reader, in person or through a team.

    They have to act for the organisation for which they were named. `to_share` is the way from
    the model to its shares, with its underscores: "drafts__shares__".
    """
    # Nobody's id is 0: without a person nothing must match the empty column of a team's share.
    person = getattr(acting.user, "person_id", None) or 0
    organisation = acting.organisation_id or 0
    teams = TeamMember.objects.current().filter(person=person, team__organisation=organisation)
    still_open = Q(**{f"{to_share}organisation": organisation, f"{to_share}ended_at": None})
    by_name = Q(**{f"{to_share}person": person})
    in_team = Q(**{f"{to_share}team__in": teams.values("team")})
    return still_open & (by_name | in_team)
