"""Saved papers, notes, the App Home, shortcuts, and questions for oneself."""

import json

from bot.slack.blocks.ids import make_value
from storage import Paper
from tests.scenarios.conftest import CHANNEL, COSMOS, DAPO, NOT_INVITED, NOW, Story, both_ways

MESSAGES = "D0MINJI001"


def test_a_paper_is_saved_shown_in_the_home_and_ticked_off(story: Story) -> None:
    story.slack.slash("minji", CHANNEL, "/papers", "save 2")
    story.slack.wait_for_ephemeral("minji", CHANNEL, contains="저장했습니다")
    story.slack.open_home("minji")
    home = story.slack.wait_for_home("minji", contains=COSMOS.title)
    ticked = make_value({"paper": COSMOS.id, "do": "read"})
    story.slack.click("minji", home, f"saved_menu:{COSMOS.id}", selected=ticked)
    story.slack.wait_for_home("minji", contains="읽지 않음으로")


def test_the_home_speaks_the_chosen_language(story: Story) -> None:
    story.slack.open_home("alice")
    home = story.slack.wait_for_home("alice", contains="Newest papers")
    story.slack.click("alice", home, "home_language", selected="ko")
    story.slack.wait_for_home("alice", contains="최신 논문")
    story.slack.slash("alice", CHANNEL, "/papers", "help")
    story.slack.wait_for_ephemeral("alice", CHANNEL, contains="사용법")


def test_the_search_box_of_the_home_opens_the_results(story: Story) -> None:
    story.slack.open_home("alice")
    home = story.slack.wait_for_home("alice", contains=DAPO.title)
    story.slack.click("alice", home, "home_search", selected="embodied")
    view = story.slack.wait_for_view("alice", callback_id="search_papers")
    assert COSMOS.title in str(view.content)


def test_a_paper_opened_from_the_home_can_be_talked_about_in_the_messages(story: Story) -> None:
    story.slack.open_home("minji")
    home = story.slack.wait_for_home("minji", contains=DAPO.title)
    story.slack.click("minji", home, f"paper_open:{DAPO.id}")
    card = story.slack.wait_for_message(MESSAGES, contains=DAPO.title)
    story.wait_until_known(card)
    story.slack.say("minji", MESSAGES, "한계가 뭐야?", thread_ts=card.ts)
    story.slack.wait_for_message(MESSAGES, thread_ts=card.ts, contains="answer to")
    assert story.answers.asked[0].paper_ids == (DAPO.id,)


def test_the_search_shortcut_finds_and_refuses(story: Story) -> None:
    story.slack.shortcut("alice", "search_papers")
    view = story.slack.wait_for_view("alice", callback_id="search_papers")
    assert story.slack.submit("alice", view, {"search_text": "embodied"}).errors == {}
    story.slack.wait_for(lambda: COSMOS.title in str(story.slack.views("alice")[-1].content))


@both_ways
def test_a_question_about_a_message_is_answered_in_its_thread(story: Story) -> None:
    said = story.slack.say("junho", CHANNEL, "이거 https://arxiv.org/abs/2503.14476 좋네요")
    story.slack.message_shortcut("minji", said, "ask_about_paper")
    view = story.slack.wait_for_view("minji", callback_id="ask_question")
    story.slack.submit("minji", view, {"question_text": "한계가 뭐야?"})
    story.slack.wait_for_message(CHANNEL, thread_ts=said.ts, contains="answer to 한계가")
    assert story.answers.asked[0].paper_ids == (DAPO.id,)


def test_an_answer_that_cannot_be_posted_comes_back_to_its_asker(story: Story) -> None:
    said = story.slack.say("junho", NOT_INVITED, f"https://arxiv.org/abs/{DAPO.id}")
    story.slack.message_shortcut("minji", said, "ask_about_paper")
    view = story.slack.wait_for_view("minji", callback_id="ask_question")
    story.slack.submit("minji", view, {"question_text": "한계가 뭐야?"})
    story.slack.wait_for_message(MESSAGES, contains="answer to 한계가")
    story.slack.wait_for_message(MESSAGES, contains=said.channel)
    assert len(story.slack.messages(NOT_INVITED)) == 1


def test_a_long_list_comes_as_a_file_in_the_members_messages(story: Story) -> None:
    keep_many(story, "U0MINJI001")
    story.slack.slash("minji", CHANNEL, "/papers", "saved csl")
    story.slack.wait_for_ephemeral("minji", CHANNEL, contains="papers.json")
    ((file,),) = [one.files for one in story.slack.messages(MESSAGES) if one.files]
    content = story.slack.state.files[file["id"]]["content"]
    assert len(json.loads(content)) == 80


def test_without_the_right_to_files_the_list_comes_in_messages(story: Story) -> None:
    keep_many(story, "U0MINJI001")
    story.slack.fail("files.getUploadURLExternal", "missing_scope")
    story.slack.slash("minji", CHANNEL, "/papers", "saved bibtex")
    story.slack.wait_for_ephemeral("minji", CHANNEL, contains="eprint")

    def all_there() -> bool:
        shown = "".join(str(one.blocks) for one in story.slack.ephemerals("minji", CHANNEL))
        return all(f"2503.2{n:04}" in shown for n in range(80))

    story.slack.wait_for(all_there)


def keep_many(story: Story, user: str) -> None:
    papers = [Paper(f"2503.2{n:04}", f"Study {n}", authors=("Ada One",)) for n in range(80)]
    story.storage.papers.save(papers, now=NOW)
    for paper in papers:
        story.storage.library.save(user, paper.id, now=NOW)


def test_a_message_becomes_a_note(story: Story) -> None:
    thread = story.paper_thread()
    said = story.slack.say("junho", CHANNEL, "우리 데이터에도 통할 듯", thread_ts=thread)
    story.slack.message_shortcut("minji", said, "add_to_notes")
    view = story.slack.wait_for_view("minji", callback_id="note")
    assert story.slack.submit("minji", view, {"note_text": "  "}).errors.keys() == {"note_text"}
    story.slack.submit("minji", view, {"note_text": "우리 데이터에도 통할 듯"})
    story.slack.wait_for(lambda: bool(story.storage.notes.of_paper(DAPO.id)))
    story.slack.slash("alice", CHANNEL, "/papers", f"notes {DAPO.id}")
    story.slack.wait_for_ephemeral("alice", CHANNEL, contains="통할 듯")


def test_a_shortcut_on_a_message_without_a_paper_says_so(story: Story) -> None:
    said = story.slack.say("junho", CHANNEL, "점심 뭐 먹지")
    story.slack.message_shortcut("minji", said, "ask_about_paper")
    story.slack.wait_for(lambda: "찾지 못했습니다" in str(story.slack.views("minji")))


def test_a_question_to_the_archive_is_answered_to_its_asker_alone(story: Story) -> None:
    story.slack.slash("minji", CHANNEL, "/papers", "ask 로봇 추론을 다룬 논문이 있어?")
    story.slack.wait_for_ephemeral("minji", CHANNEL, contains="answer to 로봇")
    assert story.slack.messages(CHANNEL) == []


def test_the_buttons_under_an_answer_work(story: Story) -> None:
    thread = story.paper_thread()
    story.slack.say("minji", CHANNEL, "한계가 뭐야?", thread_ts=thread)
    answer = story.slack.wait_for_message(CHANNEL, thread_ts=thread, contains="answer to")
    story.slack.click("minji", answer, "answer_simpler")
    story.slack.wait_for(lambda: len(story.answers.asked) == 2)
    assert story.answers.asked[1].manner == "simple"
    story.slack.click("minji", answer, "answer_language")
    story.slack.wait_for(lambda: len(story.answers.asked) == 3)
    assert story.answers.asked[2].language == "en"
    story.slack.click("minji", answer, "answer_simpler")
    story.slack.wait_for_ephemeral("minji", CHANNEL, contains="다시 답변")


def test_the_poster_of_a_link_and_nobody_else_gets_an_offer_once(story: Story) -> None:
    story.slack.slash("minji", CHANNEL, "/papers", "subscribe 08:30")
    story.slack.wait_for(lambda: bool(story.storage.subscriptions.active()))
    story.slack.say("junho", CHANNEL, "https://arxiv.org/abs/2503.15558")
    offer = story.slack.wait_for_ephemeral("junho", CHANNEL, contains="요약해 드릴까요")
    story.slack.say("junho", CHANNEL, "다시 https://arxiv.org/abs/2503.15558")
    story.slack.click("junho", offer, "paper_open", COSMOS.id)
    story.slack.wait_for_message(CHANNEL, contains=COSMOS.title)
    assert len([m for m in story.slack.ephemerals("junho", CHANNEL) if "요약해" in m.text]) == 1


def test_opening_the_messages_offers_something_to_say(story: Story) -> None:
    story.slack.open_home("minji", tab="messages")
    call = story.slack.wait_for_call("assistant.threads.setSuggestedPrompts")
    assert "thread_ts" not in call
    assert call["channel_id"] == MESSAGES


def test_a_bookmark_on_a_papers_card_saves_it(story: Story) -> None:
    story.paper_thread()
    (card,) = story.slack.messages(CHANNEL)
    story.slack.react("alice", card, "bookmark")
    story.slack.wait_for(lambda: bool(story.storage.library.saved("U0ALICE001")))


def test_a_cards_menu_gives_bibtex(story: Story) -> None:
    story.paper_thread()
    (card,) = story.slack.messages(CHANNEL)
    value = f'{{"do":"bibtex","paper":"{DAPO.id}"}}'
    story.slack.click("alice", card, "paper_menu", selected=value)
    story.slack.wait_for_ephemeral("alice", CHANNEL, contains=DAPO.id)


def test_a_card_can_be_read_in_another_language(story: Story) -> None:
    story.paper_thread()
    (card,) = story.slack.messages(CHANNEL)
    value = make_value({"paper": DAPO.id, "in": "en"})
    story.slack.click("alice", card, "paper_language:en", value)
    english = story.slack.wait_for_ephemeral("alice", CHANNEL, contains="Open a thread to ask")
    assert "paper_language:ko" in str(english.blocks)
    value = make_value({"paper": DAPO.id, "in": "ko"})
    story.slack.click("alice", english, "paper_language:ko", value)
    story.slack.wait_for(
        lambda: "스레드를 열고 질문해" in str(story.slack.ephemerals("alice", CHANNEL)[-1].blocks)
    )


def test_a_note_is_confirmed_and_stands_on_the_posted_card_at_once(story: Story) -> None:
    story.paper_thread()
    (card,) = story.slack.messages(CHANNEL)
    story.slack.click("junho", card, "paper_note", DAPO.id)
    view = story.slack.wait_for_view("junho", callback_id="note")
    story.slack.submit("junho", view, {"note_text": "우리 코드로 다시 해 볼 것"})
    story.slack.wait_for(lambda: "노트를 저장했습니다" in str(story.slack.views("junho")))
    story.wait_for_edit("다시 해 볼 것 — <@U0JUNHO001>")


def test_a_members_correction_is_shown_from_then_on(story: Story) -> None:
    story.paper_thread()
    (card,) = story.slack.messages(CHANNEL)
    value = f'{{"do":"correct","paper":"{DAPO.id}"}}'
    story.slack.click("junho", card, "paper_menu", selected=value)
    view = story.slack.wait_for_view("junho", callback_id="correction")
    assert story.slack.submit("junho", view, {"correction_text": " "}).errors
    story.slack.submit("junho", view, {"correction_text": "동적 샘플링으로 RL을 안정시킨다."})
    story.slack.wait_for(lambda: story.storage.summaries.get(DAPO.id, "ko") is not None)
    story.slack.slash("minji", CHANNEL, "/papers", f"show {DAPO.id}")
    shown = story.slack.wait_for_ephemeral("minji", CHANNEL, contains="동적 샘플링으로")
    assert "한 줄 요약* ✎ <@U0JUNHO001>" in str(shown.blocks)
    # The card that was posted before says so, too.
    story.wait_for_edit("동적 샘플링으로")
