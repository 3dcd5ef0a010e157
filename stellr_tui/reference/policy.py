"""The policy file: the choices the manual leaves open. What each one means stands in `data/policy.toml`."""

from pathlib import Path

from stellr_tui.reference.data import chosen_path
from stellr_tui.reference.toml_file import in_file, read_toml
from stellr_tui.rules.findings import Refused
from stellr_tui.rules.policy import Policy


def load_policy(path: Path | None = None) -> Policy:
    """The policy of a file: the user's own `policy.toml` where there is one, else the shipped one.

    Refused with every fault of the file: UNREADABLE_FILE, POLICY_KEY, POLICY_VALUE (facts: file, allowed).
    """
    path = path or chosen_path("policy.toml")
    values = read_toml(path)
    try:
        return Policy.from_mapping(values)
    except Refused as refused:
        raise in_file(refused, path) from None
