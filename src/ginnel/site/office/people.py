"""Who edits and who approves: the one thing the office may change about people."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import (
    AccountView,
    AvatarSettingsPanel,
    ChangePasswordPanel,
    NameEmailSettingsPanel,
)
from wagtail.users.views.users import EditView, IndexView, UserViewSet

from ginnel.accounts.models import User
from ginnel.site.commands import OFFICE_GROUPS, set_office_groups


class OfficePersonForm(forms.ModelForm[User]):
    """Give and take the groups of the office; nothing else about a person is changed here."""

    groups = forms.ModelMultipleChoiceField(
        queryset=Group.objects.none(), required=False, widget=forms.CheckboxSelectMultiple, label="In the office"
    )

    class Meta:
        model = get_user_model()
        fields = ("name",)

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        self.for_user: User | None = kwargs.pop("for_user", None)
        super().__init__(*args, **kwargs)
        field = self.fields["groups"]
        field.queryset = Group.objects.filter(name__in=OFFICE_GROUPS).order_by("name")  # type: ignore[attr-defined]
        self.initial["groups"] = self.instance.groups.filter(name__in=OFFICE_GROUPS)

    def save(self, commit: bool = True) -> User:
        user = super().save(commit=commit)
        set_office_groups(
            user, [group.name for group in self.cleaned_data["groups"]], by=self.for_user, at=timezone.now()
        )
        return user


class OfficePeopleIndex(IndexView):
    """People of the office only: residents are nobody's business here."""

    add_url_name = None
    delete_url_name = None

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().filter(groups__name__in=OFFICE_GROUPS).distinct()


class OfficePersonEdit(EditView):
    template_name = "wagtailadmin/generic/form.html"
    delete_url_name = None

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}

    def get_queryset(self) -> Any:
        return User.objects.filter(groups__name__in=OFFICE_GROUPS).distinct()


def _not_here(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    raise PermissionDenied


class OfficePeople(UserViewSet):
    """Accounts are made by signing in, and deleted by the person: no page here does either."""

    index_view_class = OfficePeopleIndex
    edit_view_class = OfficePersonEdit
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[User]]:
        return OfficePersonForm

    @property
    def add_view(self) -> Any:
        return _not_here

    @property
    def delete_view(self) -> Any:
        return _not_here


class OfficeAccount(AccountView):
    """How the office looks to a person and what it mails them. Name, address and sign-in are on their own page, not here."""

    def get_panels(self) -> list[Any]:
        elsewhere = (NameEmailSettingsPanel, AvatarSettingsPanel, ChangePasswordPanel)
        return [panel for panel in super().get_panels() if not isinstance(panel, elsewhere)]


office_account = require_admin_access(OfficeAccount.as_view())
