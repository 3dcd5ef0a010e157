"""An order book for real work with notices in its outbox, and mail servers with and without a certificate."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from stellr_tui.desk.desk import Desk
from stellr_tui.desk.identity import SignedIn
from stellr_tui.reference.mail_settings import PASSWORD_VARIABLE
from tests.desk.mail.server import Office, open_office
from tests.desk.office import NOON, go_live

Certificate = tuple[Path, Path]


@pytest.fixture(autouse=True)
def no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test meets the password of whoever runs it."""
    monkeypatch.delenv(PASSWORD_VARIABLE, raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture
def live(desk: Desk, lucy: SignedIn) -> Desk:
    """The book for real work, at the moment when its mails are written."""
    return go_live(desk, NOON)


@pytest.fixture
def office() -> Iterator[Office]:
    """A mail server on this computer, without encryption."""
    with open_office() as opened:
        yield opened


@pytest.fixture(scope="session")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Certificate]:
    """Makes a certificate for a host, signed by itself, and its key; the same host gets the same one."""
    folder = tmp_path_factory.mktemp("certificates")
    made: dict[str, Certificate] = {}

    def certify(host: str) -> Certificate:
        if host not in made:
            made[host] = _certificate(host, folder)
        return made[host]

    return certify


def _certificate(host: str, folder: Path) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now().astimezone()
    alternatives: list[x509.GeneralName] = [x509.DNSName(host)]
    if host == "localhost":
        alternatives.append(x509.IPAddress(ip_address("127.0.0.1")))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / f"{host}.pem", folder / f"{host}.key"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths
