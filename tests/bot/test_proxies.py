"""The way out through a proxy."""

import base64
from collections.abc import Callable

import pytest

from bot.errors import SourceError
from bot.net import HttpClient
from bot.proxies import proxy_for, spared
from tests.replay import LoopbackServer, Reply, Request

MakeHttp = Callable[..., HttpClient]
PROXIES = {"https": "http://proxy.corp:3128", "http": "proxy.corp:3128", "no": ".corp,10.0.0.1"}


class Proxy(LoopbackServer):
    def answer(self, request: Request) -> Reply:
        return Reply(body=b"through the proxy")


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("https://arxiv.org/abs/1", "http://proxy.corp:3128"),
        ("http://export.arxiv.org/api", "http://proxy.corp:3128"),
        ("https://models.corp/v1", None),
        ("http://10.0.0.1:8000/v1", None),
        ("http://127.0.0.1:8000/v1", None),
        ("http://localhost/v1", None),
        ("http://[::1]:8000/", None),
    ],
)
def test_the_usual_variables_say_which_way_leads_out(url: str, proxy: str | None) -> None:
    assert proxy_for(url, PROXIES) == proxy
    assert proxy_for(url, {}) is None


def test_a_source_is_asked_through_the_proxy_with_its_name_and_password(
    make_http: MakeHttp,
) -> None:
    with Proxy() as proxy:
        address = proxy.base_url.replace("://", "://kim:p%40ss@")
        http = make_http(proxies={"http": address})
        answer = http.get("http://papers.example/list", params={"date": "2025-03-19"})
        (asked,) = proxy.requests
    assert answer.body == b"through the proxy"
    assert answer.url == "http://papers.example/list?date=2025-03-19"
    assert asked.query == {"date": "2025-03-19"}
    expected = base64.b64encode(b"kim:p@ss").decode()
    assert asked.headers["proxy-authorization"] == f"Basic {expected}"


def test_a_proxy_that_is_down_is_told_in_words(make_http: MakeHttp) -> None:
    http = make_http(proxies={"http": "http://127.0.0.1:9"}, retries=0)
    with pytest.raises(SourceError, match=r"papers\.example: no way through the proxy"):
        http.get("http://papers.example/list")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, None),
        ({"NO_PROXY": "a.corp"}, None),
        ({"HTTPS_PROXY": "http://p:1"}, "localhost,127.0.0.1,::1"),
        ({"http_proxy": "http://p:1", "NO_PROXY": "a.corp, localhost"},
         "a.corp,localhost,127.0.0.1,::1"),
        ({"http_proxy": "http://p:1", "no_proxy": "*"}, None),
    ],
)  # fmt: skip
def test_loopback_addresses_are_spared_in_both_spellings(
    environment: dict[str, str], expected: str | None
) -> None:
    wanted = {} if expected is None else {"NO_PROXY": expected, "no_proxy": expected}
    assert spared(environment) == wanted
