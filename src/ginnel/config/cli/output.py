"""What every command prints in the same way."""

import json

import click


def echo_json(values: object) -> None:
    """Print it as JSON, words that wait for their language as text."""
    from django.core.serializers.json import DjangoJSONEncoder

    click.echo(json.dumps(values, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder))
