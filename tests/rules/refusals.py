"""What the tests of the rules share: asking a rule and taking its refusal."""

from collections.abc import Callable

import pytest

from stellr_tui.rules.findings import Finding, Refused


def findings_of(check: Callable[..., object], /, *given: object, **more: object) -> tuple[Finding, ...]:
    """Everything the check refuses; the test fails where it refuses nothing."""
    with pytest.raises(Refused) as caught:
        check(*given, **more)
    return tuple(caught.value.findings)


def refusal_of(check: Callable[..., object], /, *given: object, **more: object) -> Finding:
    """The one thing the check refuses."""
    (finding,) = findings_of(check, *given, **more)
    return finding
