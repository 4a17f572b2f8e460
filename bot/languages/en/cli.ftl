cli-interrupted = Stopped. What was stored is kept.
cli-newer-database-copy = { $file } was written by a newer version of Paperboy. Please update Paperboy. To keep using this version, stop it and replace { $file } with { $copy }, the copy made before the update (and remove { $file }-wal and { $file }-shm). Anything stored since then is lost.
cli-newer-database = { $file } was written by a newer version of Paperboy. Please update Paperboy.
cli-database-unusable = The database { $file } cannot be used. { $trouble ->
    [full] The disk is full. Make room and start again.
    [failing] The disk cannot be read or written: it may be full, over its quota, or failing.
    [read-only] It can only be read.
    [not-opened] Check the path and its permissions.
    [locked] Others have kept it locked for too long. Try again in a moment.
    [closed] It was closed before the work was done.
    [damaged] The file is damaged. Restore a backup.
    [foreign] It is not a Paperboy database.
    [missing] It does not exist.
    [not-allowed] The user in the address lacks a permission there.
    [refused] The server does not let Paperboy in. Check the user, the password and the database in the address, and whether the server has a connection left.
    [busy-server] The server had no free connection in time.
    [unreachable] The server cannot be reached, or has ended the connection.
    [too-old] PostgreSQL 15 or newer is needed.
    [no-address] This is not a PostgreSQL address. Special characters in its password must be percent-encoded (@ is %40).
    [encoding] Its encoding must be UTF8. Create it again with that.
   *[other] There was an error.
}
cli-port-taken = Port { $port } is already in use. Set another number in { $name }.
cli-future-date = { $date } is in the future (in UTC). Use today or an earlier date.
cli-collecting = Fetching lists
cli-collected = { $date } { $source }: { $total ->
    [one] { $total } paper
   *[other] { $total } papers
} ({ $new } new, { $updated } updated)
cli-unreadable = { $date } { $source }: { $count ->
    [one] one paper is not on arXiv or could not be read
   *[other] { $count } papers are not on arXiv or could not be read
}
cli-source-problem = { $date } { $source }: the source gave no valid response, continuing with stored data.
cli-summarizing = Writing summaries
cli-summaries-to-repair = { $count ->
    [one] { $count } summary
   *[other] { $count } summaries
} will be tried again later.
cli-no-week = No papers are stored for { $week }.
cli-no-listings = No list of papers is stored yet. Run `paperboy collect` first.
cli-no-listing = There is no list for { $date }. Run `paperboy collect` first.
cli-backed-up = A copy of the database was saved to { $file }.
cli-migrating-copying = Copying rows
cli-migrating-comparing = Verifying rows
cli-migrating-vectors = Indexing vectors
cli-migrated = { $rows } rows were copied, and all of them were verified.
cli-empty-query = Please give some keywords to search for.
cli-empty-question = Please give a question.
cli-nothing-found = No papers found for “{ $query }”.
cli-posted = Posted the digest for { $date } in { $channel }.
cli-posted-before = The digest for { $date } has already been posted in { $channel }.
cli-post-waiting = Could not post in { $channel }. { $reason }
cli-running-socket = Paperboy is connected in Socket Mode. Press Ctrl-C to stop.
cli-running-http = Paperboy is listening on port { $port } at /slack/events. Press Ctrl-C to stop.
cli-not-subscribed = { $channel } has no subscription. Subscribe in Slack with /papers subscribe.
cli-stopping = Finishing the work in progress, then stopping.
cli-bot-token-missing = SLACK_BOT_TOKEN is not set. Choose your app on api.slack.com/apps and copy the Bot User OAuth Token (xoxb-…) from OAuth & Permissions.
cli-entrance-missing = Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set. For Socket Mode, set the xapp- token from Basic Information > App-Level Tokens; for HTTP, set the Signing Secret.
cli-demo-without-model = The demo does not use the model set in your environment. Add --model to use it.
cli-demo-by-hand = The papers are real; their contents are retold for the demo, in both languages. Without a model, a real Korean channel gets English sentences under Korean headings.
cli-demo-page = To try this workspace yourself, open this address in a browser: { $url }
    Press Ctrl-C to stop.
cli-demo-over = The workspace is closed. Its data is gone.
cli-demo-title = The morning of { $date } in a local workspace with { $channel }
cli-demo-morning = 1. The morning digest appears in { $channel }
cli-demo-today = 2. { $user } types /papers today
cli-demo-thread = 3. { $user } opens the thread of “{ $title }” and asks
cli-demo-digest-question = 4. { $user } asks about a paper by number in the digest's thread
cli-demo-only-you = visible only to this user
cli-demo-question = What are the limitations of this paper?
cli-demo-further-question = What does Clip-Higher change?
cli-demo-numbered-question = Which method does paper 3 use?
cli-demo-failed = The demo did not finish: { $step }
cli-now-needs-one-workspace = --now only works with a single workspace (SLACK_BOT_TOKEN).
cli-bot-token-and-oauth = SLACK_BOT_TOKEN is the token of a single workspace. Leave it empty when SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are set.
cli-signing-secret-missing = SLACK_SIGNING_SECRET is missing; installing by OAuth needs it. Copy it from the app's Basic Information page.
cli-oauth-half = SLACK_CLIENT_ID and SLACK_CLIENT_SECRET have to be set together. Copy both from the app's Basic Information page, or leave both empty.
cli-forget-sure = Delete all of this permanently?
cli-forget-said = messages
cli-forget-questions = questions and answers
cli-forget-feedback = ratings of answers
cli-forget-notes = notes
cli-forget-corrections = corrected summaries
cli-forget-saved = saved papers
cli-forget-signs = records of interest
cli-forget-messages = digests, posts, subscriptions
cli-forget-archive = imported digests and their papers
cli-forget-profile = language and time zone
cli-forget-access = workspace and its tokens
cli-forgotten = Deleted.
cli-no-manifest = The Slack app's manifest.json was not found. Run this in the repository folder, or reinstall the package.
cli-empty-archive = No papers are stored yet. Run `paperboy collect` or `paperboy import` first.
cli-nothing-kept = Nothing is stored about this member or workspace.
cli-nobody-saved = No paper has been saved.
cli-morning = { $channel }: { $outcome }
cli-morning-posted = posted the newest digest
cli-morning-already = the newest digest was posted already
cli-morning-revived = resent what had failed
cli-morning-quiet = said that there is nothing new
cli-morning-skipped = nothing to post
cli-morning-source-down = the source gave no list; the next run will try again
cli-morning-failed = failed; see the log for details
cli-morning-missed = too late for this digest, which is skipped
cli-nothing-due = No digest is due now.
cli-next-due = The next digest is due at { $moment }.
cli-morning-waiting = Not everything could be sent yet; the next run continues.
cli-no-channel = No channel is subscribed. Set PAPERBOY_CHANNEL, or run `paperboy init`.
cli-no-charts = The trends are written without their picture. To get it, install Paperboy with its extra, as in pip install ".[charts]".
cli-stats-papers = papers
cli-stats-listings = lists
cli-stats-summaries = summaries
cli-stats-passages = passages
cli-stats-subscriptions = subscriptions
cli-stats-digests = digests
cli-stats-deliveries = messages
cli-stats-threads = threads
cli-stats-questions = questions
cli-stats-notes = notes
cli-stats-model-calls = model calls
cli-stats-cost-usd-today = cost today (USD)
cli-stats-cost-usd-30-days = cost of 30 days (USD)
cli-stats-last-delivery = last message
cli-stats-next-delivery = next digest
cli-stats-heartbeat = last heartbeat
cli-stats-incidents = problems
cli-nothing-to-import = There is no Markdown file and no zip file of Markdown in { $paths }.
cli-not-empty = The database { $file } is not empty. Set PAPERBOY_DATABASE to a new one.
cli-no-such-file = There is no file { $file }.
cli-env-encoding = { $file } cannot be read. Save it as text in UTF-8.
cli-env-unreadable = { $file } cannot be read.
