"""`stellr mail`: the outbox, one mail of it, and its way out."""

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from stellr_tui.commands.common import Command, Common, json_option, pass_common
from stellr_tui.commands.exit_status import FAILED
from stellr_tui.commands.failures import tell
from stellr_tui.commands.frame import Group
from stellr_tui.commands.output import Column, print_facts, print_json, print_table
from stellr_tui.commands.parameters import Argument, Number, Option
from stellr_tui.commands.plain_text import visible
from stellr_tui.reference.labels import mail_kind_label, mail_status_label, trouble_words
from stellr_tui.reference.texts import N_, _

if TYPE_CHECKING:
    from stellr_tui.desk.desk import Desk
    from stellr_tui.desk.identity import SignedIn
    from stellr_tui.desk.outbox import Letter, OpenedLetter


@click.group(
    "mail",
    cls=Group,
    help=N_(
        "リセラー様宛の通知を、新しいものから表示します。\n\n"
        "コマンドなしの stellr mail は stellr mail list と同じです。エンドユーザー様には何も送信されません。"
    ),
)
@json_option
@click.pass_context
def mail(context: click.Context) -> None:
    """The outbox; alone it is listed."""
    if context.invoked_subcommand is None:
        context.invoke(list_them)


@mail.command("list", help=N_("リセラー様宛の通知と転送の下書きを、新しいものから表示します。"))
@json_option
@pass_common
def list_them(common: Common) -> None:
    """The mails of the billing account."""
    with common.at_work() as (desk, by):
        found = list(_every(desk, by))
    if common.json:
        print_json([_document(one) for one in found])
        return
    columns = [
        Column(_("メール番号"), numbers=True),
        Column(_("日付")),
        Column(_("種類")),
        Column(_("状態")),
        Column(_("件名")),
        Column(_("宛先")),
        Column(_("理由")),
    ]
    print_table(columns, [_row(one) for one in found])


def _number(command: Command) -> Command:
    return click.argument("number", cls=Argument, type=Number("mail"), metavar="N", help=N_("メール番号。"))(command)


@mail.command("show", help=N_("一つのメールを、リセラー様に届くとおりに表示します。"))
@_number
@click.option(
    "--eml",
    cls=Option,
    is_flag=True,
    help=N_("メールソフトで開ける形式 (.eml) で出力します。> でファイルに保存してください。"),
)
@json_option
@pass_common
def show(common: Common, number: int, eml: bool) -> None:
    """One mail in full."""
    from stellr_tui.desk.eml import eml_of
    from stellr_tui.desk.outbox import read_mail

    with common.at_work() as (desk, by):
        if eml:
            _print_message(eml_of(desk, by, number).content)
            return
        found = read_mail(desk, by, number)
    _show(common, found)


@mail.command(
    "forward",
    help=N_(
        "エンドユーザー様への転送の下書きを作ります。何も送信しません。\n\n"
        "stellr mail show N --eml でファイルに保存し、お使いのメールソフトから送信してください。"
    ),
)
@_number
@json_option
@pass_common
def forward(common: Common, number: int) -> None:
    """Make the draft of a forward to the end user."""
    from stellr_tui.desk.forwarding import draft_forward

    with common.at_work() as (desk, by):
        draft = draft_forward(desk, by, number)
    _show(common, draft)
    tell(
        _("下書きです。送信されません。保存: {command}").format(
            command=f"stellr mail show {draft.id} --eml > forward.eml"
        )
    )


@mail.command(
    "again",
    help=N_(
        "送信できなかった通知を、もう一度送信します。宛先は、担当者の今のアドレスになります。\n\n"
        "次の stellr mail send か、開いている画面が送信します。"
    ),
)
@_number
@json_option
@pass_common
def again(common: Common, number: int) -> None:
    """Let a mail that was not sent be tried anew."""
    from stellr_tui.desk.outbox import send_again

    with common.at_work() as (desk, by):
        found = send_again(desk, by, number)
    if common.json:
        print_json(_document(found))
    else:
        print_facts(_facts(found))


@mail.command(
    "send",
    help=N_(
        "未送信の通知を、mail.toml のメールサーバーで送信します。cron から定期的に実行できます。\n\n"
        "一つの通知は一度だけ送信されます。複数のプログラムが同時に実行してもかまいません。"
        "--account を付けると、その請求先口座番号の通知だけです。"
        "訓練用データベースの通知と転送の下書きは送信されません。"
    ),
)
@json_option
@click.pass_context
@pass_common
def send(common: Common, context: click.Context) -> None:
    """Deliver what is due."""
    from stellr_tui.desk.delivery import deliver_mail
    from stellr_tui.desk.people import at_the_command_line

    with common.desk() as desk:
        account = at_the_command_line(desk, common.account).account.number if common.account else None
        done = deliver_mail(desk, account)
    if common.json:
        print_json({"sent": done.sent, "put_off": done.put_off, "failed": done.failed, "trouble": done.trouble})
    else:
        print_facts(
            [
                (_("送信済"), str(done.sent)),
                (_("後でもう一度送信"), str(done.put_off)),
                (_("送信失敗"), str(done.failed)),
            ]
        )
    if done.trouble:
        tell(trouble_words(done.trouble, done.detail))
    elif done.put_off or done.failed:
        tell(_("送信できなかった理由は stellr mail で確認できます。"))
    if done.put_off or done.failed:
        context.exit(FAILED)


def _every(desk: "Desk", by: "SignedIn") -> "Iterator[Letter]":
    """All pages, one after the other."""
    from stellr_tui.desk.outbox import list_mail
    from stellr_tui.desk.pages import MAX_PAGE

    page = list_mail(desk, by, limit=MAX_PAGE)
    yield from page.rows
    while page.next is not None:
        page = list_mail(desk, by, page.next, MAX_PAGE)
        yield from page.rows


def _print_message(content: bytes) -> None:
    """The message byte for byte; on a terminal only what does nothing to it."""
    if not sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    for line in content.decode("ascii", "replace").split("\r\n"):
        click.echo(visible(line))


def _document(one: "Letter") -> dict[str, Any]:
    return {
        "number": one.id,
        "kind": one.kind,
        "status": one.status,
        "written_on": one.written_on,
        "subject": one.subject,
        "sender_name": one.sender_name,
        "sender": one.sender,
        "recipient_name": one.recipient_name,
        "recipient": one.recipient,
        "contract_number": one.contract_number,
        "forward_of": one.forward_of,
        "tries": one.tries,
        "try_after": _written(one.try_after),
        "sent_at": _written(one.sent_at),
        "trouble": one.trouble,
        "detail": one.detail,
    }


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")


def _row(one: "Letter") -> tuple[str, ...]:
    return (
        str(one.id),
        one.written_on.isoformat(),
        mail_kind_label(one.kind),
        mail_status_label(one.status, one.trouble),
        one.subject,
        f"{one.recipient_name} <{one.recipient}>",
        trouble_words(one.trouble, one.detail) or "-",
    )


def _show(common: Common, one: "OpenedLetter") -> None:
    if common.json:
        print_json({**_document(one), "message_id": one.message_id, "body": one.body})
        return
    print_facts(_facts(one))
    for line in ["", *one.body.splitlines()]:
        click.echo(visible(line))


def _facts(one: "Letter") -> list[tuple[str, str]]:
    facts = [
        (_("件名"), one.subject),
        (_("差出人"), f"{one.sender_name} <{one.sender}>"),
        (_("宛先"), f"{one.recipient_name} <{one.recipient}>"),
        (_("日付"), one.written_on.isoformat()),
        (_("種類"), mail_kind_label(one.kind)),
        (_("状態"), mail_status_label(one.status, one.trouble)),
    ]
    if one.trouble:
        facts.append((_("理由"), trouble_words(one.trouble, one.detail)))
    return facts
