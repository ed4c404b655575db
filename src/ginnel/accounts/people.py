"""Who has signed in."""

from django.http import HttpRequest

from ginnel.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """The signed-in person. Only for views behind `login_required`. :raises TypeError: elsewhere."""
    if not isinstance(request.user, User):
        raise TypeError("this page is only for people who have signed in")
    return request.user
