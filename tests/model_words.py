"""What a well-behaved model writes of a paper, in so many words that the checks let it pass."""

import json
from typing import Any

from storage import Paper

# A Korean translation has about half the letters of its English original.
_KOREAN_SHARE = 0.45
_WORDS = {
    "ko": {
        "tldr": "기존 방법의 약점을 짚고 이를 줄이는 새 방법을 제안한 뒤 실험으로 살핍니다.",
        "new": "앞선 연구가 남겨 둔 문제를 새로운 방식으로 풉니다.",
        "introduction": "이 문제는 지금까지 풀기 어려웠습니다.",
        "abstract": "저자들은 기존 방법이 지닌 약점을 설명하고 새로운 방법을 제안합니다.",
    },
    "en": {
        "tldr": "The authors name a weakness of earlier work, remedy it, and try the remedy out.",
        "new": "A question that earlier work left open is approached in a new way.",
        "introduction": "So far this has been a hard thing to do.",
    },
}


def passing_summary(paper: Paper, request: dict[str, Any]) -> str:
    """The JSON that answers *request* for a summary of *paper*, in the language it asks for."""
    language = "ko" if "written in Korean" in str(request["messages"][0]["content"]) else "en"
    words = _WORDS[language]
    told: dict[str, Any] = {
        "tldr": words["tldr"],
        "highlights": [{"slot": "new", "text": words["new"], "evidence": [0]}],
        "sections": [],
        "introduction": [words["introduction"]],
        "organizations": [],
        "keywords": [],
    }
    if language == "ko":
        many = int(_KOREAN_SHARE * len(paper.abstract) / len(words["abstract"])) + 1
        told["abstract"] = " ".join([words["abstract"]] * many)
    return json.dumps(told, ensure_ascii=False)
