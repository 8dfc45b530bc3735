"""`python -m postlint` is the `postlint` command."""

from postlint.cli.main import main

main()
