"""A clerk at a terminal, who knows only what the screen says: its words, its keys, and where the cursor is."""

import re

from stellr_tui.reference.prefectures import PREFECTURES
from stellr_tui.reference.texts import Language, _
from tests.journeys.terminal import WITHIN, Terminal
from tests.spoken import FRAMES_AND_BLANKS, expected, run_together

SIZES = [(24, 80), (36, 120)]
"""Rows and columns: the smallest terminal there is, and a larger one with room beside."""

SIZES_AND_LANGUAGES = [*((size, Language.JAPANESE.value) for size in SIZES), (SIZES[0], Language.ENGLISH.value)]
"""For `size` and `spoken`: what fits into the smallest terminal in English fits into a larger one."""

KNOWN = "テスト株式会社"
"""The end user that every training database has, and the manual's sample of a new one as well."""

_BAR = "▌"
_KEYS_AS_SHOWN = {"esc": "escape"}
_LONGEST_WAY = 80  # presses of Tab until a field must have been found
_OUT_OF_SIGHT = (0, 0)  # the cursor, while the page has not scrolled to the field yet
_SEEN = 8  # characters at the end of what was typed, which even a narrow field shows


class Clerk:
    """What a clerk does on the way from the login to Manual Provisioning, one step a method.

    Whatever language the program speaks, a clerk is told in Japanese what to look for.
    """

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal

    @property
    def line(self) -> str:
        """The row that the cursor is in."""
        text = self.terminal.text
        return text.split("\n")[self.terminal.cursor[0]]

    def _rest_of_line(self) -> str:
        """What stands at the cursor and behind it."""
        return self.terminal.from_cursor.lstrip()

    def reads(self, *texts: str) -> bool:
        """Whether all of this is on the screen, wherever its lines were broken."""
        shown = run_together(self.terminal.text)
        return all(re.search(_pattern(text), shown) for text in texts)

    def sees(self, *texts: str, within: float = WITHIN) -> None:
        """Wait until all of this is on the screen at once."""
        self.terminal.await_that(lambda: self.reads(*texts), f"{' and '.join(texts)} are shown", within)

    def sees_no_longer(self, text: str) -> None:
        """Wait until this is gone from the screen."""
        self.terminal.await_that(lambda: not self.reads(text), f"{text} is gone")

    def is_told(self, text: str) -> None:
        """Wait until a notice says this, behind the bar that parts it from what stands beside it."""
        pattern = _pattern(text)
        self.terminal.await_that(lambda: bool(re.search(pattern, self._notices())), f"it is told: {text}")

    def _notices(self) -> str:
        """What the notices over the page say."""
        lines = self.terminal.text.split("\n")
        return run_together("".join(line.rpartition(_BAR)[2] for line in lines if _BAR in line))

    def is_at(self, label: str) -> bool:
        """Whether the cursor is in the row of this label, be the field behind it marked by a lesson or not.

        "Company name" is not at "Company name (kana)".
        """
        return re.search(rf"(?:^|[\s▌]){re.escape(said(label))}(?:[\s>](?! *\()|$)", self.line) is not None

    def comes_to(self, label: str) -> None:
        """Wait until the cursor has come to this label."""
        self.terminal.await_that(lambda: self.is_at(label), f"the cursor is at {label}")

    def go_to(self, label: str) -> None:
        """Press Tab until the cursor is in the row of this label. Each press leads on, out of sight at first or not.

        Where the cursor seems to be elsewhere, what was done last may still be being painted.
        """
        if not self.is_at(label):
            self.terminal.come_to_rest()
        for _press in range(_LONGEST_WAY):
            if self.is_at(label):
                return
            self.press_on("tab")
        raise AssertionError(f"Tab does not lead to {label}:\n{self.terminal.text}")

    def press_on(self, key: str, within: float = WITHIN) -> None:
        """Press a key that leads on. The cursor moves; where the page scrolls below it, its row says something else."""
        before = self._standing()
        self.terminal.press(key)
        self.terminal.await_that(
            lambda: self.terminal.cursor != _OUT_OF_SIGHT and self._standing() != before,
            f"{key} leads on from {before}",
            within,
        )
        self.terminal.come_to_rest()

    def _standing(self) -> tuple[tuple[int, int], str]:
        """Where the cursor is, and what its row says there."""
        return self.terminal.cursor, run_together(self.line)

    def fill(self, label: str, text: str) -> None:
        """Type into a field, behind what it holds; wait until its end is seen there."""
        self.go_to(label)
        self.terminal.type(text)
        self.terminal.await_that(
            lambda: self.is_at(label) and text[-_SEEN:].strip() in self.line, f"{text!r} ends in the field {label}"
        )

    def empty(self, label: str) -> None:
        """Delete all that is in a field, from its end on; wait until it is gone."""
        self.go_to(label)
        _row, end = self.terminal.cursor
        self.terminal.press("ctrl+u")
        self.terminal.await_that(lambda: self.is_at(label) and self.terminal.cursor[1] < end, f"{label} is empty")

    def do(self, label: str) -> None:
        """Press the key that the screen names for something to do."""
        found: list[str] = []

        def look() -> bool:
            found.extend(re.findall(rf"(\^\w|[fF]\d+|esc) {re.escape(said(label))}(?=\s|$)", self.terminal.text))
            return bool(found)

        self.terminal.await_that(look, f"a key for {label} is shown")
        key = found[0].lower()
        self.terminal.press(key.replace("^", "ctrl+") if key.startswith("^") else _KEYS_AS_SHOWN.get(key, key))

    def push(self, button: str) -> None:
        """Press Tab until the cursor is on a button, and then Enter."""
        for _press in range(_LONGEST_WAY):
            if self._rest_of_line().startswith(said(button)):
                self.terminal.press("enter")
                return
            self.press_on("tab")
        raise AssertionError(f"Tab does not lead to {button}:\n{self.terminal.text}")

    def sign_in(self) -> None:
        """Sign in with what the login screen of a training database shows, and see the portal."""
        found: list[tuple[str, str]] = []

        def look() -> bool:
            words = FRAMES_AND_BLANKS.sub(" ", self.terminal.text)
            login, password = said("ログインID"), said("パスワード")
            found.extend(re.findall(rf"{login}: (\S+) {password}: (\S+)", words))
            return bool(found)

        self.terminal.await_that(look, "the demo login is shown")
        login, password = found[0]
        self.fill("ログインID", login)
        self.go_to("パスワード")
        self.terminal.type(password)
        self.terminal.press("enter")
        self.sees("処理日")
        self.comes_to("StreamOne Stellr")

    def open_stellr(self) -> None:
        """The tile of the portal; Stellr's own page comes up."""
        self.terminal.press("enter")
        self.comes_to("ポケットーク for BUSINESS 同時通訳")

    def open_pocketalk(self) -> None:
        """The tile of the vendor that sells something."""
        self.terminal.press("enter")
        self.comes_to("数量")

    def put_in_cart(self, seats: str = "1") -> None:
        """From the portal to the order page, with so many seats."""
        self.open_stellr()
        self.open_pocketalk()
        self.fill("数量", seats)
        self.do("カートに入れる")
        self.sees("合計金額", "発注番号")
        self.comes_to("＊ エンドユーザー情報")

    def pick_end_user(self, typed: str = "159", found: str = "1350001, JP") -> None:
        """Look for an end user on the order page, and take the first that is found."""
        self.go_to("＊ エンドユーザー情報")
        self.terminal.type(typed)
        self.terminal.press("enter")
        self.sees(found)
        self.comes_to("＊ 発注番号")

    def open_end_user_form(self) -> None:
        """＋ of the order page."""
        self.do("＋ 新規エンドユーザー")
        self.comes_to("＊ 会社名")

    def fill_in_end_user(self, company: str = KNOWN, kana: str = "テストカブシキガイシャ") -> None:
        """The manual's sample, as far as it is not proposed."""
        self.fill("会社名", company)
        self.sees(kana)
        self.fill("場所名", company)
        self.fill("〒", "1350001")
        self.sees("東京都", "江東区", "毛利")
        self.go_to("都道府県")
        if company == KNOWN:
            # Said when 〒 is left; the fields below it move down as it comes.
            self.sees("顧客番号 159813")
        self.fill("住所1", " 123 BLDG")
        self.fill("担当者名", "テスト太郎")
        self.fill("電話番号", "0312345678")
        self.fill("Eメール", "test@yourcompany.com")

    def save_end_user(self) -> None:
        """保存; back on the order page with the end user chosen, on the way to the PO number."""
        self.do("保存")
        self.comes_to("＊ 発注番号")

    def place_order(self, po_number: str = "sourcenexttest") -> None:
        """The PO number and 発注する; the warning comes up that this is not all."""
        self.fill("発注番号", po_number)
        self.do("発注する")
        # Its first line: a lesson marks every line of it.
        self.sees(said("オーダーはまだ完了していません。").splitlines()[0], po_number)

    def open_wizard(self) -> None:
        """今すぐプロビジョニング."""
        self.do("今すぐプロビジョニング")
        self.sees("郵便番号", "＊ 姓", "JP")
        self.comes_to("＊ 名")

    def fill_in_details(self, family_name: str = "太郎") -> None:
        """What the wizard's first step lacks."""
        if f"{said('＊ 姓')} {family_name}" not in self.terminal.text:
            self.fill("姓", family_name)

    def see_services(self) -> None:
        """次へ, to the second step."""
        self.do("次へ")
        self.sees("Sourcenext サービス")

    def see_check(self) -> None:
        """次へ, to the third step."""
        self.do("次へ")
        self.sees("この内容で送信すると")

    def send(self) -> None:
        """送信; the contract stands in the list."""
        self.do("送信")
        self.sees("Manual Provisioning", "合計: ")

    def complete(self, family_name: str = "太郎") -> None:
        """The whole wizard."""
        self.open_wizard()
        self.fill_in_details(family_name)
        self.see_services()
        self.see_check()
        self.send()

    def see_waiting(self, po_number: str = "sourcenexttest") -> None:
        """From a page of Stellr to an order under 必要なアクション."""
        self.do("管理と実績")
        self.sees("必要なアクション", po_number)
        self.comes_to("期限")
        self.terminal.press("enter")
        self.sees("オーダーはまだ完了していません。", po_number)


def said(label: str) -> str:
    """A label in the language spoken now; what is no text of the program's own stays as it is."""
    whole = _(label)
    return "".join(text or "" for text in expected(label).ways[0]) if whole == label else whole


def _pattern(text: str) -> str:
    """What stands for this text on the screen, in the language spoken now; a prefecture has no other name."""
    return re.escape(text) if text in PREFECTURES else expected(text).pattern(run_together)
