"""Registers the app; decides nothing."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """公布 Public pages over several apps."""

    name = "lianxin.account.publishing"
    label = "publishing"
    verbose_name = "公布"
