"""Who may answer an order in Manual Provisioning (オーダー⑥): the roles of the people at the desk."""

from enum import StrEnum

from stellr_tui.rules.policy import Approval


class Role(StrEnum):
    """What somebody is at the desk: a reseller's clerk, or the operator who approves orders or sends them back."""

    CLERK = "clerk"
    OPERATOR = "operator"


def may_answer(role: str, approval: Approval) -> bool:
    """Whether 承認 and 差戻し are for someone of this role. Where contracts are approved by themselves there is no
    operator, and everyone may take the part."""
    return approval is Approval.AUTOMATIC or role == Role.OPERATOR
