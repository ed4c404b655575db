"""Who works where, for sign-in: staff have shorter sessions, and administrators may have to have a second step."""

from ginnel.accounts.models import User
from ginnel.accounts.workplaces import Workplace
from ginnel.partners.models import Role
from ginnel.partners.permissions import standing


def workplaces(user: User) -> list[Workplace]:
    """Every organisation this person belongs to now, and the partnership if they look after it."""
    now = standing(user)
    found = [Workplace(key, administrator=Role.ADMINISTRATOR.value in roles) for key, roles in now.roles.items()]
    return [*found, *([Workplace(None, administrator=True)] if now.partnership or user.is_superuser else ())]
