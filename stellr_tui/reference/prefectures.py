"""The 47 prefectures with their JIS X 0401 codes, as the portal prints them in addresses (東京都 is 13)."""

from stellr_tui.rules.findings import Finding, Reason, Refused

_IN_ORDER = (
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 "
    "石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 "
    "岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"
)

PREFECTURES: dict[str, str] = {name: f"{code:02}" for code, name in enumerate(_IN_ORDER.split(), 1)}

_NAMES = {code: name for name, code in PREFECTURES.items()}


def prefecture_code(name: str, field: str = "prefecture") -> str:
    """The two digits of a prefecture's full name, without blanks around it. Refused: NOT_A_PREFECTURE."""
    try:
        return PREFECTURES[name.strip()]
    except KeyError:
        raise Refused(Finding(Reason.NOT_A_PREFECTURE, field, name)) from None


def prefecture_name(code: str, field: str = "prefecture") -> str:
    """The full name for two digits. Refused: NOT_A_PREFECTURE."""
    try:
        return _NAMES[code]
    except KeyError:
        raise Refused(Finding(Reason.NOT_A_PREFECTURE, field, code)) from None
