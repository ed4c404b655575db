"""`ginnel sign-in`: connecting organisations' own sign-in, and saying who must have a second step."""

from pathlib import Path

import click


@click.group("sign-in")
def sign_in() -> None:
    """Organisations' own sign-in (OpenID Connect), and what they ask of sign-in here."""


@sign_in.command("list")
def list_providers() -> None:
    """Every connected provider, with its domains and how many people use it."""
    from django.db.models import Count

    from ginnel.accounts.models import IdentityProvider

    found = IdentityProvider.objects.annotate(people=Count("identities")).order_by("slug").prefetch_related("domains")
    for one in found:
        state = "" if one.active else " (disconnected)"
        click.echo(f"{one.slug}{state}: {one.name}, organisation {one.organisation}, {one.people} people, {one.issuer}")
        for domain in one.domains.all():
            click.echo(f"  {domain.domain}: {'checked' if domain.verified_at else 'not checked'}")


@sign_in.command()
@click.argument("short_name")
@click.option("--organisation", type=int, required=True, help="The organisation's number.")
@click.option("--name", required=True, help="The organisation's name, as people know it.")
@click.option("--issuer", required=True, help="The provider's issuer, exactly as it writes it.")
@click.option("--client-id", required=True)
@click.option(
    "--secret-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
    help="File with the client secret, or with the private key in PEM.",
)  # fmt: skip
@click.option(
    "--method", type=click.Choice(["client_secret_basic", "client_secret_post", "private_key_jwt"]),
    default="client_secret_basic", show_default=True,
)  # fmt: skip
@click.option("--key-id", default="", help="The private key's number at the provider, if it asks for one.")
@click.option("--scopes", default="openid email profile", show_default=True)
@click.option(
    "--parameter", multiple=True, metavar="NAME=VALUE", help="One more parameter of the request; may be repeated."
)
@click.option(
    "--verified-claim", default="email_verified", show_default=True, help="The claim that says the address was checked."
)
@click.option("--second-factor", is_flag=True, help="It asks for a second step itself.")
@click.option("--domain", multiple=True, help="A domain of theirs that you have checked; may be repeated.")
def connect(
    short_name: str,
    organisation: int,
    name: str,
    issuer: str,
    client_id: str,
    secret_file: Path,
    method: str,
    key_id: str,
    scopes: str,
    parameter: tuple[str, ...],
    verified_claim: str,
    second_factor: bool,
    domain: tuple[str, ...],
) -> None:
    """
    Connect an organisation's provider under SHORT_NAME, or change its settings.

    docs/how-to/connect-sign-in.md says how for each kind of provider.
    """
    from django.conf import settings
    from django.db import transaction
    from django.utils import timezone

    from ginnel.accounts.commands import CannotConnect, check_domain, claim_domain, connect_provider

    if settings.OFFLINE_KEY:
        raise click.ClickException(
            "Set GINNEL_SECRET_KEY (and GINNEL_FIELD_KEY, if the site has one): the secret is encrypted with it."
        )
    if wrong := [one for one in parameter if "=" not in one]:
        raise click.ClickException(f"Write --parameter as NAME=VALUE, not {wrong[0]}.")
    now = timezone.now()
    try:
        with transaction.atomic():
            provider = connect_provider(
                short_name,
                name=name,
                organisation=organisation,
                issuer=issuer,
                client_id=client_id,
                secret=secret_file.read_text().strip(),
                at=now,
                auth_method=method,
                key_id=key_id,
                scopes=scopes,
                extra_parameters=dict(one.split("=", 1) for one in parameter),
                verified_claim=verified_claim,
                second_factor=second_factor,
            )
            for one in domain:
                check_domain(claim_domain(provider, one, at=now), at=now)
    except CannotConnect as no:
        raise click.ClickException("; ".join(map(str, no.args)) + ".") from no
    click.echo(f"{name} is connected. Register this return address there:")
    click.echo(f"  {settings.SITE_ORIGIN}/account/sign-in/organisation/{short_name}/back/")


@sign_in.command()
@click.argument("short_name")
def check(short_name: str) -> None:
    """Ask the provider SHORT_NAME for its discovery document and keys, and say what is wrong."""
    from ginnel.accounts.models import IdentityProvider
    from ginnel.accounts.oidc import ProviderDown, signing_keys

    provider = IdentityProvider.objects.filter(slug=short_name).first()
    if provider is None:
        raise click.ClickException(f"No provider is connected as {short_name}.")
    try:
        keys = signing_keys(provider.issuer)
    except ProviderDown as down:
        raise click.ClickException(f"{provider.issuer}: {down}.") from down
    click.echo(f"{provider.issuer} answers, with {keys} key{'' if keys == 1 else 's'}.")
    checked = list(provider.domains.filter(verified_at__isnull=False).values_list("domain", flat=True))
    click.echo(
        f"Checked domains: {', '.join(checked) or 'none, so people link it themselves on the page How I sign in'}."
    )


@sign_in.command()
@click.argument("short_name")
def disconnect(short_name: str) -> None:
    """Let nobody in by the provider SHORT_NAME any more. Who was who is kept."""
    from django.utils import timezone

    from ginnel.accounts.commands import disconnect_provider
    from ginnel.accounts.models import IdentityProvider

    provider = IdentityProvider.objects.filter(slug=short_name).first()
    if provider is None:
        raise click.ClickException(f"No provider is connected as {short_name}.")
    disconnect_provider(provider, at=timezone.now())
    click.echo(f"{provider.name} is disconnected.")


@sign_in.command()
@click.argument("organisation", type=int)
@click.argument("who", type=click.Choice(["nobody", "administrators", "staff"]))
def require(organisation: int, who: str) -> None:
    """Say WHO of an ORGANISATION (its number) must have a second step."""
    from django.utils import timezone

    from ginnel.accounts.commands import set_policy

    click.echo(set_policy(organisation, who, at=timezone.now()).get_second_factor_display() + ".")
