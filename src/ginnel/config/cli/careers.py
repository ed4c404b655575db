"""`ginnel careers`: suit me, routes and related occupations at the command line."""

import sys
from typing import TYPE_CHECKING

import click

from ginnel.config.cli.output import echo_json

if TYPE_CHECKING:
    from ginnel.careers.queries.route import RoutePlan, RouteWords
    from ginnel.careers.queries.suit import Suited

LEVEL = click.IntRange(0, 8)


@click.group()
def careers() -> None:
    """Find roles that suit, routes to a role, and related occupations."""


def _need_pack() -> None:
    from ginnel.careers.models import Role

    if not Role.objects.public().exists():
        raise click.ClickException("No place is loaded yet. Run `ginnel place load leeds` first.")


@careers.command()
@click.argument("text")
@click.option("--level", type=LEVEL, help="Highest qualification, 0 to 8.")
@click.option("--age", type=click.IntRange(13, 90))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def suit(text: str, level: int | None, age: int | None, as_json: bool) -> None:
    """Roles that could suit a person who says TEXT, with reasons."""
    from ginnel.careers.queries.suit import suited, suited_json
    from ginnel.careers.said import Said

    _need_pack()
    answer = suited(Said(text=text, level=level, age=age))
    if as_json:
        echo_json(suited_json(answer))
    else:
        _print_suited(answer)


def _print_suited(answer: "Suited") -> None:
    from ginnel.careers.suit_words import hints_in_words
    from ginnel.careers.words import LEVEL_NAMES

    understood = answer.understood
    click.echo("What we understood")
    for mention in understood.mentions:
        click.echo(f"  “{mention.words}” → {mention.label} ({mention.kind}, {mention.confidence:.0%} sure)")
    for hint in hints_in_words(understood, LEVEL_NAMES):
        click.echo(f"  {hint}")
    for words, mentions in (("You would like", understood.wanted), ("Not for you", understood.unwanted)):
        if mentions:
            click.echo(f"  {words}: {', '.join(mention.label for mention in mentions)}")
    if understood.not_understood:
        click.echo(f"  Not understood: {', '.join(understood.not_understood)}")
    for sentence in (answer.basis, *answer.notes):
        if sentence:
            click.echo(f"\n{sentence}")
    for found in answer.bands:
        click.echo(f"\n{found.name.upper()}  {found.meaning}")
        for one in found.suggestions:
            click.echo(
                f"\n  {one.role.name}  [{one.role.slug}, score {one.match.score:.2f}, {one.match.confidence} confidence]"
            )
            for reason in one.reasons:
                click.echo(f"    + {reason}")
            for reason in one.against:
                click.echo(f"    - {reason}")
            if one.missing:
                click.echo(f"    You would learn: {', '.join(one.missing)}")
            if one.role.slug == answer.person.position:
                click.echo("    You said you work in this role now.")
            elif one.first_step:
                whole = f"; the whole way takes {one.time}" if one.time else ""
                click.echo(f"    First step: {one.first_step.title}{whole}")


@careers.command()
@click.argument("from_", metavar="FROM")
@click.argument("to", metavar="TO")
@click.option("--level", type=LEVEL, help="Highest qualification, 0 to 8.")
@click.option("--age", type=click.IntRange(13, 90))
@click.option("--has", multiple=True, metavar="GATE", help="A gate the person has already; may be given again.")
@click.option(
    "--years", type=click.IntRange(1, 50), default=10, show_default=True, help="How far ahead earnings count."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def route(
    from_: str, to: str, level: int | None, age: int | None, has: tuple[str, ...], years: int, as_json: bool
) -> None:
    """Routes from FROM (a starting point or a role) to the role TO."""
    from ginnel.careers.models import Gate, Role, Start
    from ginnel.careers.people import person_at
    from ginnel.careers.queries.route import plan_route, route_json

    _need_pack()
    roles = set(Role.objects.public().values_list("slug", flat=True))
    places = roles | set(Start.objects.values_list("slug", flat=True))
    _check_known("FROM", [from_], places)
    _check_known("TO", [to], roles)
    _check_known("--has", has, set(Gate.objects.values_list("slug", flat=True)))
    person = person_at(from_, level=level, age=age, has=has)
    plan = plan_route(person, Role.objects.public().get(slug=to), horizon_months=12 * years)
    if as_json:
        echo_json(route_json(plan))
    else:
        _print_plan(plan)


def _check_known(what: str, slugs: "list[str] | tuple[str, ...]", known: set[str]) -> None:
    from rapidfuzz import process

    for slug in slugs:
        if slug not in known:
            near = [match for match, *_ in process.extract(slug, sorted(known), limit=3)]
            raise click.ClickException(f"{what}: {slug!r} is not known. Did you mean {', '.join(near)}?")


def _print_plan(plan: "RoutePlan") -> None:
    click.echo(f"From {plan.from_name} to {plan.target.name}")
    if plan.search.already_there:
        click.echo("You are there already.")
    for why in plan.blocked:
        click.echo(f"  {why}")
    if plan.nearest:
        click.echo(f"The nearest role you can reach: {plan.nearest.name} [{plan.nearest.slug}]")
    if plan.routes:
        found = len(plan.search.routes)
        click.echo(f"{found} route{'' if found == 1 else 's'} that no other beats; {len(plan.routes)} named:")
    for words in (*plan.routes, *plan.also):
        _print_route(words, plan.years)


def _print_route(words: "RouteWords", years: int) -> None:
    route = words.route
    click.echo(
        f"\n{' · '.join(words.names).upper()}: {words.months}; cost to you £{route.cost_gbp:,} (£{route.upfront_gbp:,} in cash); "
        f"earned over {years} years £{route.earnings_gbp:,}; {route.moves} step{'' if route.moves == 1 else 's'}"
    )
    for number, leg in enumerate(words.legs, 1):
        click.echo(f"  {number}. {leg.step.title} → {leg.to_name}")
        payers = f" Paid by {leg.paid_by}." if leg.paid_by else ""
        click.echo(f"     {leg.months}. {leg.money}{payers}")
        for gate in leg.gates_opened:
            click.echo(f"     gate opened on the way: {gate}")
        if leg.gates_given:
            click.echo(f"     gives: {', '.join(leg.gates_given)}")
        click.echo(f"     source: {leg.step.source.title}, {leg.step.as_of:%d %B %Y}")
    for why in words.why_longer:
        click.echo(f"  Why: {why}")


@careers.command()
@click.argument("code")
@click.option("--scheme", type=click.Choice(["role", "ncs", "esco", "onet"]), help="The list CODE is from.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def related(code: str, scheme: str | None, limit: int, as_json: bool) -> None:
    """Occupations like CODE: a role slug, an NCS slug, an ESCO URI or an O*NET-SOC code, in the same list as CODE."""
    from ginnel.careers.queries.related import UnknownCode, related_to

    try:
        found = related_to(code, limit=limit, scheme=scheme or "")
    except UnknownCode as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        echo_json(
            {
                "code": found.code,
                "scheme": found.scheme,
                "title": found.title,
                "also_in": found.also_in,
                "related": [
                    {"code": one.code, "title": one.title, "score": one.score, "because": one.because}
                    for one in found.related
                ],
            }
        )
        return
    click.echo(f"{found.title} [{found.code}], in {found.list_name} ({found.scheme})")
    if found.also_in:
        others = " or ".join(f"--scheme {name}" for name in found.also_in)
        click.echo(f"Another list has this code too: {others} asks there.")
    for one in found.related:
        click.echo(f"  {one.score:.3f}  {one.title} [{one.code}]  {'; '.join(one.because)}")
    if not found.related:
        click.echo("Nothing else is held in this list. Import more with `ginnel import`.", err=True)
        sys.exit(1)
