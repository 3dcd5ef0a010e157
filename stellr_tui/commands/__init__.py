"""The commands of `stellr`: one theme a module. They ask the desk, and print tables for people or JSON for programs."""

COMPLETION_VARIABLE = "_STELLR_COMPLETE"
"""Set by a shell that asks what could follow on the command line."""
