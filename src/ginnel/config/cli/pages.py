"""`ginnel pages`: what editors' pages need besides editing."""

import sys

import click


@click.group()
def pages() -> None:
    """Editors, schedules and links of the pages in the office."""


@pages.command()
@click.argument("email")
@click.option("--moderator", is_flag=True, help="May also approve what others wrote.")
@click.option("--remove", is_flag=True, help="Take the office away from this person.")
def editor(email: str, moderator: bool, remove: bool) -> None:
    """Let the person with this EMAIL into the office. They sign in as everybody does."""
    from django.utils import timezone

    from ginnel.accounts.models import User
    from ginnel.site.commands import set_office_groups

    person = User.objects.filter(email__iexact=email.strip()).first()
    if person is None:
        raise click.ClickException(f"Nobody here has the address {email}. Ask them to sign in once, then try again.")
    groups = [] if remove else ["Editors", *(["Moderators"] if moderator else [])]
    set_office_groups(person, groups, by=None, at=timezone.now())
    click.echo(f"{person.email}: {', '.join(groups) or 'not in the office any more'}.")


@pages.command()
def languages() -> None:
    """Give each language of GINNEL_LANGUAGES a tree of pages of its own, where it has none yet."""
    from django.utils import timezone

    from ginnel.site.commands import open_languages
    from ginnel.site.languages import others

    made = open_languages(by=None, at=timezone.now())
    click.echo(
        f"Opened: {', '.join(made) or 'none'}. Pages can be in English{''.join(f', {code}' for code in others())}."
    )


@pages.command()
def due() -> None:
    """Publish and unpublish what is scheduled, end stories whose consent has ended, and tell editors beforehand."""
    from django.utils import timezone

    from ginnel.site.commands import do_what_is_due

    done = do_what_is_due(at=timezone.now())
    click.echo(f"{done.ended} stories ended, {done.told} warnings sent.")


@pages.command()
@click.option("--network", is_flag=True, help="Ask addresses elsewhere whether they answer (up to 10 seconds each).")
def links(network: bool) -> None:
    """Look at the links of every published page; the report is in the office too. Leaves with 1 when one leads nowhere."""
    from django.utils import timezone

    from ginnel.site.commands import check_links

    found = check_links(at=timezone.now(), network=network)
    for finding in found:
        click.echo(f"{finding.page}: “{finding.words}” → {finding.address or 'nowhere'}: {finding.problem}", err=True)
    click.echo(f"{len(found)} links to mend.")
    if found:
        sys.exit(1)
