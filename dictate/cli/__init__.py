"""The command line: parsing, printing, progress. Each command's work is done by the library."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from dictate import __version__
from dictate.cli.app import App, db_option, debug_option, json_option
from dictate.cli.console import complete_streams
from dictate.cli.reminding import remind
from dictate.errors import DictateError, WeightsError

INTERRUPTED = 130
COMMANDS = {
    "record": "dictate.cli.record:record",
    "import": "dictate.cli.importing:import_command",
    "recover": "dictate.cli.recover:recover",
    "segment": "dictate.cli.segment:segment",
    "transcribe": "dictate.cli.transcribe:transcribe",
    "list": "dictate.cli.read:list_command",
    "show": "dictate.cli.read:show",
    "search": "dictate.cli.read:search",
    "questions": "dictate.cli.questions:questions",
    "status": "dictate.cli.status:status_command",
    "query": "dictate.cli.query:query",
    "play": "dictate.cli.play:play",
    "edit": "dictate.cli.correct:edit",
    "relabel": "dictate.cli.correct:relabel",
    "undo": "dictate.cli.correct:undo",
    "review-labels": "dictate.cli.labels:review_labels",
    "retranscribe": "dictate.cli.retranscribe:retranscribe",
    "assign": "dictate.cli.correct:assign",
    "merge": "dictate.cli.correct:merge",
    "delete": "dictate.cli.correct:delete",
    "review": "dictate.cli.review:review",
    "revise": "dictate.cli.revise:revise",
    "practise": "dictate.cli.practise:practise",
    "prepare": "dictate.cli.prepare:prepare",
    "plan": "dictate.cli.plan:plan",
    "thank-you": "dictate.cli.thanks:thank_you",
    "outcome": "dictate.cli.correct:outcome",
    "upcoming": "dictate.cli.upcoming:upcoming",
    "report": "dictate.cli.report:report",
    "export": "dictate.cli.export:export",
    "datasette": "dictate.cli.datasette:datasette",
    "backup": "dictate.cli.backup:backup",
    "restore": "dictate.cli.backup:restore",
    "models": "dictate.cli.models:models",
    "doctor": "dictate.cli.doctor:doctor",
    "completion": "dictate.cli.completion:completion",
}


class LazyGroup(click.Group):
    """Loads a command's module when it is asked for, so that start-up costs only what is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="dictate")
@db_option
@json_option
@debug_option
@click.pass_context
def cli(ctx: click.Context) -> None:
    """What you say aloud after a job interview, turned on this machine into notes that get you hired.

    \b
    Examples:
      dictate record --company Northwind
      dictate import memo.m4a --company Northwind --role "data engineer"
      dictate show 1
      dictate search "salary" --kind question
    """
    ctx.ensure_object(App).command = ctx.invoked_subcommand
    if ctx.invoked_subcommand is None and not _show_status(ctx.ensure_object(App)):
        click.echo(ctx.get_help())


def _show_status(app: App) -> bool:
    """Show what is due, on a terminal and where there are notes; else nothing is shown."""
    if not sys.stdout.isatty():
        return False
    try:
        if not app.ask(lambda store: store.list(limit=1) or store.upcoming()):
            return False
    except DictateError:
        return False  # a bare `dictate` asks for nothing that could fail: help says how to name a database
    from dictate.cli.status import show_status

    show_status(app)
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return the exit status: 0, 1 not done, 2 wrong usage, 130 interrupted."""
    complete_streams()
    app = App()
    status = _run(app, arguments)
    remind(app, sys.argv[1:] if arguments is None else arguments)
    return status


def _run(app: App, arguments: Sequence[str] | None) -> int:
    try:
        result = cli.main(arguments, prog_name="dictate", standalone_mode=False, obj=app)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("dictate: interrupted; what was done so far is kept", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone: nothing to flush to
        return 0
    except DictateError as error:
        return _failed(app, error)
    except Exception as error:
        return _failed(app, f"a fault in dictate ({type(error).__name__}: {error}); --debug shows where")


def run() -> None:
    """The program: ``main``, and an end at once after Ctrl-C, whatever a worker is still decoding."""
    status = main()
    if status == INTERRUPTED:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)


def _failed(app: App, error: object) -> int:
    """One line on stderr (weights that cannot be had need a few); with ``--debug`` the traceback before it."""
    if app.debug:
        import traceback

        traceback.print_exc()
    message = str(error) if isinstance(error, WeightsError) else " ".join(str(error).split())
    click.echo(f"dictate: {app.worded(message)}", err=True)
    return 1
