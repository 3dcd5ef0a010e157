"""The mail page: what the reseller is told, saved as a file, forwarded as a draft, and sent again when it failed."""

from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import update

from screens.mail import ReadMail, SaveMail
from stellr_tui.desk.changes import ChangeForm, Kind, apply_change
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.outbox import list_mail
from stellr_tui.reference.texts import use_language
from stellr_tui.store.tables import Book, Mail
from stellr_tui.widgets import places
from tests.desk.mail.posting import mails, post
from tests.desk.office import a_sent_order, another_end_user, turn_to
from tests.screens.clerk import Clerk, Open
from tests.spoken import Given

MAIL = places.Results("tab-mail")
SIZE = (120, 36)
TITLE = "StreamOne Stellrから ソースネクスト株式会社 のオーダーが処理されました。"


@pytest.fixture
def told(desk: Desk, lucy: SignedIn) -> None:
    """Three notices: completed (1), invoiced (2), changed (3)."""
    (contract,) = a_sent_order(desk, lucy, 5).contracts
    turn_to(desk, "2024-04-02")
    apply_change(desk, lucy, contract.number, ChangeForm(Kind.REDUCE, 1))


@pytest.fixture
def failed(desk: Desk, lucy: SignedIn, told: None) -> None:
    """The same book for real work; the newest notice was refused by the mail server."""
    with desk.store.writing() as session:
        session.execute(update(Book).values(mode="live", today=None, closed_through=date(2999, 1, 1)))
        session.execute(
            update(Mail)
            .where(Mail.id == 3)
            .values(status="failed", tries=1, trouble_kind="recipient", trouble="550 5.1.1 [red]No such user[/x]")
        )


async def opens(clerk: Clerk) -> None:
    await clerk.until(lambda: clerk.one("#mail").has_focus and clerk.rows("#mail").row_count)


async def walks_to(clerk: Clerk, number: int) -> None:
    """The cursor to the row of a mail."""
    rows = clerk.rows("#mail")
    while rows.current != str(number):
        before = rows.current
        await clerk.presses("down")
        await clerk.until(lambda before=before: rows.current != before)  # type: ignore[misc]  # bound at once


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_mails_are_listed_the_newest_first_with_their_state(portal: Open, size: tuple[int, int]) -> None:
    async with portal(MAIL, size=size) as clerk:
        await clerk.until(lambda: clerk.rows("#mail").keys == ("3", "2", "1"))
        for words in ("件名", "宛先", "日付", "状態", "2024-04-02", "未送信", "lucyj@synnex.com"):
            assert clerk.sees(words), words
        assert clerk.sees("訓練用のメールは送信されません。")
        assert "ソースネクスト株式会社" in clerk.cells("#mail", "1")


async def test_an_empty_outbox_says_so(portal: Open) -> None:
    async with portal(MAIL, size=SIZE) as clerk:
        await clerk.until(lambda: clerk.sees("メールはまだありません。"))
        assert not clerk.one("#mail").display
        await clerk.presses("ctrl+e", "ctrl+t", "ctrl+r")
        await clerk.settles()
        assert not isinstance(clerk.app.screen, ReadMail | SaveMail)


@pytest.mark.usefixtures("told")
async def test_a_mail_is_read_as_the_reseller_gets_it(portal: Open, desk: Desk) -> None:
    async with portal(MAIL, size=(120, 50)) as clerk:
        await opens(clerk)
        await walks_to(clerk, 1)
        await clerk.presses("enter")
        await clerk.until(lambda: isinstance(clerk.app.screen, ReadMail))
        await clerk.until(lambda: clerk.sees("ご発注ありがとうございます!"))
        assert clerk.said("#mail-body").strip() == mails(desk)[0].body.strip()
        for words in (TITLE, "StreamOne Stellr <noreply@stellr.invalid>", "Lucy Jin <lucyj@synnex.com>", "未送信"):
            assert clerk.sees(words), words
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.one("#mail").has_focus)


@pytest.mark.usefixtures("told")
async def test_on_the_smallest_terminal_a_mail_scrolls_and_its_buttons_stay_in_sight(portal: Open) -> None:
    async with portal(MAIL, size=(80, 24)) as clerk:
        await opens(clerk)
        await walks_to(clerk, 1)
        await clerk.presses("enter")
        await clerk.until(lambda: isinstance(clerk.app.screen, ReadMail) and clerk.sees("販売店情報"))
        for button in ("#close", "#save", "#forward"):
            assert clerk.is_seen(clerk.one(button)), button
        assert not clerk.sees(Given("ご発注ありがとうございます!"))
        await clerk.presses("pagedown", "pagedown", "pagedown")
        await clerk.until(lambda: clerk.sees("ご発注ありがとうございます!"))
        assert clerk.is_seen(clerk.one("#forward"))


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("way", ["key", "button", "reading"])
async def test_a_forward_is_drafted_shown_and_saved_for_a_mail_program(
    portal: Open, desk: Desk, lucy: SignedIn, tmp_path: Path, way: str
) -> None:
    file = tmp_path / "draft.eml"
    async with portal(MAIL, size=SIZE) as clerk:
        await opens(clerk)
        await walks_to(clerk, 1)
        if way == "key":
            await clerk.presses("ctrl+t")
        elif way == "button":
            await clerk.clicks("#mail-forward")
        else:
            await clerk.presses("enter")
            await clerk.until(lambda: isinstance(clerk.app.screen, ReadMail))
            await clerk.clicks("#forward")
        await clerk.until(lambda: clerk.sees("Fwd: StreamOne Stellr") and clerk.sees("送信されません。"))
        assert clerk.sees("テスト太郎 <test@company.com>")
        assert not clerk.app.screen.query("#forward, #again")
        await clerk.clicks("#save")
        await clerk.until(lambda: isinstance(clerk.app.screen, SaveMail) and clerk.one("#file").has_focus)
        await clerk.types_into("#file", str(file))
        await clerk.presses("enter")
        await clerk.until(lambda: str(file) in clerk.said("#mail-words"))
        await clerk.until(lambda: "下書き" in clerk.cells("#mail", "4"))
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (message["X-Unsent"], message["To"].addresses[0].addr_spec) == ("1", "test@company.com")
    assert [one.status.value for one in list_mail(desk, lucy).rows] == ["draft", "waiting", "waiting", "waiting"]


@pytest.mark.usefixtures("told")
async def test_saving_never_overwrites_and_says_so_at_its_field(portal: Open, tmp_path: Path) -> None:
    mine = tmp_path / "mine.eml"
    mine.write_bytes(b"mine")
    async with portal(MAIL, size=SIZE) as clerk:
        await opens(clerk)
        await clerk.presses("ctrl+e")
        await clerk.until(lambda: isinstance(clerk.app.screen, SaveMail))
        suggested = clerk.value("file")
        assert Path(suggested).name == "2024-04-02-changed-3.eml"
        assert Path(suggested).parent == tmp_path / "home"
        await clerk.types_into("#file", str(mine))
        await clerk.presses("enter")
        await clerk.refused_at("file", "すでにあります")
        assert clerk.value("file") == str(mine)
        await clerk.types_into("#file", str(tmp_path / "none" / "x.eml"))
        await clerk.clicks("#save")
        await clerk.refused_at("file", "書き込めません")
        await clerk.presses("escape")
        await clerk.until(lambda: clerk.one("#mail").has_focus)
    assert mine.read_bytes() == b"mine"


@pytest.mark.usefixtures("told")
async def test_what_cannot_be_done_is_said_beside_the_list(portal: Open) -> None:
    async with portal(MAIL, size=SIZE) as clerk:
        await opens(clerk)
        await walks_to(clerk, 2)
        await clerk.presses("ctrl+t")
        await clerk.until(lambda: "請求書の通知「2」は転送できません" in clerk.said("#mail-words"))
        assert clerk.is_seen(clerk.one("#mail-words"))
        await clerk.clicks("#mail-again")
        await clerk.until(lambda: "訓練用データベースのメールは送信されません" in clerk.said("#mail-words"))
        clerk.one("#mail").focus()
        await clerk.presses("ctrl+e")
        await clerk.until(lambda: isinstance(clerk.app.screen, SaveMail))
        await clerk.presses("escape")
        await clerk.until(lambda: not clerk.one("#mail-words").display)


@pytest.mark.usefixtures("failed")
async def test_what_failed_says_why_as_it_is_and_is_sent_again(portal: Open, desk: Desk) -> None:
    words = "メールサーバーが宛先のアドレスを受け付けません。 (550 5.1.1 [red]No such user[/x])"
    async with portal(MAIL, size=SIZE) as clerk:
        await opens(clerk)
        assert clerk.said("#mail-trouble") == words
        assert clerk.sees(words)
        assert "送信失敗" in clerk.cells("#mail", "3")
        assert clerk.sees("このコンピューターにはメールサーバーが設定されていません")
        await clerk.presses("down")
        await clerk.until(lambda: not clerk.one("#mail-trouble").display)
        await clerk.presses("up", "enter")
        await clerk.until(lambda: isinstance(clerk.app.screen, ReadMail))
        assert clerk.sees(words)
        await clerk.clicks("#again")
        await clerk.until(lambda: "未送信" in clerk.cells("#mail", "3"))
        assert "メール 3 をもう一度送信します。" in clerk.said("#mail-words")
    again = mails(desk)[2]
    assert (again.status.value, again.tries, again.trouble) == ("waiting", 0, None)


@pytest.mark.usefixtures("failed")
async def test_only_what_is_not_sent_can_be_sent_again(portal: Open, desk: Desk) -> None:
    with desk.store.writing() as session:
        session.execute(update(Mail).where(Mail.id == 3).values(status="sent", sent_at=desk.now(), trouble_kind=""))
    async with portal(MAIL, size=SIZE) as clerk:
        await opens(clerk)
        await clerk.presses("ctrl+r")
        await clerk.until(lambda: "メール「3」は送信済みです" in clerk.said("#mail-words"))


@pytest.mark.usefixtures("failed")
async def test_trouble_with_mail_waits_for_someones_action(portal: Open) -> None:
    async with portal(places.Results("tab-waiting"), size=SIZE) as clerk:
        await clerk.until(lambda: clerk.rows("#waiting").row_count)
        [row] = [key for key in clerk.rows("#waiting").keys if key.startswith("mail-")]
        assert "送信できない通知" in clerk.cells("#waiting", row)
        clerk.rows("#waiting").move_cursor(row=clerk.rows("#waiting").get_row_index(row))
        await clerk.until(lambda: "550 5.1.1 [red]No such user[/x]" in clerk.said("#waiting-detail"))
        await clerk.presses("enter")
        await clerk.arrives(MAIL)


@pytest.mark.usefixtures("told")
async def test_without_trouble_nothing_is_said_of_it(portal: Open) -> None:
    async with portal(places.Results("tab-waiting"), size=SIZE) as clerk:
        await clerk.until(lambda: clerk.rows("#waiting").row_count)
        assert not [key for key in clerk.rows("#waiting").keys if key.startswith("mail-")]


async def test_names_are_never_markup(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    customer = another_end_user(desk, lucy, "[/x]会社[red]", name="[bold]太郎[/]")
    a_sent_order(desk, lucy, customer=customer)
    turn_to(desk, "2024-03-20")
    async with portal(MAIL, size=(120, 50)) as clerk:
        await opens(clerk)
        await clerk.presses("ctrl+t")
        await clerk.until(lambda: clerk.sees("[bold]太郎[/] <a@b.co>"))
        assert clerk.sees("[/x]会社[red]")


async def test_every_mail_is_reached_by_walking_down(portal: Open, desk: Desk, lucy: SignedIn) -> None:
    post(desk, lucy, *(f"{number}通目" for number in range(250)))
    async with portal(MAIL, size=SIZE) as clerk:
        await opens(clerk)
        lengths = [clerk.rows("#mail").row_count]
        while lengths[-1] < 250:
            await clerk.presses("ctrl+end")
            await clerk.until(lambda before=lengths[-1]: clerk.rows("#mail").row_count > before)  # type: ignore[misc]
            lengths.append(clerk.rows("#mail").row_count)
        assert lengths == [100, 200, 250]
        assert clerk.rows("#mail").keys == tuple(str(number) for number in range(250, 0, -1))


@pytest.mark.usefixtures("failed")
async def test_english(portal: Open) -> None:
    use_language("en")
    async with portal(MAIL, size=SIZE) as clerk:
        await opens(clerk)
        for words in ("Mail", "Failed", "Not sent", "The mail server does not accept the recipient's address."):
            assert clerk.sees(words), words
        for words in ("Save as .eml", "Draft a forward", "Send again"):
            assert clerk.sees(words), words
