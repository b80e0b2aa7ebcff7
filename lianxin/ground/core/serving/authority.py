"""A certificate authority of the platform's own, which may speak for the local network alone.

A phone that trusts it would believe whatever it signs, so it is bound (RFC 5280, 4.2.1.10) to private
addresses, *.local and this computer's name: stolen, it could not pass for a bank.
"""

import ipaddress
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8")
AUTHORITY_DAYS = 3650
SERVER_DAYS = 397  # phones refuse certificates of more than 398 days
RENEW_DAYS = 60  # a certificate with fewer days left is made anew
SKEW = timedelta(hours=24)  # a phone's clock may be behind


@dataclass
class Authority:
    """The authority kept in `folder`: ca.pem to be given away, ca.key to be kept."""

    folder: Path

    @property
    def file(self) -> Path:
        """The certificate that phones install."""
        return self.folder / "ca.pem"

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate in pairs of hex digits, to be compared with what a phone shows."""
        return self._certificate().fingerprint(hashes.SHA256()).hex(" ").upper()

    def ensure(self, host: str, at: datetime) -> None:
        """Make the authority where there is none that holds for another certificate's life."""
        if self.file.exists() and self._certificate().not_valid_after_utc > at + timedelta(days=SERVER_DAYS):
            return
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Lianxin {host} {at:%Y-%m-%d}"[:64])])
        allowed = [x509.DNSName(n) for n in sorted({"local", "localhost", host})]
        networks = [x509.IPAddress(ipaddress.ip_network(n)) for n in PRIVATE]
        made = (
            _builder(name, name, key.public_key(), at, AUTHORITY_DAYS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs=False), critical=True)
            .add_extension(x509.NameConstraints([*allowed, *networks], None), critical=False)
            .sign(key, hashes.SHA256())
        )
        _write(self.folder / "ca.key", _pem(key))
        _write(self.file, made.public_bytes(serialization.Encoding.PEM), mode=0o644)

    def certify(self, names: Iterable[str], at: datetime) -> bool:
        """Keep server.pem and server.key for these names and addresses, as far as the authority may speak for them.

        Returns whether they were made anew.
        """
        wanted = {general for name in names if self._may_speak_for(general := _general(name))}
        if self._holds(wanted, at):
            return False
        authority = self._certificate()
        signing = serialization.load_pem_private_key((self.folder / "ca.key").read_bytes(), None)
        assert isinstance(signing, ec.EllipticCurvePrivateKey)
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Lianxin")])
        made = (
            _builder(name, authority.subject, key.public_key(), at, SERVER_DAYS)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs=True), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.SubjectAlternativeName(sorted(wanted, key=str)), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()),
                critical=False,
            )
            .sign(signing, hashes.SHA256())
        )
        _write(self.folder / "server.key", _pem(key))
        _write(self.folder / "server.pem", made.public_bytes(serialization.Encoding.PEM), mode=0o644)
        return True

    def _certificate(self) -> x509.Certificate:
        return x509.load_pem_x509_certificate(self.file.read_bytes())

    def _may_speak_for(self, name: x509.GeneralName) -> bool:
        if isinstance(name, x509.IPAddress):
            return is_private(str(name.value))
        constraints = self._certificate().extensions.get_extension_for_class(x509.NameConstraints).value
        domains = [d.value for d in constraints.permitted_subtrees or [] if isinstance(d, x509.DNSName)]
        return any(name.value == d or name.value.endswith(f".{d}") for d in domains)

    def _holds(self, wanted: set[x509.GeneralName], at: datetime) -> bool:
        """Whether server.pem was signed by this authority for these names and holds for a while yet."""
        file = self.folder / "server.pem"
        if not file.exists() or not (self.folder / "server.key").exists():
            return False
        served = x509.load_pem_x509_certificate(file.read_bytes())
        names = served.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        lasts = served.not_valid_before_utc <= at < served.not_valid_after_utc - timedelta(days=RENEW_DAYS)
        return lasts and set(names) == wanted and _signed_by(self._certificate(), served)


def is_private(address: str) -> bool:
    """Whether the IPv4 address lies in a network that the authority may speak for."""
    return any(ipaddress.ip_address(address) in ipaddress.ip_network(network) for network in PRIVATE)


def _signed_by(authority: x509.Certificate, served: x509.Certificate) -> bool:
    key = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    return served.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier == key


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, at: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - SKEW)
        .not_valid_after(at - SKEW + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    """What the key is for: signing messages (a server), or certificates (the authority)."""
    return x509.KeyUsage(
        digital_signature=signs,
        key_cert_sign=not signs,
        crl_sign=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(file: Path, content: bytes, mode: int = 0o600) -> None:
    """Replace a file at once, with its rights set before it holds anything."""
    fresh = file.with_suffix(f"{file.suffix}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
        out.write(content)
    fresh.replace(file)
