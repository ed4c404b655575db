"""People who sign in, and who looked at their record."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

if TYPE_CHECKING:
    from allauth.account.models import EmailAddress


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """A person with this e-mail address; without a password they sign in by code."""
        if not email:
            raise ValueError("A person needs an e-mail address to sign in")
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """A person who may do everything in the back office."""
        return self.create_user(email, password, is_superuser=True, **extra)

    def owner_of(self, email: str) -> "User | None":
        """The person whose address this is: one they have proven, or the one their account was opened for."""
        address = email.strip().lower()
        proven = self.filter(emailaddress__email=address, emailaddress__verified=True).first()
        return proven or self.filter(email=address).first()

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """One person, one account for life, known by an e-mail address. Groups and permissions are for those who run the site."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(
        max_length=120, blank=True, help_text="As colleagues know the person; empty until somebody needs it"
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_once")]
        permissions = [("read_equality_aggregates", "Can read counts of equality answers")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """What lists in the back office show."""
        return str(self)

    def owns_address(self, email: str) -> bool:
        """Whether this person has shown that an e-mail address is theirs: the one they sign in with, or another of theirs."""
        address = email.strip().lower()
        return address == self.email or self._proven_addresses().filter(email__iexact=address).exists()

    def owned_addresses(self) -> set[str]:
        """Every address this person has shown to be theirs, in lower case. One query."""
        return {self.email.lower(), *map(str.lower, self._proven_addresses().values_list("email", flat=True))}

    def is_proven(self) -> bool:
        """Whether somebody has ever shown that this account is theirs. One that an employer made stays unproven until they sign in."""
        return self.last_login is not None or self._proven_addresses().exists()

    def _proven_addresses(self) -> "models.QuerySet[EmailAddress]":
        from allauth.account.models import EmailAddress

        proven: models.QuerySet[EmailAddress] = EmailAddress.objects.filter(user=self, verified=True)
        return proven


class AccessQuerySet(models.QuerySet["RecordAccess"]):
    def about(self, user: User) -> Self:
        """Reads of this person's record; only they may see the list."""
        return self.filter(person=user).select_related("by").order_by("-at", "-pk")


class RecordAccess(models.Model):
    """Somebody read a person's record. Shown to that person."""

    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="record_accesses")
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    purpose = models.CharField(max_length=120)
    organisation = models.BigIntegerField(
        null=True, blank=True, help_text="Number of the organisation they looked from"
    )
    organisation_name = models.CharField(max_length=300, blank=True, help_text="Its name at the time")
    at = models.DateTimeField(default=timezone.now)
    day = models.DateField(
        null=True, blank=True, help_text="Set for reads that are noted once a day, such as of a list: `at` is the first"
    )

    objects = AccessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "by", "organisation", "purpose", "day"],
                condition=models.Q(day__isnull=False),
                name="accounts_recordaccess_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} at {self.at:%Y-%m-%d %H:%M}"
