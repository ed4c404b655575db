"""`python -m ginnel` is the `ginnel` command."""

from ginnel.config.cli import main

main(prog_name="ginnel")
