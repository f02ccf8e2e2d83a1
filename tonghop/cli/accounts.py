"""``tonghop officer``: the accounts of those who sit at the desk."""

from __future__ import annotations

from typing import Annotated, NoReturn

import typer

from tonghop.cli.arguments import Json
from tonghop.cli.output import finish

officer = typer.Typer(no_args_is_help=True, help="Who may sit at the desk: accounts, roles, passwords.")
OfficerName = Annotated[str, typer.Argument(metavar="NAME", help="The account's name, e.g. lan.nguyen.")]
FromStdin = Annotated[
    bool,
    typer.Option("--password-stdin", help="Read the password from standard input instead of the terminal."),
]


@officer.command("add")
def officer_add(
    name: OfficerName,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="viewer, officer or admin.")],
    branch: Annotated[
        str | None, typer.Option("--branch", metavar="UNIT", help="Limited to this unit and all below it.")
    ] = None,
    title: Annotated[str, typer.Option("--title", metavar="NAME", help="The person's full name.")] = "",
    password_stdin: FromStdin = False,
    as_json: Json = False,
) -> NoReturn:
    """Add an officer; the password is asked for twice."""
    from tonghop.cli.officers import add_officer

    finish(add_officer(name, role, branch, title, from_stdin=password_stdin), as_json, "officers")


@officer.command("list")
def officer_list(as_json: Json = False) -> NoReturn:
    """Every officer with role and scope."""
    from tonghop.cli.officers import list_officers

    finish(list_officers(), as_json, "officers")


@officer.command("disable")
def officer_disable(name: OfficerName, as_json: Json = False) -> NoReturn:
    """Disable an officer; their sessions end at once."""
    from tonghop.cli.officers import disable_officer

    finish(disable_officer(name), as_json, "officers")


@officer.command("password")
def officer_password(name: OfficerName, password_stdin: FromStdin = False, as_json: Json = False) -> NoReturn:
    """Give an officer another password; their sessions end at once."""
    from tonghop.cli.officers import change_password

    finish(change_password(name, from_stdin=password_stdin), as_json, "officers")
