"""The HTTP client against a loopback server that misbehaves in every way it can."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from bot.errors import SourceError
from bot.net import HttpClient
from bot.net.addresses import is_public
from bot.net.spacing import Spacing
from tests.bot.conftest import PlayedTime
from tests.replay import Fault, LoopbackServer, Reply, Request

MakeHttp = Callable[..., HttpClient]


class Echo(LoopbackServer):
    def answer(self, request: Request) -> Reply:
        return Reply(body=b"hello")


@pytest.fixture
def server() -> Iterator[Echo]:
    with Echo() as running:
        yield running


def test_an_answer_comes_whole_with_its_query_sent(server: Echo, http: HttpClient) -> None:
    response = http.get(server.base_url + "/path", params={"date": "2025-03-19", "p": 0})
    assert (response.status, response.body) == (200, b"hello")
    assert response.headers["content-length"] == "5"
    assert server.requests[0].query == {"date": "2025-03-19", "p": "0"}
    assert server.requests[0].headers["user-agent"] == "paperboy-tests"


def test_a_compressed_answer_is_unpacked(server: Echo, http: HttpClient) -> None:
    body = gzip.compress(b"papers " * 50_000)
    server.faults.append(Reply(body=body, headers={"Content-Encoding": "gzip"}))
    assert http.get(server.base_url).body == b"papers " * 50_000


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_failure_that_may_pass_is_tried_again_with_growing_waits(
    status: int, server: Echo, http: HttpClient, played: PlayedTime
) -> None:
    server.faults += [Fault(status=status)] * 3
    assert http.get(server.base_url).body == b"hello"
    assert len(server.requests) == 4
    first, second, third = played.slept
    assert 0.75 <= first <= 1.25 < 1.5 <= second <= 2.5 < 3 <= third <= 5


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 501])
def test_a_refusal_is_told_at_once(status: int, server: Echo, http: HttpClient) -> None:
    server.always = Fault(status=status)
    with pytest.raises(SourceError, match=f"127.0.0.1 answered {status}") as caught:
        http.get(server.base_url)
    assert caught.value.status == status
    assert len(server.requests) == 1


def test_a_status_that_the_caller_can_read_is_an_answer(server: Echo, http: HttpClient) -> None:
    server.always = Reply(status=400, body=b"what was wrong")
    assert http.get(server.base_url, allow=(400,)).body == b"what was wrong"


def test_retries_come_to_an_end(server: Echo, http: HttpClient) -> None:
    server.always = Fault(status=500)
    with pytest.raises(SourceError) as caught:
        http.get(server.base_url)
    assert (caught.value.status, len(server.requests)) == (500, 4)


def test_retry_after_is_obeyed(server: Echo, http: HttpClient, played: PlayedTime) -> None:
    server.faults.append(Fault(status=429, headers={"Retry-After": "7"}))
    http.get(server.base_url)
    assert played.slept == [7.0]


def test_retry_after_may_name_a_date(server: Echo, make_http: MakeHttp, played: PlayedTime) -> None:
    http = make_http(clock=lambda: datetime(2025, 3, 19, 8, 0, 0, tzinfo=UTC))
    moment = "Wed, 19 Mar 2025 08:00:20 GMT"
    server.faults.append(Fault(status=503, headers={"Retry-After": moment}))
    http.get(server.base_url)
    assert played.slept == [20.0]


@pytest.mark.parametrize("text", ["soon", "", "-5", "1e3"])
def test_a_retry_after_without_meaning_counts_as_none(
    text: str, server: Echo, http: HttpClient, played: PlayedTime
) -> None:
    server.faults.append(Fault(status=429, headers={"Retry-After": text}))
    http.get(server.base_url)
    assert 0.75 <= played.slept[0] <= 1.25


def test_a_longer_wait_than_the_cap_ends_the_call_and_is_told(
    server: Echo, http: HttpClient, played: PlayedTime
) -> None:
    server.always = Fault(status=429, headers={"Retry-After": "3600"})
    with pytest.raises(SourceError) as caught:
        http.get(server.base_url)
    assert (caught.value.retry_after, played.slept) == (3600.0, [])


def test_a_connection_reset_is_tried_again(server: Echo, http: HttpClient) -> None:
    server.faults.append(Fault(resets=True))
    assert http.get(server.base_url).body == b"hello"


def test_a_refused_connection_is_a_source_error(http: HttpClient) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(SourceError, match="no connection"):
        http.get(f"http://127.0.0.1:{port}/")


def test_a_host_out_of_reach_is_tried_once_more_and_then_refused_for_a_while(
    make_http: MakeHttp, played: PlayedTime
) -> None:
    http = make_http(retries=3)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/"
    with pytest.raises(SourceError, match="no connection"):
        http.get(address)
    assert len(played.slept) == 1
    with pytest.raises(SourceError, match="out of reach"):
        http.get(address)
    assert len(played.slept) == 1
    played.sleep(10.0)
    with pytest.raises(SourceError, match="no connection"):
        http.get(address)


def test_an_unknown_host_is_a_source_error(make_http: MakeHttp) -> None:
    with pytest.raises(SourceError, match="no such host"):
        make_http(retries=0).get("http://paperboy.invalid/")


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://a.org/", "nonsense", "http://", "http://[x", "http://a:99999/", "http://a:0/"),
        *("http://b.org\\@a.org/", "http://b@a.org/", "http://a.org/ b", "http://a.org/\x00"),
        *("http://a.org\n/", "http://a%2eorg/"),
    ],
)
def test_an_address_that_is_none_is_a_source_error(url: str, http: HttpClient) -> None:
    with pytest.raises(SourceError, match="not a web address"):
        http.get(url)


def test_a_stalled_body_times_out(server: Echo, make_http: MakeHttp) -> None:
    server.always = Fault(body=b"abc", announced=1000, stalls=True)
    with pytest.raises(SourceError, match="no whole answer in time"):
        make_http(timeout=0.1, retries=1).get(server.base_url)
    assert len(server.requests) == 2


def test_a_cut_body_is_no_answer(server: Echo, make_http: MakeHttp) -> None:
    server.always = Fault(body=b"abc", announced=1000)
    with pytest.raises(SourceError, match="the connection broke off"):
        make_http(retries=0).get(server.base_url)


def test_an_oversize_body_is_cut_off(server: Echo, http: HttpClient) -> None:
    server.always = Fault(body=b"x" * 200_000)
    with pytest.raises(SourceError, match="longer than 1000 bytes"):
        http.get(server.base_url, max_bytes=1000)
    assert len(server.requests) == 1


def test_the_size_limit_counts_unpacked_bytes(server: Echo, http: HttpClient) -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    server.always = Fault(body=bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(SourceError, match="longer than 1000000 bytes"):
        http.get(server.base_url, max_bytes=1_000_000)


def test_a_body_that_does_not_unpack_is_a_source_error(server: Echo, http: HttpClient) -> None:
    server.always = Fault(body=b"not gzip", headers={"Content-Encoding": "gzip"})
    with pytest.raises(SourceError, match="could not be unpacked"):
        http.get(server.base_url)


def test_a_host_that_speaks_no_tls_is_asked_once(
    server: Echo, http: HttpClient, played: PlayedTime
) -> None:
    with pytest.raises(SourceError, match="no safe connection"):
        http.get(server.base_url.replace("http:", "https:"))
    assert played.slept == []


def test_a_password_in_an_address_is_not_told(http: HttpClient) -> None:
    with pytest.raises(SourceError, match=r"^not a web address$"):
        http.get("https://user:secret@papers.example/")


def redirect(location: str) -> Reply:
    return Reply(status=302, headers={"Location": location})


def test_a_redirect_on_the_same_host_is_followed(server: Echo, http: HttpClient) -> None:
    server.faults.append(redirect("/new"))
    response = http.get(server.base_url + "/old")
    assert (response.body, response.url) == (b"hello", server.base_url + "/new")


def test_a_redirect_to_a_host_we_were_told_of_is_followed(
    server: Echo, make_http: MakeHttp
) -> None:
    with Echo() as other:
        server.faults.append(redirect(other.base_url + "/there"))
        http = make_http(redirect_hosts=(f"127.0.0.1:{other.port}",))
        assert http.get(server.base_url).url == other.base_url + "/there"


@pytest.mark.parametrize(
    "location",
    [
        "http://example.org/",
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:1/",
        "http://localhost/",
        "http://[::1]/",
        "file:///etc/hostname",
        "http://[broken",
        "http://127.0.0.1:99999/",
    ],
)
def test_a_redirect_to_anywhere_else_is_refused(
    location: str, server: Echo, http: HttpClient
) -> None:
    server.faults.append(redirect(location))
    with pytest.raises(SourceError, match="redirect"):
        http.get(server.base_url)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "location",
    [
        "http://{own}\\@huggingface.co/",
        "//{own}\\@huggingface.co/",
        "\\\\{own}\\",
        "http://huggingface.co\\@{own}/",
        "http://huggingface.co@{own}/",
        "http://user:word@huggingface.co/",
        "http://huggingface.co%40{own}/",
        "http://huggingface.co /",
        "http://hugging%66ace.co/",
        "http://huggingface.co\t/",
    ],
)
def test_a_redirect_to_an_odd_address_is_refused(
    location: str, server: Echo, make_http: MakeHttp, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Echo() as other:
        leads_here(monkeypatch, "huggingface.co")
        own = f"127.0.0.1:{other.port}"
        server.faults.append(redirect(location.format(own=own)))
        http = make_http(redirect_hosts=("huggingface.co", own))
        with pytest.raises(SourceError, match=r"127\.0\.0\.1: a broken redirect"):
            http.get(server.base_url)
        assert other.requests == []


def test_redirects_in_a_circle_end(server: Echo, http: HttpClient) -> None:
    server.always = redirect("/again")
    with pytest.raises(SourceError, match="more than 3 redirects"):
        http.get(server.base_url)
    assert len(server.requests) == 4


def test_a_spaced_host_gets_its_pause(
    server: Echo, make_http: MakeHttp, played: PlayedTime
) -> None:
    http = make_http(spacing={"127.0.0.1": 3.0})
    for _ in range(3):
        http.get(server.base_url)
    assert played.slept == [3.0, 3.0]


@pytest.mark.parametrize(
    ("pauses", "hosts", "slept"),
    [
        ({"arxiv.org": 3.0}, ["arxiv.org", "export.arxiv.org", "notarxiv.org"], [3.0]),
        ({"arxiv.org": 3.0, "export.arxiv.org": 3.0}, ["arxiv.org", "export.arxiv.org"], [3.0]),
        ({"127.0.0.1:80": 3.0}, ["127.0.0.1:80", "127.0.0.1:81", "127.0.0.1:80"], [3.0]),
        ({"127.0.0.1": 3.0}, ["127.0.0.1:80", "127.0.0.1:81"], [3.0]),
        ({"0.1": 3.0, "huggingface": 3.0}, ["huggingface.co", "huggingface.co"], []),
    ],
)
def test_a_pause_holds_for_subdomains_too_and_for_no_other_host(
    pauses: dict[str, float], hosts: list[str], slept: list[float]
) -> None:
    played = PlayedTime()
    spacing = Spacing(pauses, longest_wait=30.0, sleep=played.sleep, monotonic=played.monotonic)
    for host in hosts:
        with spacing.turn(host):
            pass
    assert played.slept == slept


def test_a_spaced_host_gets_one_call_at_a_time_from_all_threads(server: Echo) -> None:
    http = HttpClient(
        user_agent="paperboy-tests", private_hosts=["127.0.0.1"], spacing={"127.0.0.1": 0.02}
    )
    threads = [threading.Thread(target=http.get, args=(server.base_url,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    http.close()
    moments = [request.at for request in server.requests]
    assert server.most_at_once == 1
    assert min(b - a for a, b in pairwise(moments)) > 0.015


def test_a_host_that_asks_for_a_wait_is_left_alone_by_everybody(
    server: Echo, make_http: MakeHttp, played: PlayedTime
) -> None:
    http = make_http(spacing={"127.0.0.1": 3.0}, retries=0, longest_wait=60.0)
    server.faults.append(Fault(status=429, headers={"Retry-After": "40"}))
    with pytest.raises(SourceError):
        http.get(server.base_url)
    http.get(server.base_url)
    assert sum(played.slept) == pytest.approx(40.0)


@pytest.mark.parametrize("spacing", [{}, {"127.0.0.1": 3.0}])
def test_a_host_that_asks_for_a_very_long_wait_is_not_asked_again_before_its_time(
    spacing: dict[str, float], server: Echo, make_http: MakeHttp, played: PlayedTime
) -> None:
    http = make_http(spacing=spacing)
    server.faults.append(Fault(status=429, headers={"Retry-After": "3600"}))
    for _ in range(3):
        with pytest.raises(SourceError) as caught:
            http.get(server.base_url)
        assert caught.value.retry_after == 3600.0
    assert (len(server.requests), played.slept) == (1, [])
    played.seconds += 3600.0
    assert http.get(server.base_url).body == b"hello"


def test_closing_ends_a_wait_at_once(server: Echo) -> None:
    http = HttpClient(user_agent="paperboy-tests", private_hosts=["127.0.0.1"])
    server.always = Fault(status=503, headers={"Retry-After": "25"})
    problems: list[str] = []

    def fetch() -> None:
        try:
            http.get(server.base_url)
        except SourceError as error:
            problems.append(str(error))

    thread = threading.Thread(target=fetch)
    thread.start()
    while not server.requests:
        time.sleep(0.01)
    http.close()
    thread.join(timeout=10)
    assert problems == ["the HTTP client was closed"]


def leads_here(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let a host's name resolve to this machine, as a poisoned resolver would."""
    resolve = socket.getaddrinfo

    def poisoned(host: str | bytes | None, *rest: object, **named: object) -> object:
        return resolve("127.0.0.1" if host == name else host, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", poisoned)


@pytest.mark.parametrize("host", ["arxiv.org", "localhost", "127.0.0.1", "2130706433", "0"])
def test_no_host_but_the_operators_own_leads_into_a_private_network(
    host: str, server: Echo, make_http: MakeHttp, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads_here(monkeypatch, "arxiv.org")
    with pytest.raises(SourceError, match="private address"):
        make_http(private_hosts=()).get(f"http://{host}:{server.port}/abs/1")
    assert server.requests == []


def test_a_redirect_from_the_operators_own_host_must_lead_to_a_public_address(
    server: Echo, make_http: MakeHttp, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads_here(monkeypatch, "arxiv.org")
    with Echo() as other:
        origin = f"arxiv.org:{other.port}"
        server.faults.append(redirect(f"http://{origin}/abs/1"))
        with pytest.raises(SourceError, match=r"arxiv\.org: its name leads to a private address"):
            make_http(redirect_hosts=(origin,)).get(server.base_url)
        assert other.requests == []


def test_a_host_that_the_operator_set_may_be_in_their_own_network(
    server: Echo, make_http: MakeHttp, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads_here(monkeypatch, "mirror.example")
    http = make_http(redirect_hosts=("arxiv.org",), private_hosts=("mirror.example",))
    assert http.get(f"http://mirror.example:{server.port}/abs/1").body == b"hello"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::5db8:d70e", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_only_addresses_of_the_public_internet_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public
