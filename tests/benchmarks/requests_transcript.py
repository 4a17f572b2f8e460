"""Requests in both languages to the whole bot with its bundled day, without a model: in a digest's
thread, in a paper's thread, in direct messages and as commands. For reading, not scoring.

Run with ``python -m tests.benchmarks.requests_transcript``.
"""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.cli.demo_workspace import demo_workspace
from bot.services import Services
from bot.settings import Settings
from bot.telemetry.logs import set_up_logging
from bot.workspace import Message, Workspace
from bot.workspace.seed import DAILY

DIGEST = (
    "비디오 논문만 골라줘",
    "강화학습 논문만 보여줘",
    "only the robotics papers",
    "which ones are about video generation?",
    "두 번째 거는?",
    "#3 about?",
    "2번 한 줄로",
    "explain number 1 like I'm five",
    "3번이랑 비슷한 논문 3개만",
    "1번 저장해줘",
    "save the second one",
    "이 중에 추천이 제일 많은 건?",
    "Which of these have code?",
    "1번이랑 2번 비교해줘",
    "페이퍼보이, 4번 요약해줘",
    "그럼 5번은?",
    "관련 논문 3개만",
    "제일 최근에 나온 건 뭐야?",
    "which one has the most stars?",
    "Impossible Videos 요약해줘",
    "RWKV-7 한 줄로",
    "두 번째랑 세 번째 차이가 뭐야?",
    "마지막 논문은 뭐에 관한 거야?",
    "99번 요약해줘",
    "양자 컴퓨터 논문은 없어?",
    "첫 번째 논문 저자가 누구야?",
    "오늘 점심 뭐 먹을까요?",
    "Can someone approve my PR?",
    "오늘 라인업 좋네요",
)
PAPER = (
    "요약해줘",
    "한 줄로",
    "초등학생도 이해하게",
    "더 자세히",
    "관련 논문 3개만",
    "any similar papers?",
    "저장해줘",
    "bookmark this please",
    "왜 KL 항을 뺐나요?",
    "which datasets did they train on?",
    "이거 추론할 때 느려지나요?",
    "tl;dr",
    "그럼 한계는?",
    "영어로 다시",
    "3줄 요약",
    "코드 있어?",
    "who wrote it?",
    "언제 나온 논문이야?",
    "가장 중요한 그림이 뭐야?",
    "표 1 설명해줘",
    "이거 GRPO랑 뭐가 달라?",
    "any follow-ups worth reading?",
    "다음 세미나에서 이거 하죠",
    "Should we try this on our data?",
    "논문 전체를 번역해줘 페이퍼보이",
    "재밌네요 ㅋㅋ",
)
DIRECT = (
    "안녕하세요",
    "뭘 할 수 있어?",
    "What can you do?",
    "오늘의 논문 알려줘",
    "What's new today?",
    "두 번째 거는?",
    "the third one?",
    "이번 주 뭐가 화제야?",
    "what was hot last week?",
    "2503.14476 한 줄로 요약해줘",
    "2503.14476 초등학생도 이해하게 설명해줘",
    "Summarise DAPO",
    "papers similar to 2503.14476",
    "강화학습 논문 찾아줘",
    "Find papers about video generation",
    "내 저장 목록 보여줘",
    "save 2503.14476",
    "show my saved papers",
    "매일 아침 9시에 보내줘",
    "Unsubscribe us",
    "이메일로 보내줘",
    "make slides from it",
    "오늘 날씨 어때?",
    "이번 주 인기 논문 3개만",
    "DAPO 알려줘",
    "DAPO: An Open-Source LLM Reinforcement Learning System at Scale",
    "https://arxiv.org/abs/2503.14476",
    "2503.99999 요약해줘",
    "페이퍼보이, 2503.14476 저자가 누구야?",
    "관련 논문 3개만",
    "오늘 것 중에 코드 공개된 거 있어?",
    "어제 논문 보여줘",
    "구독 취소해줘",
    "내 데이터 지워줘",
    "고마워요!",
    "thanks a lot",
)
COMMANDS = (
    "today",
    "오늘",
    "어제",
    "지난주",
    "last week",
    "이번 주",
    "week 2025-W11",
    "주간 2031-W01",
    "2025-03-19",
    "3/19",
    "날짜 내년",
    "3",
    "99",
    "#2",
    "2503.14476",
    "arxiv.org/abs/2503.14476",
    "DAPO",
    "Impossible Videos",
    "보기 임파서블 비디오",
    "search 비디오 생성",
    "검색",
    "검색 양자컴퓨터 암호",
    "saerch video",
    "비디오 논문",
    "질문 강화 학습에서 KL 항을 뺀 논문이 있어?",
    "저장 1",
    "저장 목록",
    "보관함",
    "saved bibtex",
    "saved pdf",
    "노트 1",
    "notes",
    "내 데이터",
    "구독 취소",
    "구독 09:00 평일 주제: 에이전트, -로봇",
    "구독 25:00",
    "구독 점심때",
    "설정",
    "상태",
    "status",
    "구독취소",
    "unsubscribe",
    "도움말",
    "아무말",
    "hello",
)


def main() -> None:
    """Say everything and print what comes back."""
    set_up_logging("error", "text")
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings(), database=str(Path(folder) / "requests.db"))
        with demo_workspace(settings, port=0) as (workspace, services):
            _play(workspace, services)


def _play(workspace: Workspace, services: Services) -> None:
    subscription = services.storage.subscriptions.get(DAILY.id)
    assert subscription is not None
    services.morning.run(subscription)
    digest = workspace.wait_for_message(DAILY.id, contains="DAPO")
    workspace.slash("minji", DAILY.id, "/papers", "today")
    shown = workspace.wait_for_ephemeral("minji", DAILY.id, contains="DAPO")
    workspace.click("minji", shown, "paper_open", "2503.14476")

    def roots() -> list[Message]:
        return [one for one in workspace.messages(DAILY.id) if one.bot_id]

    workspace.wait_for(lambda: len(roots()) > 1)
    card = roots()[-1]
    for message in (digest, card):
        _wait_until_known(services, workspace, message)
    for title, message, texts in (("a digest", digest, DIGEST), ("a paper", card, PAPER)):
        print(f"\n## In {title}'s thread")
        for text in texts:
            _say(workspace, services, DAILY.id, text, message.ts)
    print("\n## In direct messages")
    for text in DIRECT:
        _say(workspace, services, "U0MINJI001", text, None)
    for user, channel in (("minji", DAILY.id), ("alice", DAILY.id), ("junho", "U0JUNHO001")):
        print(f"\n## Commands of {user}")
        for text in COMMANDS:
            _type(workspace, services, user, channel, text)


def _wait_until_known(services: Services, workspace: Workspace, root: Message) -> None:
    threads = services.storage.threads
    workspace.wait_for(lambda: threads.get(root.channel, root.ts) is not None)


def _say(
    workspace: Workspace, services: Services, channel: str, text: str, root: str | None
) -> None:
    said = workspace.say("minji", channel, text, thread_ts=root)
    thread = root or said.ts
    threads = services.storage.threads
    workspace.wait_for(lambda: threads.turn(said.channel, said.ts) is not None, timeout=60)
    workspace.wait_for(lambda: services.conversations.waiting == 0, timeout=60)
    print(f"\n> {text}")
    answers = [
        one
        for one in workspace.messages(said.channel, thread_ts=thread)
        if one.bot_id and float(one.ts) > float(said.ts)
    ]
    for one in answers:
        print("  " + one.text[:600].replace("\n", "\n  "))
    if not answers:
        print("  (silent)")


def _type(workspace: Workspace, services: Services, user: str, channel: str, text: str) -> None:
    """Type a command and print what only its reader sees, what is posted, and what opens."""
    print(f"\n> /papers {text}")
    private, posts = workspace.ephemerals(user, channel), workspace.messages(channel)
    answered = len(workspace.calls("response_url"))
    opened = len(workspace.calls("views.open"))
    workspace.slash(user, channel, "/papers", text)
    workspace.wait_for(
        lambda: (
            len(workspace.calls("response_url")) > answered
            or len(workspace.calls("views.open")) > opened
        )
    )
    workspace.wait_for(lambda: services.conversations.waiting == 0, timeout=60)
    seen = {one.ts for one in (*private, *posts)}
    for where in (workspace.ephemerals(user, channel), workspace.messages(channel)):
        for one in where:
            if one.ts not in seen:
                print("  " + one.text[:600].replace("\n", "\n  ") + _buttons(one.blocks))
    for view in reversed(workspace.views(user)):
        print(f"  (opens: {view.content['title']['text']})")
        workspace.close_view(user, view)


def _buttons(blocks: Sequence[Mapping[str, Any]]) -> str:
    """The labels of the buttons below a message."""
    rows = [one for one in blocks if one.get("type") == "actions"]
    labels = [part["text"]["text"] for row in rows for part in row["elements"] if "text" in part]
    return "".join(f"\n  [{label}]" for label in labels if isinstance(label, str))


if __name__ == "__main__":
    main()
