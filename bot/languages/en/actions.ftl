actions-no-date = Please add a date, such as `/papers date 2025-01-29` or `/papers date yesterday`.
actions-not-a-date = “{ $typed }” is not a date I recognize. Try `2025-01-29`, `1/29` or `yesterday`.
actions-no-such-day = There is no such day as “{ $typed }”.
actions-future-date = The list for { $day } is not out yet. The newest available is { $latest }.
actions-early-date = There is no list for { $day }. The first one is { $first }.
actions-day-unread = The list for { $day } could not be fetched: the source is not responding. Please try again later.
actions-no-paper = Please say which paper you mean: its number in the list, arXiv ID, link or title.
actions-no-such-number = There is no paper number { $number }. The current list goes from 1 to { $count }.
actions-empty-query = Please add some keywords, such as `/papers search reinforcement learning`.
actions-not-in-channel = Paperboy is not in this channel, so it cannot post here. Type `/invite @Paperboy` and press the button again.
actions-subscribed-waits = Your subscription is saved. Slack is not accepting messages right now. I will notify the channel as soon as it does.
actions-post-waits = Slack is not accepting messages right now. This will be posted as soon as it does.
actions-greeting = Hello, I'm Paperboy. I post a digest of AI papers every morning. `/papers today` shows the newest papers and `/papers help` everything else. In a paper's thread, just ask.

actions-status-title = Paperboy status
actions-status-subscription = Subscription
actions-status-not-subscribed = There is no subscription here. Type `/papers subscribe` to start one.
actions-status-sources = Sources
actions-status-last = Last digest
actions-status-none-yet = None yet.
actions-status-last-posted = The list for { $period }, posted { $moment }.
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
actions-status-source-fine = OK (checked { $moment })
actions-status-source-down = Not responding (checked { $moment }); using stored data
actions-status-model = Model
actions-status-no-model = None. Summaries and answers are sentences quoted from the papers.
actions-status-with-model = { $model }
actions-status-wrong = Problems
actions-status-heartbeat = Last heartbeat
actions-status-budget = { $model }; { $spent } of { $limit } USD used today (UTC)
actions-status-hint = Times are in the time zone { $timezone }.

actions-subscription-line = { $weekdays } at { $time } ({ $timezone }) · { $style } · { $language } · up to { $count ->
    [one] { $count } paper
   *[other] { $count } papers
} summarized
actions-every-day = every day
actions-weekly-never = Never
actions-subscription-weekly = weekly digest on { $day }
actions-bad-weekly = There is no weekday in “{ $typed }”. Try `weekly:fri`, or `weekly:off` to stop it.
actions-weekdays-from-to = { $first }–{ $last }
actions-weekday-0 = Mon
actions-weekday-1 = Tue
actions-weekday-2 = Wed
actions-weekday-3 = Thu
actions-weekday-4 = Fri
actions-weekday-5 = Sat
actions-weekday-6 = Sun
actions-style-brief = Brief
actions-style-highlights = Three highlights
actions-style-sections = Sections
actions-style-review = Review

actions-layout-list = One message
actions-layout-cards = One message per paper
actions-policy-questions = Answer what looks like a question
actions-policy-mentions = Answer only when mentioned
actions-policy-all = Answer every message
actions-empty-say = Say that there are none
actions-empty-skip = Post nothing
actions-late-edit = Add them to the digest
actions-late-reply = Add them in the thread

actions-form-title = Digest subscription
actions-form-submit = Subscribe
actions-form-save = Save
actions-form-more = More settings
actions-form-channel = For { $channel }
actions-form-own = For your direct messages with Paperboy
actions-form-close = Close
actions-form-preview = Preview
actions-form-preview-waiting = Reading the newest list…
actions-form-preview-title = What you would have received
actions-form-subscription-sources = Sources
actions-form-subscription-sources-hint = Separate with commas, for example: huggingface, arxiv:cs.CL (with cross-lists: arxiv:cs.CL+cross), arxiv:au:"A Name", arxiv:all:"some words" AND cat:eess.AS, openreview:ICLR.cc/2026/Conference
actions-form-subscription-now = Send now
actions-form-now = Send the newest digest now
actions-form-subscription-time = Time
actions-form-subscription-timezone = Time zone
actions-form-subscription-weekdays = Days
actions-form-subscription-weekly = Weekly digest
actions-form-subscription-weekly-hint = The papers and trends of a week, sent on this day at the same time. If sent Friday to Sunday, it covers the current week; if sent Monday to Thursday, the previous one.
actions-form-subscription-language = Language
actions-form-subscription-style = Style
actions-form-subscription-layout = Layout
actions-form-subscription-count = Papers to summarize
actions-form-subscription-count-hint = From 1 to 50. The others are listed by title, or left out if there are too many.
actions-form-subscription-topics = Topics
actions-form-subscription-topics-hint = Keywords, authors, organizations or arXiv categories, separated by commas. Papers that match are ranked higher.
actions-form-subscription-negative-topics = Topics to exclude
actions-form-subscription-negative-topics-hint = Matching papers are left out.
actions-form-subscription-thread-policy = Replies in threads
actions-form-subscription-empty-day = Days without papers
actions-form-subscription-late-papers = Papers added later
actions-form-no-time = Please choose a time.
actions-form-no-weekday = Please choose at least one day.

actions-bad-source = Unknown source “{ $typed }”. Sources look like huggingface, arxiv:cs.CL, arxiv:au:"A Name" or openreview:ICLR.cc/2026/Conference.
actions-no-source = Please enter at least one source.
actions-bad-count = Please enter a number from 1 to { $most }.
actions-bad-time = “{ $typed }” is not a time. Use the 24-hour clock, such as 09:00.
actions-bad-timezone = There is no time zone “{ $typed }”. Try Asia/Seoul or Europe/Paris.
actions-topic-too-long = The topic “{ $topic }…” is too long. The limit is 80 characters.
actions-too-many-topics = You can enter up to { $most } topics.
actions-subscribe-near = Unknown option “{ $typed }”. Did you mean “{ $near }”? For example: `/papers subscribe 09:00 mon-fri en highlights topics: agents, -robotics`
actions-subscribe-unknown = Unknown option “{ $typed }”. For example: `/papers subscribe 09:00 Asia/Seoul mon-fri en highlights topics: agents, -robotics`
actions-not-allowed = Only these people can change subscriptions: { $admins }
actions-no-subscription = There is no subscription here to cancel.
actions-subscribed = { $user } set up this channel's digest: { $subscription }
actions-subscribed-own = Your own digest, in these direct messages: { $subscription }
actions-subscribed-sources = Papers come from { $sources }.
actions-subscribed-now = The newest digest will arrive in a minute, unless it has already been posted.
actions-subscribed-passed = { $time } has already passed today. To get today's digest now, type `/papers subscribe now`.
actions-subscription-no-model = No language model is connected, so sentences are quoted from the papers in English.
actions-subscribed-next = The next digest is due { $moment }.
actions-subscribed-topics = Topics: { $topics }
actions-subscribed-without = Excluded: { $topics }
actions-subscribed-done-own = Your settings are saved.
actions-subscribed-done = Your settings are saved, and the channel has been notified.
actions-unsubscribed = { $user } cancelled this channel's subscription. Its settings are kept; type `/papers subscribe` to start again.
actions-unsubscribed-own = Your own digest is cancelled. Its settings are kept; type `/papers subscribe` to start again.
actions-unsubscribed-done = The subscription is cancelled.
actions-preview-nothing-stored = No list has been stored yet, so there is nothing to preview.
actions-preview = From { $total ->
    [one] the one paper
   *[other] the { $total } papers
} on the { $sources } { $lists ->
    [one] list
   *[other] lists
} for { $day }: { $count } with a summary{ $rest ->
    [0] { "" }
   *[other] , { $rest } by title
}{ $left ->
    [0] { "" }
   *[other] , { $left } not shown
}{ $hidden ->
    [0] { "" }
   *[other] , { $hidden } excluded
}.
actions-preview-missing = The { $sources } { $lists ->
    [one] list
   *[other] lists
} could not be fetched yet. Press Preview again in a minute.
actions-preview-wrong = Not applied: { $problem }

actions-saved = Saved: { $title }
actions-saved-before = You have already saved this paper: { $title }
actions-unknown-list = There is no format “{ $typed }”. Try `/papers saved bibtex`, `csl` or `markdown`.
actions-list-title = { $count ->
    [one] Your saved paper as { $kind }
   *[other] Your { $count } saved papers as { $kind }
}
actions-list-file = { $title }: sent to your direct messages with Paperboy as { $file }.
actions-list-pages = { $title }: sent to your direct messages with Paperboy in { $pages } parts.
actions-nothing-saved = You have no saved papers. Type `/papers save 3` or press Save on a paper's card.
actions-saved-title = { $count ->
    [one] { $count } saved paper, { $unread } unread
   *[other] { $count } saved papers, { $unread } unread
}
actions-mark-read = Mark as read
actions-mark-unread = Mark as unread
actions-unsave = Remove from saved
actions-notes-title = Notes: { $title }
actions-no-notes = There are no notes yet.
actions-note-add = Add a note
actions-note-by = { $user }, { $day }
actions-note-from = { $origin }, { $day }
actions-note-form = Add a note
actions-note-label = Note
actions-note-submit = Save
actions-seen-by-team = Visible to everyone in this workspace.
actions-seen-by-channel = Visible only in { $channel }.
actions-seen-by-you = Visible only to you.
actions-empty-note = Please write something.
actions-long-note = A note can have up to { $most } characters.

actions-home-search = Search the archive
actions-home-search-hint = reinforcement learning, 2503.14476…
actions-home-today = Newest papers
actions-home-saved = Saved papers
actions-home-own = Your own digest
actions-home-own-none = You can get your own digest in your direct messages with Paperboy: your sources and topics, and papers related to those you saved or marked.
actions-home-own-begin = Set it up
actions-home-own-change = Change settings
actions-home-learned = What it learned
actions-learned-title = What your digest has learned
actions-learned-how = Your own digest learns from papers that you save, react to, or mark with “More like this” or “Less like this”. Nobody else can see this.
actions-learned-nothing = Nothing yet.
actions-learned-more = { $count ->
    [one] { $count } paper marked “More like this”
   *[other] { $count } papers marked “More like this”
}
actions-learned-less = { $count ->
    [one] { $count } paper marked “Less like this”
   *[other] { $count } papers marked “Less like this”
}
actions-learned-reset = Reset what was learned
actions-home-channels = Channels with a digest
actions-home-no-channels = None yet. Type `/papers subscribe` in a channel.
actions-home-next = Next digest { $moment } ({ $timezone })
actions-home-language = Language of my replies to you
actions-home-language-auto = Same as Slack
actions-home-refresh = Refresh
actions-search-title = Search papers
actions-search-label = Keywords
actions-search-submit = Search
actions-ask-title = Ask about a paper
actions-ask-label = Question
actions-ask-submit = Ask
actions-no-paper-here = I found no paper in this message. Try a message with an arXiv or Hugging Face link, or one in a paper's thread.
actions-offer = Would you like a summary of the paper you linked? Paperboy will post the paper's card to the channel, and you can ask questions in its thread.
actions-offer-accept = Summarize
actions-offer-dismiss = No, thanks
actions-prompt-today = Today's papers
actions-prompt-today-words = What are today's papers about?
actions-prompt-topic = Papers on { $topic }
actions-prompt-topic-words = Are there any papers on { $topic }?
actions-prompt-explain = Explain { $title }
actions-prompt-explain-words = Explain the main idea of { $paper }

actions-save = Save
actions-menu-abstract = Abstract
actions-menu-related = Related papers
actions-menu-bibtex = BibTeX
actions-menu-more = More like this
actions-menu-unwanted = Less like this
actions-no-abstract = No abstract is stored for this paper.
actions-unwanted-told = Noted. Papers like this will be ranked lower in this channel.
actions-unwanted-told-own = Noted. Your own digest will have fewer papers like this.
actions-more-told = Noted. Papers like this will be ranked higher in this channel.
actions-more-told-own = Noted. Your own digest will have more papers like this.
actions-menu-correct = Correct the summary
actions-correction-form = Correct the summary

actions-share = Share in channel
actions-share-title = Share in channel
actions-share-submit = Share
actions-share-channel = Channel
actions-share-comment = Message
actions-share-by = { $user } shared this paper.
actions-share-by-member = A member shared this paper.
actions-share-posting = Posting to the channel…
actions-share-done = Shared in { $channel }. You can ask questions in its thread there.
actions-share-known = { $channel } already has a thread for this paper. If you added a message, it was posted in that thread.
actions-share-no-channel = Please choose a channel.
actions-share-not-in-channel = Paperboy is not in that channel, so it cannot post there. Type `/invite @Paperboy` in that channel and press the button again.
actions-no-related = There are no related papers in the archive.
actions-related = Related papers: { $title }
actions-home-change = Change settings

actions-forget = Delete my data
actions-forget-submit = Delete
actions-forget-keep = Cancel
actions-forget-goes = What will be deleted
actions-forget-said = { $count ->
    [one] { $count } message of yours
   *[other] { $count } messages of yours
} stored by Paperboy
actions-forget-questions = { $count ->
    [one] { $count } question or answer
   *[other] { $count } questions and answers
}
actions-forget-feedback = { $count ->
    [one] { $count } rating of an answer
   *[other] { $count } ratings of answers
}
actions-forget-notes = { $count ->
    [one] { $count } note you wrote. It disappears
   *[other] { $count } notes you wrote. They disappear
} for everyone.
actions-forget-corrections = { $count ->
    [one] { $count } summary you corrected (the original is shown again)
   *[other] { $count } summaries you corrected (the originals are shown again)
}
actions-forget-saved = { $count ->
    [one] { $count } saved paper
   *[other] { $count } saved papers
}
actions-forget-signs = { $count ->
    [one] { $count } record
   *[other] { $count } records
} of your interest: papers you opened, reacted to, marked or asked about
actions-forget-messages = { $count ->
    [one] { $count } record
   *[other] { $count } records
} of your direct messages with Paperboy; a subscription set up there is cancelled
actions-forget-profile = Your language and time zone
actions-forget-stays = What will be kept
actions-forget-stays-slack = Messages in Slack. You can delete your own there.
actions-forget-stays-channels = Subscriptions and digests of channels. Only your name is removed from what Paperboy stores.
actions-forget-stays-papers = Papers, summaries written by a model, and anything imported from or exported to Markdown
actions-forget-stays-others = Messages and notes by other people, even if they mention you
actions-forget-stays-backups = Existing database backups. Please ask your Paperboy admin.
actions-forget-for-good = This cannot be undone.
actions-forget-waiting = Deleting…
actions-forget-done = Your data has been deleted
actions-forget-anew = If you use Paperboy again, it starts storing data again: when you open its Home or write to it, it reads your language and time zone from your Slack profile.
actions-forget-nothing = Paperboy stores no data about you.
actions-correction-kept = Your correction is saved. Messages about this paper now show it, with your name on the parts you changed.
actions-note-kept = Your note is saved. Messages about this paper now show it.
