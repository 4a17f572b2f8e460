cli-interrupted = Stopped. What was stored stays stored.
cli-newer-database-copy = { $file } was written by a newer Paperboy. Please update Paperboy. To stay with this version, stop it and put the copy from before the update, { $copy }, in the place of { $file } (remove { $file }-wal and { $file }-shm); what was stored since is lost.
cli-newer-database = { $file } was written by a newer Paperboy. Please update Paperboy.
cli-database-unusable = The database { $file } cannot be used: { $reason }
cli-port-taken = Port { $port } is taken. Put another number into { $name }.
cli-future-date = { $date } is still to come (in UTC). Give today or an earlier date.
cli-collecting = Collecting listings
cli-collected = { $date } { $source }: { $total ->
    [one] { $total } paper
   *[other] { $total } papers
} ({ $new } new, { $updated } updated)
cli-unreadable = { $date } { $source }: { $count ->
    [one] one entry is not on arXiv or could not be read
   *[other] { $count } entries are not on arXiv or could not be read
}
cli-source-problem = { $date } { $source }: the source gave no usable answer, going on with what is stored — { $reason }
cli-summarizing = Making summaries
cli-summaries-to-repair = { $count ->
    [one] { $count } summary
   *[other] { $count } summaries
} will be made again later.
cli-no-week = There are no papers for { $week }.
cli-no-listing = There is no listing for { $date }. Run `paperboy collect` first.
cli-backed-up = A copy of the database is in { $file }.
cli-migrated = { $rows } rows were carried over, and all of them have arrived.
cli-empty-query = Give some words to search for.
cli-empty-question = Give a question.
cli-nothing-found = No paper fits “{ $query }”.
cli-posted = Posted the digest of { $date } in { $channel }.
cli-posted-before = { $channel } has had the digest of { $date } already.
cli-post-waiting = Could not post in { $channel } ({ $reason }).
cli-running-socket = Paperboy is connected by Socket Mode. Press Ctrl-C to stop.
cli-running-http = Paperboy listens on port { $port }, /slack/events. Press Ctrl-C to stop.
cli-not-subscribed = { $channel } has no subscription. Subscribe in Slack with /papers subscribe.
cli-stopping = Finishing what is in hand, then stopping.
cli-bot-token-missing = SLACK_BOT_TOKEN is not set. Choose your app on api.slack.com/apps and copy the Bot User OAuth Token (xoxb-…) from OAuth & Permissions.
cli-entrance-missing = Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set. For Socket Mode give the xapp- token from Basic Information > App-Level Tokens, for HTTP the Signing Secret.
cli-demo-without-model = The demo leaves the model in your environment alone. Add --model to use it.
cli-demo-by-hand = The papers and English texts are real; the Korean abstracts and summaries were retold by hand for the demo. Without a model a real Korean channel gets English sentences under Korean headings.
cli-demo-page = Open { $url } in a browser to try this workspace yourself. Press Ctrl-C to stop.
cli-demo-over = The workspace is closed. Nothing of it is kept.
cli-demo-title = The morning of { $date } in a local workspace with { $channel }
cli-demo-morning = 1. The morning digest appears in { $channel }
cli-demo-today = 2. { $user } types /papers today
cli-demo-thread = 3. { $user } opens the thread of “{ $title }” and asks
cli-demo-digest-question = 4. { $user } asks by number in the digest's thread
cli-demo-only-you = only this person sees it
cli-demo-question = What are the limitations of this paper?
cli-demo-further-question = What does Clip-Higher change?
cli-demo-numbered-question = Which method does paper 3 use?
cli-demo-failed = The demo did not finish: { $step }
cli-now-needs-one-workspace = --now works with a single workspace (SLACK_BOT_TOKEN) only.
cli-bot-token-and-oauth = SLACK_BOT_TOKEN belongs to one workspace; with SLACK_CLIENT_ID and SLACK_CLIENT_SECRET set, leave it empty.
cli-signing-secret-missing = SLACK_SIGNING_SECRET is missing: installing by OAuth needs it. Copy it from the app's page Basic Information.
cli-oauth-half = SLACK_CLIENT_ID and SLACK_CLIENT_SECRET belong together. Copy both from the app's page Basic Information, or leave both empty.
cli-forget-sure = Delete { $count } rows for good?
cli-forgotten = Deleted { $count } rows.
cli-no-manifest = The Slack app's manifest.json is not at hand: run this from the checkout, or install the package anew.
