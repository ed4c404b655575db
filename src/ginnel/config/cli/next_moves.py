"""`ginnel careers next`: where a role leads, and where a pool of people could go."""

from typing import TYPE_CHECKING

import click

from ginnel.config.cli.output import echo_json

if TYPE_CHECKING:
    from ginnel.careers.queries.moves import NextForPool, NextMove

MOST_HEADS = 10_000_000


class Pool(click.ParamType):
    """`porter=40,domestic-assistant=12`: roles and how many people."""

    name = "pool"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, int]:
        pool: dict[str, int] = {}
        for part in str(value).split(","):
            role, _, heads = (bit.strip() for bit in part.partition("="))
            if not role or not heads.isdecimal() or not 0 <= int(heads[:12]) <= MOST_HEADS:
                self.fail(f"{part.strip()[:60]!r} is not a role and a number of people, as in porter=40", param, ctx)
            if role in pool:
                self.fail(f"{role} is given twice", param, ctx)
            pool[role] = int(heads)
        return pool


@click.command("next")
@click.argument("role", required=False)
@click.option("--pool", type=Pool(), help='People by role, as "porter=40,domestic-assistant=12".')
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def next_moves(role: str | None, pool: dict[str, int] | None, as_json: bool) -> None:
    """Where next from ROLE, or from a pool of people: pay, time, and the skills that go with them."""
    from ginnel.careers.queries.moves import next_json, next_moves_for_pool, next_moves_from, pool_json

    if (role is None) == (pool is None):
        raise click.UsageError("Give either a ROLE or a --pool.")
    _check_known(pool if pool is not None else [role or ""])
    if pool is not None:
        together = next_moves_for_pool(pool)
        if as_json:
            echo_json({"pool": pool, "moves": [pool_json(one) for one in together]})
        else:
            _print_pool(pool, together)
    else:
        moves = next_moves_from(role or "")
        if as_json:
            echo_json({"role": role, "moves": [next_json(one) for one in moves]})
        else:
            _print_moves(moves)


def _check_known(slugs: "dict[str, int] | list[str]") -> None:
    from rapidfuzz import process

    from ginnel.careers.models import Role

    known = sorted(Role.objects.public().values_list("slug", flat=True))
    if not known:
        raise click.ClickException("No place is loaded yet. Run `ginnel place load leeds` first.")
    for slug in slugs:
        if slug not in known:
            near = [match for match, *_ in process.extract(slug[:100], known, limit=3)]
            raise click.ClickException(f"{slug[:100]!r} is not a role here. Did you mean {', '.join(near)}?")


def _print_moves(moves: "list[NextMove]") -> None:
    from ginnel.core.text import pay_change

    if not moves:
        click.echo("No step that we know starts here by name.")
    for one in moves:
        pay = "" if one.move.pay_change_gbp is None else f"; starting pay {pay_change(one.move.pay_change_gbp)}"
        pay += f" ({one.pay_dates})" if one.pay_dates else ""
        where = "" if one.move.same_employers else "; another kind of employer"
        click.echo(f"{one.name}  [{one.move.to}]  {one.by}, {one.months}{pay}{where}")
        skills = f" ({'; '.join(one.skills)})" if one.skills else ""
        click.echo(f"  You would bring: {one.bring}{skills}")
        if one.lacks:
            click.echo(f"  You would learn: {'; '.join(one.lacks)}")
        if one.first:
            click.echo(f"  First: {'; '.join(one.first)}")
        if one.sooner_with:
            click.echo(f"  Sooner if you have: {'; '.join(one.sooner_with)}")


def _print_pool(pool: dict[str, int], moves: "list[NextForPool]") -> None:
    click.echo(f"{sum(pool.values()):,} people. Each is counted for every role they could move to.")
    click.echo("At once: nothing stops them, and it takes 2 months at most.\n")
    for one in moves:
        found = one.found
        click.echo(
            f"{one.name}  [{found.to}]  {found.at_once:,} at once, {found.soon:,} within 12 months, {found.heads:,} in all; "
            f"{found.share:.0%} of its main skills; from {', '.join(one.from_names)}"
        )
    if not moves and not sum(pool.values()):
        click.echo("Nobody is in this pool: give each role a number above 0.")
    elif not moves:
        click.echo("No step that we know starts from these roles by name.")
