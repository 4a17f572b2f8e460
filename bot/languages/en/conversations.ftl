conversations-apology = Something went wrong while I was answering. I have recorded the question; please ask again in a moment.
conversations-no-such-number = This list has no { $missing ->
    [one] paper
   *[other] papers
} { $numbers }. Choose a number from 1 to { $count }.
conversations-reading = Reading the paper…
conversations-stopped = I stopped answering.
conversations-stop = Stop
conversations-bare-mention = What is this paper about?
conversations-how-to-ask = Hello. Ask me anything about papers, such as “Are there papers on reinforcement learning for LLMs?”, “What are the limitations of 2503.14476?” or “What are today's papers?”. In a channel, `/papers help` shows all commands.
conversations-welcome = I'm glad it helped. Feel free to ask more.
conversations-brought-back = This is the answer to your question in { $channel }: “{ $question }” Paperboy cannot post there, so you get it here. To get answers in that channel, type `/invite @Paperboy` there.
conversations-not-posted = You asked in { $channel }: “{ $question }” Paperboy cannot post there. Type `/invite @Paperboy` in that channel and ask again, or ask here.
conversations-how-to-subscribe = Paperboy cannot change subscriptions in a conversation. In a channel or in your direct messages with Paperboy, `/papers subscribe` sets up a digest and `/papers unsubscribe` cancels it.
conversations-how-to-forget = `/papers forget` shows what Paperboy has stored about you and deletes it if you wish.
conversations-which-paper = Which paper do you mean? Please give me its number in the newest list, its title, arXiv ID or link.
conversations-cannot = Paperboy cannot do that. It can answer questions about papers, summarize and compare them, find related ones and save them. `/papers help` shows all commands.
conversations-saved-privately = Your saved papers are visible only to you. `/papers saved` shows them.
conversations-not-simpler = A simpler explanation needs a language model, and none is connected, so this is the shortest one there is.
