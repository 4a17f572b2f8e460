conversations-apology = Something went wrong while I was answering. The question is on record; please ask again in a moment.
conversations-no-such-number = There is no paper number { $numbers } in this list. The numbers go from 1 to { $count }.
conversations-reading = Reading the paper…
conversations-stopped = Stopped, as you asked.
conversations-stop = Stop
conversations-bare-mention = Please summarise this paper
conversations-how-to-ask = Hello. Ask me anything about papers, such as “Are there papers on reinforcement learning for LLMs?”, “What are the limitations of 2503.14476?” or “What are today's papers?”. In a channel, `/papers help` shows every command.
conversations-welcome = Glad to help. Just ask on.
