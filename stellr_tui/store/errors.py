"""What can go wrong with the store as a whole. Needs no SQLAlchemy, so that the ways in can name it at no cost."""


class StoreUnavailable(Exception):
    """The database cannot be used: not there, not readable, not writable, not ours, or its server is down.

    database: the address or path as it may be shown, without a password. detail: what the driver or system said.
    """

    def __init__(self, database: str, detail: str) -> None:
        super().__init__(database, detail)
        self.database = database
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.database}: {self.detail}"


class SchemaTooNew(Exception):
    """The database was written by a newer program. found: its revision. known: the newest one of this program."""

    def __init__(self, database: str, found: str, known: str) -> None:
        super().__init__(database, found, known)
        self.database = database
        self.found = found
        self.known = known

    def __str__(self) -> str:
        return f"{self.database}: {self.found} > {self.known}"
