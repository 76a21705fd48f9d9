"""``dictate completion``: what a shell needs to complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print completion for your shell.

    \b
    Examples:
      dictate completion bash > ~/.local/share/bash-completion/completions/dictate
      dictate completion zsh > "${fpath[1]}/_dictate"
      dictate completion fish > ~/.config/fish/completions/dictate.fish
    """
    script = get_completion_class(shell)
    assert script is not None
    click.echo(script(ctx.find_root().command, {}, "dictate", "_DICTATE_COMPLETE").source())
