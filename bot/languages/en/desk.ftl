desk-no-date = Please add a date, such as `/papers date 2025-01-29` or `/papers date yesterday`.
desk-not-a-date = “{ $typed }” is not a date I can read. Try `2025-01-29`, `1/29` or `yesterday`.
desk-no-such-day = “{ $typed }” is not in the calendar.
desk-future-date = The listing of { $day } is not out yet. The newest one to be had is { $latest }.
desk-early-date = There was no listing on { $day }; they begin on { $first }.
desk-day-unread = I have not been able to get the listing of { $day }: the source does not answer. Please try again in a while.
desk-no-paper = Please say which paper, such as `/papers show 3` or `/papers show 2503.14476`.
desk-no-such-number = There is no paper number { $number }; the present list goes from 1 to { $count }.
desk-empty-query = Please add the words to look for, such as `/papers search reinforcement learning`.
desk-not-in-channel = Paperboy is not in this channel and cannot post here. Type `/invite @Paperboy` and press again.
desk-subscribed-waits = The subscription is kept. Slack is not taking messages right now, so the channel hears of it as soon as possible.
desk-post-waits = Slack is not taking messages right now. Yours is waiting and will be posted as soon as possible.
desk-greeting = Hello, I am Paperboy and bring AI papers every morning. `/papers today` shows today's papers, `/papers help` what else I can do. In a paper's thread, just ask.

desk-status-title = Paperboy's status
desk-status-subscription = Subscription
desk-status-not-subscribed = This channel is not subscribed. `/papers subscribe` starts it.
desk-status-last = Last digest
desk-status-none-yet = None yet.
desk-status-last-posted = The listing of { $period }, posted { $moment }.
desk-status-next = Next digest
desk-status-problem = Not posted
desk-status-archive = Archive
desk-status-counts = { $papers ->
    [one] { $papers } paper
   *[other] { $papers } papers
}, { $summaries ->
    [one] { $summaries } summary
   *[other] { $summaries } summaries
}, { $questions ->
    [one] { $questions } question
   *[other] { $questions } questions
}
desk-status-source-fine = fine (asked { $moment })
desk-status-source-down = no answer (asked { $moment }); going on with what is stored
desk-status-model = Model
desk-status-no-model = None: summaries and answers are sentences chosen from the papers.
desk-status-with-model = { $model }
desk-status-wrong = Not well
desk-status-heartbeat = Last sign of life
desk-status-budget = { $model }; { $spent } USD of { $limit } USD used today (UTC)
desk-status-hint = Times are in this channel's time zone.

desk-subscription-line = { $weekdays } { $time } ({ $timezone }), { $style }, { $language }, up to { $count ->
    [one] { $count } paper
   *[other] { $count } papers
}
desk-every-day = every day
desk-weekly-never = Never
desk-subscription-weekly = the week on { $day }
desk-bad-weekly = No weekday in “{ $typed }”. Say `weekly:fri`, or `weekly:off` for none.
desk-weekday-0 = Mon
desk-weekday-1 = Tue
desk-weekday-2 = Wed
desk-weekday-3 = Thu
desk-weekday-4 = Fri
desk-weekday-5 = Sat
desk-weekday-6 = Sun
desk-style-brief = brief
desk-style-highlights = three highlights
desk-style-sections = sections
desk-style-review = review
desk-language-ko = Korean
desk-language-en = English
desk-language-both = Korean and English

desk-layout-list = one message
desk-layout-cards = one message per paper
desk-policy-questions = answer what looks like a question
desk-policy-mentions = answer only when mentioned
desk-policy-all = answer everything
desk-empty-say = say that there are none
desk-empty-skip = stay quiet
desk-late-edit = edit the digest
desk-late-reply = add them in the thread

desk-form-title = Digest subscription
desk-form-submit = Subscribe
desk-form-close = Close
desk-form-preview = Preview
desk-form-preview-title = What this would have brought
desk-form-subscription-time = Time
desk-form-subscription-timezone = Time zone
desk-form-subscription-weekdays = Weekdays
desk-form-subscription-weekly = Weekly digest
desk-form-subscription-weekly-hint = Papers and trends of a week, on that day at the same time: from Friday on this week’s, before that last week’s.
desk-form-subscription-language = Language
desk-form-subscription-style = Style
desk-form-subscription-layout = Layout
desk-form-subscription-count = Papers to summarise
desk-form-subscription-count-hint = From 1 to 50; the others are listed by title.
desk-form-subscription-topics = Topics
desk-form-subscription-topics-hint = Words, authors, organisations or arXiv categories, separated by commas. Papers that match come first.
desk-form-subscription-negative-topics = Topics to leave out
desk-form-subscription-negative-topics-hint = Papers that match are not shown.
desk-form-subscription-thread-policy = In threads
desk-form-subscription-empty-day = On days without papers
desk-form-subscription-late-papers = Papers that arrive late
desk-form-no-time = Please choose a time.
desk-form-no-weekday = Please choose at least one weekday.

desk-bad-count = Please enter a number from 1 to { $most }.
desk-bad-time = “{ $typed }” is not a time. Write 24 hours, such as 09:00.
desk-bad-timezone = There is no time zone “{ $typed }”. Write it like Asia/Seoul or Europe/Paris.
desk-topic-too-long = The topic “{ $topic }…” is too long: 80 characters at most.
desk-too-many-topics = There can be { $most } topics at most.
desk-subscribe-near = I do not know “{ $typed }”. Did you mean “{ $near }”? For example: `/papers subscribe 09:00 mon-fri en highlights topics: agents, -robotics`
desk-subscribe-unknown = I do not know “{ $typed }”. For example: `/papers subscribe 09:00 Asia/Seoul mon-fri en highlights topics: agents, -robotics`
desk-not-allowed = Only these people may change subscriptions: { $admins }
desk-no-subscription = This channel has no subscription to end.
desk-subscribed = { $user } set this channel's digest: { $subscription }
desk-subscribed-next = The next one comes { $moment }.
desk-subscribed-topics = Topics: { $topics }
desk-subscribed-without = Left out: { $topics }
desk-subscribed-done = Saved, and told the channel.
desk-unsubscribed = { $user } stopped this channel's digest. Its settings are kept: `/papers subscribe` starts it again.
desk-unsubscribed-done = The subscription has ended.
desk-preview-nothing-stored = No listing is stored yet, so there is nothing to preview.
desk-preview = Of the list of { $day }: { $count ->
    [one] { $count } paper
   *[other] { $count } papers
} with a summary, { $rest } by title, { $hidden } left out.
desk-preview-wrong = Not taken over: { $problem }

desk-saved = Saved: { $title }
desk-saved-before = You have saved this one before: { $title }
desk-unknown-list = There is no list as “{ $typed }”. Try `/papers saved bibtex`, `csl` or `markdown`.
desk-list-title = { $count ->
    [one] Your saved paper as { $kind }
   *[other] Your { $count } saved papers as { $kind }
}
desk-list-file = { $title }: the file { $file } is in your messages with Paperboy.
desk-list-pages = { $title }: { $pages } messages to copy from come to your messages with Paperboy.
desk-nothing-saved = You have saved no papers. Type `/papers save 3` or press Save on a paper's card.
desk-saved-title = { $count ->
    [one] { $count } saved paper, { $unread } unread
   *[other] { $count } saved papers, { $unread } unread
}
desk-mark-read = Mark as read
desk-mark-unread = Mark as unread
desk-unsave = Remove
desk-notes-title = Notes: { $title }
desk-no-notes = There are no notes yet.
desk-note-add = Add a note
desk-note-by = { $user }, { $day }
desk-note-from = { $origin }, { $day }
desk-note-form = Add a note
desk-note-label = What to keep about this paper
desk-note-submit = Save
desk-seen-by-team = Everybody in this workspace can see it.
desk-seen-by-channel = It can be seen in { $channel } only.
desk-seen-by-you = Only you can see it.
desk-empty-note = Please write something to keep.
desk-long-note = A note takes { $most } characters at most.

desk-home-search = Search the archive
desk-home-search-hint = reinforcement learning, 2503.14476…
desk-home-today = Today's papers
desk-home-saved = Saved papers
desk-home-channels = Channels with a digest
desk-home-no-channels = None yet. Type `/papers subscribe` in a channel.
desk-home-next = next digest { $moment } ({ $timezone })
desk-home-language = The language I speak with you
desk-home-language-auto = as Slack is set
desk-home-language-ko = 한국어
desk-home-language-en = English
desk-home-refresh = Refresh
desk-search-title = Search papers
desk-search-label = Words
desk-search-submit = Search
desk-ask-title = Ask about a paper
desk-ask-label = Question
desk-ask-submit = Ask
desk-no-paper-here = I found no paper in this message. Use it on a message with an arXiv or Hugging Face link, or in a paper's thread.
desk-offer = Shall I summarise the paper you linked? Opening a thread posts its card to the channel; questions can be asked there.
desk-offer-dismiss = No, thanks
desk-prompt-today = Today's papers
desk-prompt-today-words = What are today's papers about?
desk-prompt-topic = Papers on { $topic }
desk-prompt-topic-words = Are there papers on { $topic }?
desk-prompt-explain = Explain { $title }
desk-prompt-explain-words = Explain the main idea of { $paper }

desk-save = Save
desk-menu-abstract = Abstract
desk-menu-related = Related papers
desk-menu-bibtex = BibTeX
desk-menu-unwanted = Not interested
desk-no-abstract = No abstract is stored.
desk-unwanted-told = Noted. It will count when papers are ordered for this channel.
desk-menu-correct = Correct the summary
desk-correction-form = Correct the summary

desk-share = Share
desk-share-title = Share with a channel
desk-share-submit = Share
desk-share-channel = Channel
desk-share-comment = Your comment
desk-share-by = { $user } shared this paper.
desk-share-by-member = A member shared this paper.
desk-share-posting = Posting it to the channel…
desk-share-done = Shared with { $channel }. Questions can be asked in its thread there.
desk-share-known = { $channel } has a thread for this paper already. If you added a comment, it stands in that thread.
desk-share-no-channel = Please choose a channel.
desk-share-not-in-channel = Paperboy is not in that channel and cannot post there. Type `/invite @Paperboy` in it, then press again.
desk-no-related = The archive has no related papers.
desk-related = Related papers: { $title }
desk-home-change = Change settings

desk-forget = Delete my data
desk-forget-submit = Delete
desk-forget-keep = Keep it
desk-forget-goes = What goes, for good
desk-forget-said = { $count ->
    [one] { $count } message of yours
   *[other] { $count } messages of yours
} that Paperboy heard
desk-forget-questions = { $count ->
    [one] { $count } question or answer
   *[other] { $count } questions and answers
}
desk-forget-feedback = { $count ->
    [one] { $count } rating of an answer
   *[other] { $count } ratings of answers
}
desk-forget-notes = { $count ->
    [one] { $count } note you wrote, also if
   *[other] { $count } notes you wrote, also those
} the team could read
desk-forget-corrections = { $count ->
    [one] { $count } summary you corrected: the one before is shown again
   *[other] { $count } summaries you corrected: those before are shown again
}
desk-forget-saved = { $count ->
    [one] { $count } saved paper
   *[other] { $count } saved papers
}
desk-forget-signs = { $count ->
    [one] { $count } sign
   *[other] { $count } signs
} of interest: papers you opened, liked or asked about
desk-forget-messages = { $count ->
    [one] { $count } record
   *[other] { $count } records
} of your messages with Paperboy; a subscription made there ends
desk-forget-profile = Language and time zone
desk-forget-stays = What stays
desk-forget-stays-slack = Messages in Slack; you can delete yours there
desk-forget-stays-channels = Subscriptions and digests of channels; in what Paperboy stores, only your name goes
desk-forget-stays-papers = Papers, machine-made summaries, and what was imported from or exported to Markdown
desk-forget-stays-others = What others wrote, even where it names you
desk-forget-stays-backups = Backups of the database that were made already; ask whoever runs Paperboy
desk-forget-for-good = This cannot be undone.
desk-forget-waiting = Deleting…
desk-forget-done = Deleted for good
desk-forget-anew = If you use Paperboy again it begins anew: opening its Home or writing to it reads your language and time zone from your Slack profile.
desk-forget-nothing = Paperboy keeps nothing about you.
