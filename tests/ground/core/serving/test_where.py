"""Links that are made outside a request lead to where the platform is served."""

from lianxin.ground.core.serving import where


def test_what_was_never_started_is_looked_for_where_a_start_without_options_puts_it(tmp_path):
    assert where.noted(tmp_path) == "http://localhost:8000/"


def test_the_last_start_counts(tmp_path):
    where.note(tmp_path, "https://192.168.7.5:8443/")
    where.note(tmp_path, "http://localhost:8010/")
    assert where.noted(tmp_path) == "http://localhost:8010/"


def test_behind_a_proxy_it_is_the_first_name_that_others_call_it_by(settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", ".gov.cn", "lianxin.example.gov.cn", "old.example.gov.cn"]
    settings.BEHIND_PROXY = settings.SESSION_COOKIE_SECURE = True
    assert where.in_front() == "https://lianxin.example.gov.cn/"
    settings.SESSION_COOKIE_SECURE = False
    assert where.in_front() == "http://lianxin.example.gov.cn/"


def test_without_a_proxy_or_a_name_there_is_none_in_front(settings):
    settings.BEHIND_PROXY, settings.ALLOWED_HOSTS = False, ["lianxin.example.gov.cn"]
    assert where.in_front() == ""
    settings.BEHIND_PROXY, settings.ALLOWED_HOSTS = True, ["127.0.0.1", "localhost", "[::1]", "*"]
    assert where.in_front() == ""
