"""How the properties of the rules are run: the same examples every time, no clock, nothing kept on disk."""

from hypothesis import settings

settings.register_profile("rules", deadline=None, database=None, derandomize=True)
settings.load_profile("rules")
