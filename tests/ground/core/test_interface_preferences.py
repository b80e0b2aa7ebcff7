"""Large type, light and language: chosen without JavaScript and without signing in, kept by the browser."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
ADDRESS = "/preferences/"


def choose(client, **facts):
    return client.post(ADDRESS, {"next": "/styleguide/", **facts})


def test_large_type_stays_from_page_to_page(client):
    assert choose(client, type="large").headers["Location"] == "/styleguide/"
    assert 'data-type="large"' in client.get("/").content.decode()


def test_large_type_can_be_left_again(client):
    choose(client, type="large")
    choose(client, type="normal")
    assert 'data-type="normal"' in client.get("/").content.decode()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_light_is_written_on_the_page(client, theme):
    choose(client, theme=theme)
    assert f'data-theme="{theme}"' in client.get("/").content.decode()


def test_without_a_choice_the_device_decides(client):
    choose(client, theme="dark")
    choose(client, theme="auto")
    assert "data-theme" not in client.get("/").content.decode()


@pytest.mark.parametrize(("language", "html"), [("en", "en"), ("zh-hant", "zh-Hant"), ("zh-hans", "zh-Hans")])
def test_a_chosen_language_goes_before_the_browsers(client, language, html):
    choose(client, language=language)
    page = client.get("/", headers={"accept-language": "fr, ja"})
    assert f'<html lang="{html}"' in page.content.decode()
    assert page.headers["Content-Language"] == language


def test_the_browsers_language_counts_where_nothing_was_chosen(client):
    assert '<html lang="en"' in client.get("/", headers={"accept-language": "en-GB"}).content.decode()
    assert '<html lang="zh-Hant"' in client.get("/", headers={"accept-language": "zh-HK"}).content.decode()


@pytest.mark.parametrize("facts", [{"type": "huge"}, {"theme": "red"}, {"language": "fr"}, {"session": "x"}])
def test_what_is_no_choice_is_not_kept(client, facts):
    assert choose(client, **facts).cookies == {}


def test_a_cookie_that_somebody_changed_counts_as_no_choice(client):
    client.cookies["lianxin_type"] = '"><script>'
    assert 'data-type="normal"' in client.get("/").content.decode()


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)", "", "styleguide", "\n//a.b"],
)
def test_nobody_is_led_to_another_site(client, elsewhere):
    assert choose(client, next=elsewhere, type="large").headers["Location"] == "/"


def test_the_cookie_lasts_a_year_and_stays_with_this_site(client):
    cookie = choose(client, theme="dark").cookies["lianxin_theme"]
    assert cookie["max-age"] == 365 * 24 * 3600
    assert cookie["samesite"] == "Lax"
    assert cookie["httponly"]


def test_the_page_of_choices_shows_what_is_chosen(client):
    choose(client, type="large")
    page = client.get(reverse("core:preferences")).content.decode()
    assert 'value="large" checked' in page
    assert 'value="auto" checked' in page


def test_public_pages_need_no_token_to_choose(client):
    assert "csrfmiddlewaretoken" not in client.get("/").content.decode()
    assert "csrf" not in str(client.get("/").cookies)


def test_other_ways_of_asking_are_refused(client):
    assert client.put(ADDRESS).status_code == 405
