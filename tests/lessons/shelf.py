"""A shelf of twelve small lessons with titles like the real ones, so that its pictures change with nothing else."""

from pathlib import Path

from tests.lessons.files import SMALL, written

TITLES = (
    ("new-order", "新しいエンドユーザーの新規オーダー", "A new order for a new end user", 15),
    ("existing-end-user", "登録済みのエンドユーザーへ、二つの商品を発注", "Two products for an end user you know", 10),
    ("the-15th", "15日と16日: いつ納品されますか", "The 15th and the 16th: when is it delivered?", 10),
    ("finish-order", "残されたPOを完了させる", "Finish an order that was left", 8),
    ("delivery", "20日と1日: 納品、メール、無償期間、請求書", "The 20th and the 1st: delivery, mail, invoice", 10),
    ("add-seats", "シートを追加する", "Add seats", 8),
    ("reduce-seats", "シートを減らす: 受付期限の当日と翌日", "Reduce seats: on the deadline and after it", 10),
    ("cancel", "解約の費用を確かめ、解約を取り消す", "Cancel, see what it costs, and withdraw", 10),
    ("postal-codes", "郵便番号と住所", "Postal codes and addresses", 10),
    ("sent-back", "差戻しの修正と再送信", "Correct an order that was sent back", 8),
    ("forward", "完了メールの転送", "Forward the completion mail", 5),
    ("exam", "試験: 午前中の五つの仕事", "The exam: five tasks of a morning", 20),
)


STEPS = (
    ("sign-in", "ログインします。", "Sign in."),
    ("choose", "商品を選びます。", "Choose the product."),
    ("cart", "カートに入れます。", "Put it into the cart."),
    ("order", "発注します。", "Place the order."),
    ("provision", "プロビジョニング情報を入力します。", "Type the provisioning information."),
    ("send", "送信します。", "Send it."),
)
_ONE = SMALL[SMALL.index("[[step]]") : SMALL.index("[exam]")]


def shelf_of_twelve(folder: Path) -> Path:
    """The files of the lessons in a folder of their own, six steps each; each requires the one before it."""
    folder.mkdir()
    steps = "".join(
        _ONE.replace('"home"\ntarget', f'"{id}"\npoints = 5\ntarget').replace("開きます。", ja).replace("Open it.", en)
        for id, ja, en in STEPS
    )
    for number, (id, ja, en, minutes) in enumerate(TITLES, 1):
        requires = f'requires = ["{TITLES[number - 2][0]}"]' if number > 1 else ""
        text = SMALL.replace(_ONE, steps).replace('id = "small"', f'id = "{id}"')
        text = text.replace("points = 1\nuntil", "points = 40\nuntil")
        text = text.replace("minutes = 1\n", f"minutes = {minutes}\n{requires}\n")
        text = text.replace(
            'title = { ja = "トップを開く", en = "Open the top" }', f'title = {{ ja = "{ja}", en = "{en}" }}'
        )
        written(folder, text, f"{number:02}.toml")
    return folder
