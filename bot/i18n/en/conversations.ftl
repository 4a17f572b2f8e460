conversations-apology = Something went wrong while I was answering. The question is on record; please ask again in a moment.
conversations-no-such-number = There is no paper number { $numbers } in this list. The numbers go from 1 to { $count }.
conversations-reading = Reading the paper…
conversations-stopped = Stopped, as you asked.
conversations-stop = Stop
