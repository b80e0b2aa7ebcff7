"""Registers the app; decides nothing."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """保险柜 Identities of residents, encrypted, opened with a right and a reason."""

    name = "lianxin.ground.vault"
    label = "vault"
    verbose_name = "身份保管"
