"""`python -m stellr_tui` is `stellr`."""

import sys

from stellr_tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
