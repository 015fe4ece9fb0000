from parties.models.addresses import AddressCheck, CheckedAddress
from parties.models.dated import Dated, DatedQuerySet
from parties.models.diaries import BodyMeeting, DiaryChange, PreElectionPeriod
from parties.models.figures import Figure, figures_on
from parties.models.groups import Body, BodyOrganisation, Seat, Team, TeamMember
from parties.models.leaving import Departure, HandedOver
from parties.models.organisations import Area, Organisation, OrganisationName
from parties.models.people import Absence, Person, Post
from parties.models.successions import SUCCESSION_LIFECYCLE, Succession
from parties.models.users import Invitation, Membership, Role, User
