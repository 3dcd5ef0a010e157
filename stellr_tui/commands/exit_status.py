"""What `stellr` ends with."""

DONE = 0
FAILED = 1
"""Refused by a rule, or something went wrong."""

WRONG_USAGE = 2
INTERRUPTED = 130
"""As shells say it: 128 and the number of the signal."""

NOBODY_READS = 141
"""The reader of standard output went away."""
