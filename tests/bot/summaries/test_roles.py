"""An abstract's sentences are told apart by what they do."""

from bot.summaries import contribution_of
from bot.summaries.roles import BACKGROUND, CONTRIBUTION, METHOD, RESULT, roles_of

ENGLISH = [
    "Large rankers are accurate but remain too slow for search.",
    "We propose Lantern, a router that picks one of four small rankers.",
    "It is trained with a contrastive loss on click logs.",
    "On MS MARCO, it keeps 98.5% of the quality at a third of the latency.",
]
KOREAN = [
    "기존 순위 모델은 정확하지만 느리다는 문제가 있습니다.",
    "본 논문은 작은 모델 하나를 고르는 라우터를 제안합니다.",
    "라우터는 클릭 로그로 대조 학습합니다.",
    "실험 결과 품질의 98.5점을 유지하며 기존 방법을 능가합니다.",
]


def test_the_sentences_of_an_abstract_get_the_roles_they_play() -> None:
    roles = [BACKGROUND, CONTRIBUTION, METHOD, RESULT]
    assert roles_of(ENGLISH) == roles
    assert roles_of(KOREAN) == roles


def test_the_contribution_is_found_behind_the_background() -> None:
    assert contribution_of(" ".join(ENGLISH)) == ENGLISH[1]
    assert contribution_of("Only this. And that.") == "Only this."
    assert contribution_of("") == ""
