"""The settings for mail: what is shipped are the defaults; every fault of a file is refused with file and key."""

import sys
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from stellr_tui.reference.data import data_path
from stellr_tui.reference.mail_settings import (
    Encoding,
    MailServer,
    MailSettings,
    Security,
    load_mail_settings,
    password_of,
)
from stellr_tui.reference.sentences import sentence
from stellr_tui.reference.texts import Language
from stellr_tui.rules.findings import Reason
from tests.rules.refusals import findings_of

SERVER = MailServer("smtp.example.co.jp", 587, user="stellr@example.co.jp")


def written(folder: Path, text: str) -> Path:
    path = folder / "mail.toml"
    path.write_text(text, encoding="utf-8")
    return path


def smtp(folder: Path, **values: str) -> MailSettings:
    """The settings with a server: each value as it stands in the file."""
    lines = "".join(f"{key} = {value}\n" for key, value in {"host": '"smtp.example.co.jp"', **values}.items())
    return load_mail_settings(written(folder, f'from = "stellr@example.co.jp"\n[smtp]\n{lines}'))


def test_the_shipped_file_has_the_defaults_and_no_server() -> None:
    settings = load_mail_settings(data_path("mail.toml"))
    assert settings == MailSettings(own_texts=True)
    assert settings.server is None
    assert (settings.language, settings.encoding) == (Language.JAPANESE, Encoding.UTF_8)


def test_the_example_in_the_shipped_file_is_one_that_works(tmp_path: Path) -> None:
    text = data_path("mail.toml").read_text(encoding="utf-8")
    example = text[: text.index("# [smtp]")] + text[text.index("# [smtp]") :].replace("# ", "")
    settings = load_mail_settings(written(tmp_path, example.replace('# from = "', 'from = "')))
    assert settings.sender == "stellr@example.co.jp"
    assert settings.server == SERVER


def test_everything_that_can_be_chosen(tmp_path: Path) -> None:
    certificates = tmp_path / "house.pem"
    certificates.write_text("")
    path = written(
        tmp_path,
        f"""
        language = "en"
        encoding = "iso-2022-jp"
        from_name = "発注窓口"
        from = "Orders@Example.co.jp"
        [smtp]
        host = "mail.example.co.jp"
        port = 2525
        security = "tls"
        user = "山田"
        ca_file = "{certificates}"
        """,
    )
    assert load_mail_settings(path) == MailSettings(
        Language.ENGLISH,
        Encoding.ISO_2022_JP,
        "発注窓口",
        "Orders@example.co.jp",
        MailServer("mail.example.co.jp", 2525, Security.TLS, "山田", certificates),
        own_texts=True,
    )


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465)])
def test_the_usual_port_is_taken_where_none_is_named(tmp_path: Path, security: str, port: int) -> None:
    server = smtp(tmp_path, security=f'"{security}"').server
    assert server is not None
    assert (server.security, server.port) == (security, port)


def test_the_way_is_encrypted_where_nothing_is_said() -> None:
    assert MailServer("smtp.example.co.jp", 587).security is Security.STARTTLS


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_unencrypted_goes_to_this_computer(tmp_path: Path, host: str) -> None:
    server = smtp(tmp_path, host=f'"{host}"', security='"none"').server
    assert server == MailServer(host, 25, Security.NONE)


@pytest.mark.parametrize("host", ["192.168.1.5", "mail", "localhost.example.com", "128.0.0.1", "::2"])
def test_unencrypted_goes_elsewhere_only_where_it_is_allowed_expressly(tmp_path: Path, host: str) -> None:
    values = {"host": f'"{host}"', "security": '"none"'}
    (finding,) = findings_of(smtp, tmp_path, **values)
    assert (finding.reason, finding.field, finding.given) == (Reason.WRONG_TYPE, "smtp.security", "none")
    said = sentence(finding)
    for part in (str(tmp_path / "mail.toml"), "smtp.security", "none", "starttls", "tls", "allow_unencrypted"):
        assert part in said
    server = smtp(tmp_path, **values, allow_unencrypted="true").server
    assert server is not None
    assert server.security is Security.NONE


def test_a_server_needs_a_host_and_a_sender_that_is_somebodys(tmp_path: Path) -> None:
    found = findings_of(load_mail_settings, written(tmp_path, "[smtp]\n"))
    assert {(one.reason, one.field) for one in found} == {(Reason.REQUIRED, "smtp.host"), (Reason.REQUIRED, "from")}


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        ('language = "fr"', "language", Reason.WRONG_TYPE),
        ('encoding = "shift_jis"', "encoding", Reason.WRONG_TYPE),
        ("encoding = 7", "encoding", Reason.WRONG_TYPE),
        ('from = "not an address"', "from", Reason.NOT_AN_EMAIL),
        ('from = "a@b.co\\r\\nBcc: c@d.co"', "from", Reason.CONTROL_CHARACTER),
        ('from_name = "a\\u001bb"', "from_name", Reason.CONTROL_CHARACTER),
        ('charset = "utf-8"', "charset", Reason.UNKNOWN_KEY),
        ('smtp = "smtp.example.co.jp"', "smtp", Reason.WRONG_TYPE),
    ],
)
def test_a_faulty_value_is_refused_with_file_and_key(tmp_path: Path, line: str, field: str, reason: Reason) -> None:
    path = written(tmp_path, line)
    (finding,) = findings_of(load_mail_settings, path)
    assert (finding.reason, finding.field) == (reason, field)
    assert str(path) in sentence(finding)


@pytest.mark.parametrize(
    ("values", "field", "reason"),
    [
        ({"host": '"smtp example"'}, "smtp.host", Reason.WRONG_TYPE),
        ({"port": "0"}, "smtp.port", Reason.WRONG_TYPE),
        ({"port": "65536"}, "smtp.port", Reason.WRONG_TYPE),
        ({"port": '"25"'}, "smtp.port", Reason.WRONG_TYPE),
        ({"security": '"ssl"'}, "smtp.security", Reason.WRONG_TYPE),
        ({"security": "true"}, "smtp.security", Reason.WRONG_TYPE),
        ({"ca_file": '"/no/such/file.pem"'}, "smtp.ca_file", Reason.WRONG_TYPE),
        ({"allow_unencrypted": '"yes"'}, "smtp.allow_unencrypted", Reason.WRONG_TYPE),
        ({"password": '"secret"'}, "smtp.password", Reason.UNKNOWN_KEY),
    ],
)
def test_a_faulty_server_is_refused_with_file_and_key(
    tmp_path: Path, values: dict[str, str], field: str, reason: Reason
) -> None:
    (finding,) = findings_of(smtp, tmp_path, **values)
    assert (finding.reason, finding.field) == (reason, field)
    said = sentence(finding)
    assert str(tmp_path / "mail.toml") in said
    assert "secret" not in said


def test_all_faults_are_found_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, 'language = "fr"\nencoding = "x"\n[smtp]\nport = 0\n')
    assert {one.field for one in findings_of(load_mail_settings, path)} == {
        "language",
        "encoding",
        "from",
        "smtp.host",
        "smtp.port",
    }


def test_the_users_own_file_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stellr_tui.reference.data.settings_folder", lambda: tmp_path)
    assert load_mail_settings() == MailSettings(own_texts=True)
    written(tmp_path, 'language = "en"')
    assert load_mail_settings().language is Language.ENGLISH


class Ring(KeyringBackend):
    """A keyring of the test's own."""

    priority = 1.0

    def __init__(self, kept: dict[tuple[str, str], str], locked: bool = False) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # untyped there
        self.kept = kept
        self.locked = locked

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


def test_the_password_comes_from_the_environment_else_from_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(Ring({("stellr-tui", SERVER.user): "of the ring"}))
    try:
        monkeypatch.setenv("STELLR_SMTP_PASSWORD", "of the environment")
        assert password_of(SERVER) == "of the environment"
        monkeypatch.delenv("STELLR_SMTP_PASSWORD")
        assert password_of(SERVER) == "of the ring"
        assert password_of(MailServer("smtp.example.co.jp", 587, user="someone else")) == ""
        keyring.set_keyring(Ring({}, locked=True))
        assert password_of(SERVER) == ""
    finally:
        keyring.set_keyring(before)


def test_without_the_extra_there_is_only_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STELLR_SMTP_PASSWORD", raising=False)
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert password_of(SERVER) == ""
