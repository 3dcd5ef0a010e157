"""The user's own catalogue and policy, in the settings folder, go before the shipped ones."""

import shutil
from pathlib import Path

import pytest

from stellr_tui.commands.failures import explain
from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.desk.orders import orders_of
from stellr_tui.desk.training import CUSTOMER
from stellr_tui.reference.data import data_path
from stellr_tui.rules.status import Status
from stellr_tui.widgets import places
from tests.screens.clerk import Open
from tests.screens.filled import fill_order

VENDOR = """
[[vendor]]
code = "new-vendor"
name = "新しいベンダー"
company = "新しい会社"
group = "NewGroup"
wizard_title = "新しいサービス"

[[vendor.product]]
sku = "NEW-1"
name = "新しい商品"
manufacturer_part_number = "N-0001"
product_code = "NP1"
plan = "annual"
billing_type = "1ユーザー当たり / 年額"
sample = true

[[vendor.product.price]]
from = 2024-01-01
yen = 1000
"""


@pytest.fixture
def own_catalog(settings: Path) -> None:
    shutil.copyfile(data_path("catalog.toml"), settings / "catalog.toml")
    with (settings / "catalog.toml").open("a", encoding="utf-8") as file:
        file.write(VENDOR)


@pytest.mark.usefixtures("own_catalog")
async def test_a_vendor_that_was_added_to_the_catalogue_can_be_ordered_to_the_end(
    portal: Open, settings: Path, lucy: SignedIn
) -> None:
    async with portal(places.Home(), size=(100, 60)) as clerk:
        await clerk.clicks("#vendor-new-vendor")
        await clerk.arrives(places.VendorPage("new-vendor"))
        for words in ("新しい商品", "N-0001", "NP1", "NEW-1", "サンプル価格"):
            assert clerk.sees(words)
        await clerk.types("quantity.NEW-1", "3")
        await clerk.presses("ctrl+s")
        await clerk.arrives(places.NewOrder())
        assert clerk.sees("NewGroup")
        assert clerk.sees("合計金額: ¥3,000")
        await fill_order(clerk, {"po_number": "PO-NEW"})
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.sees("新しい会社"))
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.value("given_name"))
        await clerk.until(lambda: clerk.sees("Provision  新しいサービス"))
        await clerk.types("family_name", "太郎")
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.current_step() == "step-2" and clerk.sees("NewGroup サービス"))
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.current_step() == "step-3")
        await clerk.presses("ctrl+x")
        await clerk.arrives(places.Subscriptions(CUSTOMER))
        (order,) = orders_of(clerk.desk, lucy, CUSTOMER)
        assert order.contracts[0].status == Status.PROVISIONING
        assert order.total == 3000


async def test_a_vendor_without_products_says_so_and_how_to_add_them(portal: Open) -> None:
    async with portal(places.VendorPage("chatwork")) as clerk:
        assert clerk.sees("このベンダーの商品はカタログにありません。")
        assert clerk.sees("catalog.toml")
        await clerk.presses("escape")


async def test_a_policy_that_makes_address2_required_marks_and_asks_for_it(
    portal: Open, settings: Path, desk: Desk
) -> None:
    (settings / "policy.toml").write_text('address2 = "required"\n')
    async with portal(places.Customers()) as clerk:
        await clerk.opens_new_end_user()
        await clerk.until(lambda: clerk.sees("＊ 住所2"))
        await clerk.presses("ctrl+s")
        await clerk.until(lambda: clerk.is_refused("address2"))


@pytest.mark.parametrize(
    ("policy", "key", "allowed"),
    [
        ('address2 = "perhaps"', "address2", "optional"),
        ("renewal_months = 61", "renewal_months", "60"),
        ("minimum_seats = 0", "minimum_seats", "9"),
        ('reduction_rule = "never"', "reduction_rule", "order-cutoff"),
    ],
)
async def test_a_policy_out_of_range_ends_the_start_with_file_key_and_what_is_allowed(
    login_screen: Open, settings: Path, capsys: pytest.CaptureFixture[str], policy: str, key: str, allowed: str
) -> None:
    (settings / "policy.toml").write_text(policy + "\n")
    with pytest.raises(Exception) as ended:  # the pilot raises again what ended the app
        async with login_screen() as clerk:
            await clerk.until(lambda: clerk.app.failure is not None)
    assert ended
    failure = clerk.app.failure
    assert failure is not None
    assert clerk.app._exit_renderables == []
    assert explain(failure, debug=False) == 1
    said = capsys.readouterr().err
    for words in (str(settings / "policy.toml"), key, allowed):
        assert words in said
    assert "Traceback" not in said
