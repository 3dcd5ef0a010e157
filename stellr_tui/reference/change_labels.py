"""The words for what was changed of an end user: which field of which location or contact, and what was done."""

from stellr_tui.reference.field_labels import field_label
from stellr_tui.reference.texts import N_, _
from stellr_tui.rules.merging import WHOLE, Part

_KINDS = {"added": N_("追加"), "retired": N_("廃止"), "restored": N_("使用再開")}

_ACCESS = {"yes": N_("あり"), "no": N_("なし")}


def changed_label(part: Part, name: str, field: str) -> str:
    """What is meant: `会社名`, `場所「本社」の住所1`, `連絡先「佐藤」`; the end user itself as such."""
    if part == WHOLE:
        return field_label(field) if field else _("エンドユーザー")
    place = (_("場所「{name}」") if part[0] == "location" else _("連絡先「{name}」")).format(name=name)
    if not field:
        return place
    label = field_label(f"contact.{field}" if part[0] == "contact" else field)
    return _("{place}の{label}").format(place=place, label=label)


def change_kind(kind: str) -> str:
    """What became of a whole part, by its short name in the history."""
    return _(_KINDS[kind])


def changed_text(field: str, text: str) -> str:
    """What a field said before or says now."""
    return _(_ACCESS[text]) if field == "storefront_access" else text
