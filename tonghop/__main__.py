"""``python -m tonghop``: the command line."""

from tonghop.cli import main

main()
