"""The words for what the rules know by a short name: status, plan, what happened to a contract and on a day."""

from collections.abc import Iterable, Mapping
from datetime import date

from stellr_tui.reference.texts import N_, _, in_language
from stellr_tui.rules import money
from stellr_tui.rules.calendar import Plan
from stellr_tui.rules.mail import MailKind, MailStatus, Trouble
from stellr_tui.rules.status import Status

_STATUS = {
    Status.PO_CREATED: N_("要プロビジョニング"),
    Status.PROVISIONING: N_("Manual Provisioning"),
    Status.SENT_BACK: N_("差戻し"),
    Status.ACTIVE: N_("アクティベーション済"),
    Status.ENDING: N_("解約予定"),
    Status.ENDED: N_("解約済"),
    Status.DISCARDED: N_("破棄済"),
}

_STATUS_EXPLAINED = {
    Status.PO_CREATED: N_("オーダーは完了していません。プロビジョニング情報を入力して送信してください。"),
    Status.PROVISIONING: N_("プロビジョニング中: マニュアルプロビジョニングで承認されるまで待っています。"),
    Status.SENT_BACK: N_("情報が不足しています。理由を確認し、修正してもう一度送信してください。"),
    Status.ACTIVE: N_("プロビジョニングが完了し、エンドユーザー様が利用できます。"),
    Status.ENDING: N_("解約を申請済みです。最終日までは利用できます。"),
    Status.ENDED: N_("契約は終了しました。"),
    Status.DISCARDED: N_("POは送信されずに破棄されました。"),
}

_PLAN = {Plan.ANNUAL: N_("年契約年払い"), Plan.MONTHLY: N_("月契約月払い")}

_BILLING_TYPE = {Plan.ANNUAL: N_("1ユーザー当たり / 年額"), Plan.MONTHLY: N_("1ユーザー当たり / 月額")}

_NEXT_CHANGE = {
    "new": (N_("New {seats} Seat {day}"), N_("New {seats} Seats {day}")),
    "add": (N_("数量追加 {seats} Seat {day}"), N_("数量追加 {seats} Seats {day}")),
    "reduce": (N_("数量減少 {seats} Seat {day}"), N_("数量減少 {seats} Seats {day}")),
    "cancel": (N_("解約 {seats} Seat {day}"), N_("解約 {seats} Seats {day}")),
}
"""次の変更 for one seat, and for several."""

# What a person does (the rules' events) and what the history then says was done.
_EVENT = {
    "send": N_("送信"),
    "discard": N_("破棄"),
    "approve": N_("承認"),
    "send-back": N_("差戻し"),
    "add": N_("数量追加"),
    "reduce": N_("数量減少"),
    "cancel": N_("解約"),
    "withdraw-change": N_("変更の取消"),
    "withdraw-cancellation": N_("解約の取消"),
    "end": N_("契約終了"),
    "po-created": N_("発注"),
    "draft-saved": N_("入力内容の保存"),
    "sent": N_("送信済"),
    "discarded": N_("破棄済"),
    "approved": N_("承認済"),
    "sent-back": N_("差戻し"),
    "added": N_("数量追加済"),
    "reduced": N_("数量減少済"),
    "add-applied": N_("数量追加の申請"),
    "reduce-applied": N_("数量減少の申請"),
    "cancel-applied": N_("解約の申請"),
    "postponed": N_("納品の延期"),
    "change-withdrawn": N_("変更の取消"),
    "cancellation-withdrawn": N_("解約の取消"),
    "delivered": N_("納品"),
    "renewed": N_("更新"),
    "invoiced": N_("請求書発行"),
    "ended": N_("契約終了"),
}

_MAIL_KIND = {
    MailKind.COMPLETED: N_("完了通知"),
    MailKind.CHANGED: N_("変更通知"),
    MailKind.INVOICED: N_("請求書の通知"),
    MailKind.FORWARD: N_("転送"),
}

_MAIL_STATUS = {
    MailStatus.WAITING: N_("未送信"),
    MailStatus.SENT: N_("送信済"),
    MailStatus.FAILED: N_("送信失敗"),
    MailStatus.DRAFT: N_("下書き"),
}

_TROUBLE = {
    Trouble.UNREACHABLE: N_("メールサーバーに接続できません。"),
    Trouble.INSECURE: N_("メールサーバーとの暗号化された接続を確立できません。"),
    Trouble.NO_PASSWORD: N_("メールサーバーのパスワードがありません。"),
    Trouble.LOGIN: N_("メールサーバーにログインできません。"),
    Trouble.SENDER: N_("メールサーバーが差出人のアドレスを受け付けません。"),
    Trouble.RECIPIENT: N_("メールサーバーが宛先のアドレスを受け付けません。"),
    Trouble.MESSAGE: N_("メールサーバーがメールを受け付けません。"),
    Trouble.BROKEN_OFF: N_("送信の途中で接続が切れました。"),
}


# What happened while days were worked.
_HAPPENED = {
    "delivered": N_("納品した契約"),
    "added": N_("納品した数量追加"),
    "postponed": N_("納品を延期した契約"),
    "reduced": N_("適用した数量減少"),
    "ended": N_("終了した契約"),
    "invoices": N_("発行した請求書"),
    "parked": N_("請求できなかった数量の内訳（延べ）"),
}

# What waits for someone under 必要なアクション, by its short name.
_NEED = {
    "send": N_("プロビジョニング情報の送信"),
    "correct": N_("差戻しの修正と再送信"),
    "approve": N_("Manual Provisioningの承認"),
    "add": N_("数量追加の適用待ち (期限まで取消可)"),
    "reduce": N_("数量減少の適用待ち (期限まで取消可)"),
    "cancel": N_("解約の適用待ち (期限まで取消可)"),
    "bill": N_("請求できない明細 (次の1日に再請求)"),
    "renewal": N_("契約の更新 (止めるなら期限までに解約)"),
    "mail": N_("送信できない通知 (直したら再送信)"),
}


def status_label(status: Status) -> str:
    """ステータス as a list shows it."""
    return _(_STATUS[status])


def status_explained(status: Status) -> str:
    """What a status means for the reseller, in a sentence (サービスプロビジョニングステータス)."""
    return _(_STATUS_EXPLAINED[status])


def plan_label(plan: Plan) -> str:
    """契約期間."""
    return _(_PLAN[plan])


def billing_type(plan: Plan) -> str:
    """請求タイプ of a product that is paid by user."""
    return _(_BILLING_TYPE[plan])


def price(amount: int, *, sample: bool) -> str:
    """An amount in yen; one that is made up says so."""
    return f"{money.yen(amount)} {_('サンプル価格')}" if sample else money.yen(amount)


def next_change(kind: str, seats: int, on: date) -> str:
    """次の変更 as the manual prints it: `New 1 Seat 24/03/21`."""
    one, several = _NEXT_CHANGE[kind]
    return (_(one) if seats == 1 else _(several)).format(seats=seats, day=f"{on:%y/%m/%d}")


def term(first: date | None, last: date | None) -> str:
    """請求開始/終了 as the manual prints it: `2024/03/21 ~ 2025/03/20`; nothing before 送信."""
    return f"{first:%Y/%m/%d} ~ {last:%Y/%m/%d}" if first and last else ""


def draft_customer(number: int | None, company: str) -> str:
    """For whom an order is half entered: an end user, one who is being added, or nobody yet."""
    if number is not None:
        return f"{number} - {company}"
    return _("{company} (新規)").format(company=company) if company else ""


def draft_products(lines: Iterable[tuple[str, int]]) -> str:
    """What an order half entered is about: products by name, each with its seats."""
    return ", ".join(f"{name} x{seats}" for name, seats in lines)


def need_label(need: str) -> str:
    """What is to be done, or can still be undone, by its short name."""
    return _(_NEED[need])


def event_label(kind: str, language: str = "") -> str:
    """What happened, by its kind in the history or its `rules.status.Event`; an unknown kind as it is."""
    words = _EVENT.get(kind, kind)
    return in_language(language, words) if language else _(words)


def mail_kind_label(kind: MailKind) -> str:
    """What a mail tells."""
    return _(_MAIL_KIND[kind])


def mail_status_label(status: MailStatus, trouble: Trouble | None = None) -> str:
    """Where a mail stands; one that waits after trouble will be tried again."""
    if status is MailStatus.WAITING and trouble:
        return _("再送信待ち")
    return _(_MAIL_STATUS[status])


def trouble_words(trouble: Trouble | None, detail: str) -> str:
    """What keeps a mail from being delivered, in a sentence, with what the other side said of it; else nothing."""
    if trouble is None:
        return ""
    words = _(_TROUBLE[trouble])
    return f"{words} ({detail})" if detail else words


def mail_trouble(number: int, trouble: Trouble | None, detail: str) -> str:
    """Which mail it is that cannot be sent, and what keeps it."""
    return _("メール {number}: {reason}").format(number=number, reason=trouble_words(trouble, detail))


def happened(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """What happened while days were worked, and how often; what did not is left out."""
    return [(_(_HAPPENED[kind]), f"{count:,}") for kind, count in counts.items() if count]


def day_worked(through: date, counts: Mapping[str, int]) -> str:
    """The business date that was come to, and below it what happened on the way."""
    return "\n".join(
        [
            _("処理日は {day} です。").format(day=through),
            *(_("{label}: {value}").format(label=what, value=count) for what, count in happened(counts)),
        ]
    )
