actions-no-date = Please add a date, such as `/papers date 2025-01-29` or `/papers date yesterday`.
actions-not-a-date = “{ $typed }” is not a date I can read. Try `2025-01-29`, `1/29` or `yesterday`.
actions-no-such-day = “{ $typed }” is not in the calendar.
actions-future-date = The listing of { $day } is not out yet. The newest one to be had is { $latest }.
actions-early-date = There was no listing on { $day }; they begin on { $first }.
actions-day-unread = I have not been able to get the listing of { $day }: the source does not answer. Please try again in a while.
actions-no-paper = Please say which paper, such as `/papers show 3` or `/papers show 2503.14476`.
actions-no-such-number = There is no paper number { $number }; the present list goes from 1 to { $count }.
actions-empty-query = Please add the words to look for, such as `/papers search reinforcement learning`.
actions-not-in-channel = Paperboy is not in this channel and cannot post here. Type `/invite @Paperboy` and press again.
actions-subscribed-waits = The subscription is kept. Slack is not taking messages right now, so the channel hears of it as soon as possible.
actions-post-waits = Slack is not taking messages right now. Yours is waiting and will be posted as soon as possible.
actions-greeting = Hello, I am Paperboy and bring AI papers every morning. `/papers today` shows today's papers, `/papers help` what else I can do. In a paper's thread, just ask.

actions-status-title = Paperboy's status
actions-status-subscription = Subscription
actions-status-not-subscribed = This channel is not subscribed. `/papers subscribe` starts it.
actions-status-sources = Sources
actions-status-last = Last digest
actions-status-none-yet = None yet.
actions-status-last-posted = The listing of { $period }, posted { $moment }.
actions-status-next = Next digest
actions-status-problem = Not posted
actions-status-archive = Archive
actions-status-counts = { $papers ->
    [one] { $papers } paper
   *[other] { $papers } papers
}, { $summaries ->
    [one] { $summaries } summary
   *[other] { $summaries } summaries
}, { $questions ->
    [one] { $questions } question
   *[other] { $questions } questions
}
actions-status-source-fine = fine (asked { $moment })
actions-status-source-down = no answer (asked { $moment }); going on with what is stored
actions-status-model = Model
actions-status-no-model = None: summaries and answers are sentences chosen from the papers.
actions-status-with-model = { $model }
actions-status-wrong = Not well
actions-status-heartbeat = Last sign of life
actions-status-budget = { $model }; { $spent } USD of { $limit } USD used today (UTC)
actions-status-hint = Times are in this channel's time zone.

actions-subscription-line = { $weekdays } { $time } ({ $timezone }), { $style }, { $language }, up to { $count ->
    [one] { $count } paper
   *[other] { $count } papers
}
actions-every-day = every day
actions-weekly-never = Never
actions-subscription-weekly = the week on { $day }
actions-bad-weekly = No weekday in “{ $typed }”. Say `weekly:fri`, or `weekly:off` for none.
actions-weekday-0 = Mon
actions-weekday-1 = Tue
actions-weekday-2 = Wed
actions-weekday-3 = Thu
actions-weekday-4 = Fri
actions-weekday-5 = Sat
actions-weekday-6 = Sun
actions-style-brief = brief
actions-style-highlights = three highlights
actions-style-sections = sections
actions-style-review = review

actions-layout-list = one message
actions-layout-cards = one message per paper
actions-policy-questions = answer what looks like a question
actions-policy-mentions = answer only when mentioned
actions-policy-all = answer everything
actions-empty-say = say that there are none
actions-empty-skip = stay quiet
actions-late-edit = edit the digest
actions-late-reply = add them in the thread

actions-form-title = Digest subscription
actions-form-submit = Subscribe
actions-form-close = Close
actions-form-preview = Preview
actions-form-preview-title = What this would have brought
actions-form-subscription-sources = Sources
actions-form-subscription-sources-hint = huggingface, arxiv:cs.CL (cross-lists too: arxiv:cs.CL+cross), arxiv:au:"A Name", arxiv:all:"some words" AND cat:eess.AS, openreview:ICLR.cc/2026/Conference
actions-form-subscription-now = At once
actions-form-now = Send the newest digest now
actions-form-subscription-time = Time
actions-form-subscription-timezone = Time zone
actions-form-subscription-weekdays = Weekdays
actions-form-subscription-weekly = Weekly digest
actions-form-subscription-weekly-hint = Papers and trends of a week, on that day at the same time: from Friday on this week’s, before that last week’s.
actions-form-subscription-language = Language
actions-form-subscription-style = Style
actions-form-subscription-layout = Layout
actions-form-subscription-count = Papers to summarise
actions-form-subscription-count-hint = From 1 to 50; the others are listed by title.
actions-form-subscription-topics = Topics
actions-form-subscription-topics-hint = Words, authors, organisations or arXiv categories, separated by commas. Papers that match come first.
actions-form-subscription-negative-topics = Topics to leave out
actions-form-subscription-negative-topics-hint = Papers that match are not shown.
actions-form-subscription-thread-policy = In threads
actions-form-subscription-empty-day = On days without papers
actions-form-subscription-late-papers = Papers that arrive late
actions-form-no-time = Please choose a time.
actions-form-no-weekday = Please choose at least one weekday.

actions-bad-source = I do not know the source “{ $typed }”. Sources look like huggingface, arxiv:cs.CL, arxiv:au:"A Name" or openreview:ICLR.cc/2026/Conference.
actions-no-source = Please name at least one source.
actions-bad-count = Please enter a number from 1 to { $most }.
actions-bad-time = “{ $typed }” is not a time. Write 24 hours, such as 09:00.
actions-bad-timezone = There is no time zone “{ $typed }”. Write it like Asia/Seoul or Europe/Paris.
actions-topic-too-long = The topic “{ $topic }…” is too long: 80 characters at most.
actions-too-many-topics = There can be { $most } topics at most.
actions-subscribe-near = I do not know “{ $typed }”. Did you mean “{ $near }”? For example: `/papers subscribe 09:00 mon-fri en highlights topics: agents, -robotics`
actions-subscribe-unknown = I do not know “{ $typed }”. For example: `/papers subscribe 09:00 Asia/Seoul mon-fri en highlights topics: agents, -robotics`
actions-not-allowed = Only these people may change subscriptions: { $admins }
actions-no-subscription = This channel has no subscription to end.
actions-subscribed = { $user } set this channel's digest: { $subscription }
actions-subscribed-own = Your own digest, in these messages: { $subscription }
actions-subscribed-sources = Papers come from { $sources }.
actions-subscribed-now = The newest one comes in a minute, unless it was here already.
actions-subscribed-passed = { $time } has already passed today. To get today's at once, type `/papers subscribe now`.
actions-subscription-no-model = No language model is connected: sentences are taken from the papers as they stand, in English.
actions-subscribed-next = The next one comes { $moment }.
actions-subscribed-topics = Topics: { $topics }
actions-subscribed-without = Left out: { $topics }
actions-subscribed-done = Saved, and told the channel.
actions-unsubscribed = { $user } stopped this channel's digest. Its settings are kept: `/papers subscribe` starts it again.
actions-unsubscribed-done = The subscription has ended.
actions-preview-nothing-stored = No listing is stored yet, so there is nothing to preview.
actions-preview = Of { $total ->
    [one] the one paper
   *[other] the { $total } papers
} from { $sources }, { $day }: { $count } with a summary, { $rest } by title, { $left } not shown, { $hidden } left out because of their topics.
actions-preview-missing = Nothing could be read from { $sources } yet. Press Preview again in a minute.
actions-preview-wrong = Not taken over: { $problem }

actions-saved = Saved: { $title }
actions-saved-before = You have saved this one before: { $title }
actions-unknown-list = There is no list as “{ $typed }”. Try `/papers saved bibtex`, `csl` or `markdown`.
actions-list-title = { $count ->
    [one] Your saved paper as { $kind }
   *[other] Your { $count } saved papers as { $kind }
}
actions-list-file = { $title }: the file { $file } is in your messages with Paperboy.
actions-list-pages = { $title }: { $pages } messages to copy from come to your messages with Paperboy.
actions-nothing-saved = You have saved no papers. Type `/papers save 3` or press Save on a paper's card.
actions-saved-title = { $count ->
    [one] { $count } saved paper, { $unread } unread
   *[other] { $count } saved papers, { $unread } unread
}
actions-mark-read = Mark as read
actions-mark-unread = Mark as unread
actions-unsave = Remove
actions-notes-title = Notes: { $title }
actions-no-notes = There are no notes yet.
actions-note-add = Add a note
actions-note-by = { $user }, { $day }
actions-note-from = { $origin }, { $day }
actions-note-form = Add a note
actions-note-label = What to keep about this paper
actions-note-submit = Save
actions-seen-by-team = Everybody in this workspace can see it.
actions-seen-by-channel = It can be seen in { $channel } only.
actions-seen-by-you = Only you can see it.
actions-empty-note = Please write something to keep.
actions-long-note = A note takes { $most } characters at most.

actions-home-search = Search the archive
actions-home-search-hint = reinforcement learning, 2503.14476…
actions-home-today = Today's papers
actions-home-saved = Saved papers
actions-home-own = Your own digest
actions-home-own-none = You can get a digest of your own in your messages with Paperboy: your sources and topics, and papers like those you save or mark.
actions-home-own-begin = Set It Up
actions-home-own-change = Change
actions-home-learned = What It Learned
actions-learned-title = What your digest learned
actions-learned-how = Your own digest learns from papers that you save, react to, or mark with “More like this” and “Less like this”. Nobody else sees this.
actions-learned-nothing = Nothing yet.
actions-learned-more = { $count ->
    [one] More like this paper
   *[other] More like these { $count } papers
}
actions-learned-less = { $count ->
    [one] Less like this paper
   *[other] Less like these { $count } papers
}
actions-learned-reset = Begin Anew
actions-home-channels = Channels with a digest
actions-home-no-channels = None yet. Type `/papers subscribe` in a channel.
actions-home-next = next digest { $moment } ({ $timezone })
actions-home-language = The language I speak with you
actions-home-language-auto = as Slack is set
actions-home-refresh = Refresh
actions-search-title = Search papers
actions-search-label = Words
actions-search-submit = Search
actions-ask-title = Ask about a paper
actions-ask-label = Question
actions-ask-submit = Ask
actions-no-paper-here = I found no paper in this message. Use it on a message with an arXiv or Hugging Face link, or in a paper's thread.
actions-offer = Shall I summarise the paper you linked? Opening a thread posts its card to the channel; questions can be asked there.
actions-offer-dismiss = No, thanks
actions-prompt-today = Today's papers
actions-prompt-today-words = What are today's papers about?
actions-prompt-topic = Papers on { $topic }
actions-prompt-topic-words = Are there papers on { $topic }?
actions-prompt-explain = Explain { $title }
actions-prompt-explain-words = Explain the main idea of { $paper }

actions-save = Save
actions-menu-abstract = Abstract
actions-menu-related = Related papers
actions-menu-bibtex = BibTeX
actions-menu-more = More like this
actions-menu-unwanted = Less like this
actions-no-abstract = No abstract is stored.
actions-unwanted-told = Noted: less like this. It counts when papers are ordered for this channel.
actions-unwanted-told-own = Noted: less like this. It counts when papers are chosen for your own digest.
actions-more-told = Noted: more like this. It counts when papers are ordered for this channel.
actions-more-told-own = Noted: more like this. It counts when papers are chosen for your own digest.
actions-menu-correct = Correct the summary
actions-correction-form = Correct the summary

actions-share = Share
actions-share-title = Share with a channel
actions-share-submit = Share
actions-share-channel = Channel
actions-share-comment = Your comment
actions-share-by = { $user } shared this paper.
actions-share-by-member = A member shared this paper.
actions-share-posting = Posting it to the channel…
actions-share-done = Shared with { $channel }. Questions can be asked in its thread there.
actions-share-known = { $channel } has a thread for this paper already. If you added a comment, it stands in that thread.
actions-share-no-channel = Please choose a channel.
actions-share-not-in-channel = Paperboy is not in that channel and cannot post there. Type `/invite @Paperboy` in it, then press again.
actions-no-related = The archive has no related papers.
actions-related = Related papers: { $title }
actions-home-change = Change settings

actions-forget = Delete my data
actions-forget-submit = Delete
actions-forget-keep = Keep it
actions-forget-goes = What goes, for good
actions-forget-said = { $count ->
    [one] { $count } message of yours
   *[other] { $count } messages of yours
} that Paperboy heard
actions-forget-questions = { $count ->
    [one] { $count } question or answer
   *[other] { $count } questions and answers
}
actions-forget-feedback = { $count ->
    [one] { $count } rating of an answer
   *[other] { $count } ratings of answers
}
actions-forget-notes = { $count ->
    [one] { $count } note you wrote, also if
   *[other] { $count } notes you wrote, also those
} the team could read
actions-forget-corrections = { $count ->
    [one] { $count } summary you corrected: the one before is shown again
   *[other] { $count } summaries you corrected: those before are shown again
}
actions-forget-saved = { $count ->
    [one] { $count } saved paper
   *[other] { $count } saved papers
}
actions-forget-signs = { $count ->
    [one] { $count } sign
   *[other] { $count } signs
} of interest: papers you opened, liked or asked about
actions-forget-messages = { $count ->
    [one] { $count } record
   *[other] { $count } records
} of your messages with Paperboy; a subscription made there ends
actions-forget-profile = Language and time zone
actions-forget-stays = What stays
actions-forget-stays-slack = Messages in Slack; you can delete yours there
actions-forget-stays-channels = Subscriptions and digests of channels; in what Paperboy stores, only your name goes
actions-forget-stays-papers = Papers, machine-made summaries, and what was imported from or exported to Markdown
actions-forget-stays-others = What others wrote, even where it names you
actions-forget-stays-backups = Backups of the database that were made already; ask whoever runs Paperboy
actions-forget-for-good = This cannot be undone.
actions-forget-waiting = Deleting…
actions-forget-done = Deleted for good
actions-forget-anew = If you use Paperboy again it begins anew: opening its Home or writing to it reads your language and time zone from your Slack profile.
actions-forget-nothing = Paperboy keeps nothing about you.
actions-correction-kept = Your correction is kept. Posts about this paper show it now, with your name at what you changed.
actions-note-kept = Your note is kept. Posts about this paper show it now.
