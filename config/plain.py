"""What `--lan` serves without TLS: the page that sets a phone up, and the way from everything else to TLS."""

from collections.abc import Callable, Iterable
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIEnvironment

from config.wsgi import application as pages

OPEN = ("/setup/", "/static/", "/preferences/", "/healthz")


def app(port: str) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """The application; everything but OPEN is sent to `port`, which serves TLS."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "/")
        if path.startswith(OPEN):
            return pages(environ, start_response)
        host = environ.get("HTTP_HOST", "localhost").rsplit(":", 1)[0]
        start_response(
            "307 Temporary Redirect",
            [("Location", f"https://{host}:{port}{quote(path, encoding='latin-1')}"), ("Content-Length", "0")],
        )
        return []

    return application
