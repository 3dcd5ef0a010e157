"""Where the plain files under `data/` are, in a checkout and in an installed wheel alike."""

from functools import cache
from pathlib import Path


@cache
def data_path(*parts: str) -> Path:
    """The path of a shipped data file, `data_path("catalog.toml")`. Does not ask whether it is there."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_data"
    root = installed if installed.is_dir() else package.parent / "data"
    return root.joinpath(*parts)


def settings_folder() -> Path:
    """The user's own settings folder; files of the same name there go before the shipped ones."""
    from platformdirs import user_config_path

    return user_config_path("stellr-tui", appauthor=False)


def data_folder() -> Path:
    """The user's own data folder: the order book if nobody says otherwise, and lessons that are under way."""
    from platformdirs import user_data_path

    return user_data_path("stellr-tui", appauthor=False)


def chosen_path(name: str) -> Path:
    """The user's own copy of a data file where there is one, else the shipped file."""
    own = settings_folder() / name
    return own if own.is_file() else data_path(name)
