"""Commands of click that speak the language of whoever types them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

import click

from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import Message, speak, system_language

_GIVEN = re.compile(r"(?:^|\0)--language[=\0]([^\0]*)")
"""Among words that are joined by \\0."""


class SpokenArgument(click.Argument):
    """An argument that says what it is."""

    def __init__(self, declarations: Sequence[str], *, called: Message, missing: Message, **attributes: Any) -> None:
        super().__init__(declarations, **attributes)
        self.called = called
        """Its name in the usage."""
        self.missing = missing
        """What is said where it is not given."""


class SpokenOption(click.Option):
    """An option that says what it is for.

    Its `metavar` is an example, which needs no language.
    """

    def __init__(self, declarations: Sequence[str], *, explanation: Message, **attributes: Any) -> None:
        super().__init__(declarations, **attributes)
        self.explanation = explanation


class SpokenCommand(click.Command):
    """A command whose help and refusals are messages."""

    def __init__(self, *arguments: Any, explanation: Message, **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.explanation = explanation
        self.params.append(
            # It was obeyed before the rest was read, see `main`; here it is only looked at.
            SpokenOption(
                ("--language",),
                type=click.Choice(LANGUAGES),
                metavar="|".join(LANGUAGES),
                expose_value=False,
                explanation=Message("commands.language"),
            )
        )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def get_usage(self, ctx: click.Context) -> str:
        words = [str(one.called) for one in self.params if isinstance(one, SpokenArgument)]
        if isinstance(self, click.Group):
            words.append(str(Message("commands.command")))
        return str(Message("commands.usage", command=ctx.command_path, words=" ".join(words))).rstrip()

    def get_help(self, ctx: click.Context) -> str:
        return "\n".join(self._help(ctx))

    def _help(self, ctx: click.Context) -> Iterator[str]:
        yield from (self.get_usage(ctx), "", str(self.explanation))
        if isinstance(self, click.Group):
            yield from ("", str(Message("commands.commands")))
            for name, command in self.commands.items():
                if isinstance(command, SpokenCommand):
                    yield f"  {name:<10}{command.explanation}"
        yield from ("", str(Message("commands.options")))
        for option in self.params:
            if isinstance(option, SpokenOption):
                yield f"  {' '.join(filter(None, (option.opts[0], option.metavar)))}"
                yield f"      {option.explanation}"
        yield from ("  --help", f"      {Message('commands.help')}")


class SpokenGroup(SpokenCommand, click.Group):
    """The commands of a program."""

    command_class = SpokenCommand

    def main(self, args: Sequence[str] | None = None, *arguments: Any, **options: Any) -> NoReturn:
        """Carry out the command that `args` are, and end the process."""
        words = sys.argv[1:] if args is None else [*args]
        speak(language_given(words) or system_language())
        try:
            code = super().main(words, *arguments, **options | {"standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.ctx.get_help(), err=True)
            sys.exit(error.exit_code)
        except click.UsageError as error:
            click.echo(_fault(error), err=True)
            if error.ctx:
                click.echo(Message("commands.see-help", command=error.ctx.command_path), err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo(Message("commands.stopped"), err=True)
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)


def language_given(words: Sequence[str]) -> str:
    """The language that the `words` of a command ask for; '' for none."""
    options = [*words[: words.index("--")]] if "--" in words else words
    languages = [language for language in _GIVEN.findall("\0".join(options)) if language in LANGUAGES]
    return languages[-1] if languages else ""


def _fault(error: click.UsageError) -> Message:
    """What is wrong with a command as it was typed."""
    match error:
        case click.NoSuchOption():
            return Message("commands.no-option", name=error.option_name, hint=_nearest(error.possibilities))
        case click.NoSuchCommand():
            return Message("commands.no-command", name=error.command_name, hint=_nearest(error.possibilities))
        case click.BadOptionUsage():
            parameters = error.ctx.command.params if error.ctx else ()
            if any(
                isinstance(one, click.Option) and one.is_flag and error.option_name in one.opts for one in parameters
            ):
                return Message("commands.takes-no-value", name=error.option_name)
            return Message("commands.wants-value", name=error.option_name)
        case click.MissingParameter(param=SpokenArgument() as argument):
            return argument.missing
        case click.BadParameter(param=click.Parameter() as parameter):
            return Message("commands.bad-value", name=parameter.opts[0], wanted=_wanted(parameter.type))
        case _:
            return Message("commands.too-many-words")


def _nearest(names: Sequence[str] | None) -> Message | str:
    return Message("commands.did-you-mean", names=tuple(sorted(names))) if names else ""


def _wanted(kind: click.ParamType[Any]) -> Message:
    if isinstance(kind, click.IntRange):
        return Message("commands.number", least=str(kind.min), most=str(kind.max))
    assert isinstance(kind, click.Choice)
    return Message("commands.one-of", names=tuple(kind.choices))
