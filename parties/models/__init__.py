from parties.models.absences import Absence
from parties.models.bodies import Body, BodyOrganisation, Seat
from parties.models.dated import Dated, DatedQuerySet
from parties.models.memberships import Invitation, Membership, Role
from parties.models.organisations import Area, Organisation, OrganisationName
from parties.models.people import Person, Post
from parties.models.teams import Team, TeamMember
from parties.models.users import User

__all__ = [
    "Absence",
    "Area",
    "Body",
    "BodyOrganisation",
    "Dated",
    "DatedQuerySet",
    "Invitation",
    "Membership",
    "Organisation",
    "OrganisationName",
    "Person",
    "Post",
    "Role",
    "Seat",
    "Team",
    "TeamMember",
    "User",
]
