"""Organisations' own sign-in (OpenID Connect), and what organisations ask of sign-in here."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class ProviderQuerySet(models.QuerySet["IdentityProvider"]):
    def in_use(self) -> Self:
        """Providers people may sign in with now, by name."""
        return self.filter(active=True).order_by("name", "pk")

    def for_address(self, email: str) -> "IdentityProvider | None":
        """The provider that the domain of this address is checked for. Says nothing of whether anybody has the address."""
        domain = email.rpartition("@")[2].strip().lower()
        return self.in_use().filter(domains__domain=domain, domains__verified_at__isnull=False).first()


class IdentityProvider(models.Model):
    """
    The OpenID Connect provider of one organisation. `organisation` is that organisation's number: its table is on a floor above.

    An address is believed only if the provider says it is verified *and* its domain is checked as the organisation's.
    """

    class AuthMethod(models.TextChoices):
        SECRET_BASIC = "client_secret_basic", "Secret in the header"
        SECRET_POST = "client_secret_post", "Secret in the form"
        PRIVATE_KEY = "private_key_jwt", "Private key"

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120, help_text="What people call it: the organisation's name")
    organisation = models.PositiveBigIntegerField(db_index=True)
    issuer = models.URLField(max_length=300, help_text="Exactly as in the provider's discovery document")
    client_id = models.CharField(max_length=200)
    auth_method = models.CharField(max_length=24, choices=AuthMethod, default=AuthMethod.SECRET_BASIC)
    sealed_secret = models.TextField(help_text="Client secret or private key (PEM), encrypted: see `sealing.py`")
    key_id = models.CharField(
        max_length=120, blank=True, help_text="`kid` of the private key, if the provider asks for it"
    )
    scopes = models.CharField(max_length=200, default="openid email profile")
    extra_parameters = models.JSONField(
        default=dict, blank=True, help_text="More for the authorisation request: vtr, acr_values …"
    )
    verified_claim = models.CharField(max_length=60, default="email_verified")
    second_factor = models.BooleanField(
        default=False, help_text="It asks for a second step itself, so that we need not"
    )
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = ProviderQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class ProviderDomain(models.Model):
    """A domain of e-mail addresses an organisation says is its own. Nothing follows from it until somebody has checked that."""

    provider = models.ForeignKey(IdentityProvider, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253)
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "domain"], name="accounts_providerdomain_once"),
            models.UniqueConstraint(
                Lower("domain"), condition=Q(verified_at__isnull=False), name="accounts_providerdomain_one_owner"
            ),
        ]

    def __str__(self) -> str:
        return self.domain


class ProviderIdentity(models.Model):
    """Who a person is to one provider. Whoever comes back is known by (provider, issuer, subject), never by e-mail address."""

    provider = models.ForeignKey(IdentityProvider, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="provider_identities")
    linked_at = models.DateTimeField()
    last_used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "issuer", "subject"], name="accounts_provideridentity_subject_once"
            ),
            # A second subject that claims the same person is a recycled address or a lie.
            models.UniqueConstraint(
                fields=["provider", "issuer", "user"], name="accounts_provideridentity_person_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.provider_id}"


class SignInPolicy(models.Model):
    """What one organisation asks of its people's sign-in, beyond what the whole site asks."""

    class SecondFactor(models.TextChoices):
        NOBODY = "nobody", "Nobody must have a second step"
        ADMINISTRATORS = "administrators", "Administrators must have a second step"
        STAFF = "staff", "Everybody who belongs to it must have a second step"

    organisation = models.PositiveBigIntegerField(unique=True)
    second_factor = models.CharField(max_length=16, choices=SecondFactor, default=SecondFactor.NOBODY)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second_factor__in=["nobody", "administrators", "staff"]), name="accounts_signinpolicy_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.second_factor}"
