import pytest

from bot.sources.links import project_page, repository


@pytest.mark.parametrize(
    ("url", "made"),
    [
        ("https://github.com/lab/code", "https://github.com/lab/code"),
        ("http://www.github.com/lab/code.git", "https://github.com/lab/code"),
        ("https://github.com/lab/code/tree/main/a?tab=readme#top", "https://github.com/lab/code"),
        ("https://gitlab.com/lab/code/", "https://gitlab.com/lab/code"),
        ("https://huggingface.co/lab/model-7B", "https://huggingface.co/lab/model-7B"),
    ],
)
def test_a_repository_is_linked_by_its_owner_and_name_alone(url: str, made: str) -> None:
    assert repository(url) == made


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/login/oauth/authorize?client_id=1&scope=repo",
        "https://github.com/apps/evil/installations/new",
        "https://github.com/sponsors/evil",
        "https://gitlab.com/oauth/authorize",
        "https://gitlab.com/-/profile",
        "https://huggingface.co/spaces/evil/page",
        "https://github.com/lab",
        "https://github.com/",
        "https://github.com.evil.example/lab/code",
        "https://evil.example/github.com/lab/code",
        "https://github.com@evil.example/lab/code",
        "https://github.com\\@evil.example/lab/code",
        "https://github.com:8443/lab/code",
        "https://gist.github.com/lab/code",
        "https://github.com/../login/oauth",
        "https://github.com/%6cogin/oauth",
        "https://github.com/la\u200bb/code",
        "https://github.com/lab/code|x>",
        "javascript://github.com/lab/code",
        "github.com/lab/code",
        f"https://github.com/lab/{'x' * 600}",
        None,
        7,
    ],
)
def test_no_other_page_is_taken_for_a_repository(url: object) -> None:
    assert repository(url) is None


def test_a_project_page_is_linked_where_it_belongs_to_a_repository() -> None:
    assert project_page("http://lab.github.io/code/#demo") == "https://lab.github.io/code/"
    assert project_page("https://lab.github.io") == "https://lab.github.io"
    space = "https://huggingface.co/spaces/lab/demo"
    assert project_page(f"{space}?x=1") == space
    assert project_page("https://github.com/lab/code") == "https://github.com/lab/code"
    for elsewhere in (
        "https://evil.example/project",
        "https://github.io",
        "https://lab.github.io.evil.example",
        "https://lab.github.io/a/../..//evil",
        "https://huggingface.co/spaces/evil",
        "https://github.com/login/oauth/authorize",
    ):
        assert project_page(elsewhere) is None
