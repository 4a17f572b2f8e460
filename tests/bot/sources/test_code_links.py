"""Finding the paper's own repository in its abstract, and only that."""

import json

import pytest

from bot.sources.fields import folded
from bot.sources.links import code_link_in
from tests.shared_data import shared_data


@pytest.mark.parametrize(
    "text",
    [
        "We are best. Code is available at https://github.com/owner/name.",
        "Our models, v1.5 and code are released at: https://github.com/owner/name",
        "It is fast.Codes are available at https://github.com/owner/name.git.",
        "The code is at \\\\url{https://github.com/owner/name}.",
        "Code: https://github.com/owner/name{https://github.com/owner/name},",
        "We open-source our work (https://github.com/owner/name/) and https://name.github.io.",
    ],
)
def test_a_link_that_is_offered_as_code_is_taken(text: str) -> None:
    assert code_link_in(text) == "https://github.com/owner/name"


@pytest.mark.parametrize(
    "text",
    [
        "No link here, although code is available.",
        "Code will be released at https://github.com/owner/name.",
        "Code is coming soon: https://github.com/owner/name",
        "After peer review, the code is available at https://github.com/owner/name.",
        "Code is available. It resembles https://github.com/owner/name.",
        "We release our code at https://github.com/owner/name. It uses https://github.com/x/y.",
        "We release MiniMax at https://github.com/MiniMax-AI.",
        "Code is available at https://github.com.evil.example/owner/name.",
    ],
)
def test_a_promised_unclear_or_foreign_link_is_not(text: str) -> None:
    assert code_link_in(text) is None


def test_on_real_papers_it_agrees_with_the_link_that_hugging_face_has() -> None:
    agreed = both = extra = 0
    for path in sorted(shared_data("hf_daily/next_day").glob("*.json")):
        for entry in json.loads(path.read_bytes()):
            paper = entry["paper"]
            found = code_link_in(folded(paper["summary"]))
            if found and "githubRepo" in paper:
                both += 1
                agreed += found.lower().startswith(paper["githubRepo"].lower().rstrip("/"))
            extra += bool(found and "githubRepo" not in paper)
    assert agreed / both > 0.95
    assert extra > both
