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
cli-no-listing = There is no listing for { $date }. Run `paperboy collect` first.
cli-backed-up = A copy of the database is in { $file }.
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

check-ok = Fine.
check-settings-ok = All settings were read.
check-database = { $file } ({ $papers ->
    [one] { $papers } paper
   *[other] { $papers } papers
})
check-bot-token-missing = No bot token. Copy the Bot User OAuth Token (xoxb-…) from api.slack.com/apps > OAuth & Permissions into SLACK_BOT_TOKEN.
check-bot-token-wrong = Slack does not accept the bot token ({ $code }). Copy the Bot User OAuth Token again from OAuth & Permissions.
check-bot-ok = Connects as { $name } in { $team }.
check-scopes-missing = Scopes are missing: { $scopes }. Add them under OAuth & Permissions and install the app again.
check-app-token-wrong = Slack does not accept the app token ({ $code }). Make a token with connections:write (xapp-…) under Basic Information > App-Level Tokens.
check-socket-mode = Socket Mode works.
check-http-mode = HTTP mode. Point the app's Request URL at /slack/events on port { $port } of this machine.
check-entrance-missing = Slack has no way in. Put the xapp- token from Basic Information > App-Level Tokens into SLACK_APP_TOKEN (Socket Mode), or the Signing Secret into SLACK_SIGNING_SECRET (HTTP).
check-channel-off = No first channel. Subscribe in Slack with /papers subscribe.
check-channel-unknown = Cannot tell whether the bot is in this channel.
check-channel-wrong = There is no such channel ({ $code }). Give the channel id that starts with C, not its name; invite the bot first if the channel is private.
check-channel-not-member = The bot is not in this channel. Type /invite @Paperboy there.
check-slack-unreachable = Slack cannot be reached. Check the network and SLACK_API_URL.
check-source-down = No answer ({ $reason }). Paperboy goes on with stored papers; check the network and the source's address in the settings.
check-model-off = No model: texts are chosen from the papers. Set OPENAI_API_KEY or OPENAI_BASE_URL for a model.
check-model-key = The model server refuses the key ({ $reason }). Check OPENAI_API_KEY, and OPENAI_BASE_URL if the key is for another server.
check-model-name = The server knows no model { $model } ({ $reason }). Set PAPERBOY_MODEL to a name it serves; near ones: { $near }.
check-model-unreachable = The model server does not answer ({ $reason }). Check OPENAI_BASE_URL, the network, and that the server runs.
check-model-quota = The account of this key has no money left ({ $reason }). Add credit, or use another key in OPENAI_API_KEY.
check-model-version = Nothing answers at { $url } ({ $reason }): /v1 is missing. Set OPENAI_BASE_URL={ $right }
check-model-address = Nothing at { $url } speaks the OpenAI protocol ({ $reason }). Check OPENAI_BASE_URL: with most servers it ends in /v1, which may be missing.
check-model-refused = The model server refuses what it is asked ({ $reason }), put in every way that Paperboy knows. Check PAPERBOY_MODEL, or use another server.
check-model-context = The model server does not take a prompt of the usual size whole ({ $reason }). Papers will be shown to it in part: give the server a larger context, or set PAPERBOY_CONTEXT_TOKENS to the one it has.
check-model-shapeless = { $model } answers, but not with the JSON object that summaries need: texts may be chosen from the papers instead.
check-model-other = The model does not answer ({ $reason }). Check OPENAI_API_KEY, OPENAI_BASE_URL and PAPERBOY_MODEL.
check-model-budget = { $model } is not tried: today's budget is used up (PAPERBOY_DAILY_BUDGET_USD).
check-embedding-wrong = The server makes no vectors with { $model } ({ $reason }). Set another name, or leave it empty for the embedded model.
check-embedding-without-model = An embedding model needs a server: set OPENAI_BASE_URL or OPENAI_API_KEY, or leave it empty for the embedded model.
check-disk = { $megabytes } MB are free.
check-disk-full = Only { $megabytes } MB are free beside the database, less than { $wanted } (PAPERBOY_DISK_FREE_MB). Make room, or move the database.
check-no-folder = There is no folder { $folder }. Make it, or change PAPERBOY_DATABASE.
check-folder-wrong = { $folder } cannot be written ({ $reason }). Mend its permissions, or name another folder.
check-admins-off = Nobody is told when something is wrong. Put member ids (U…) here; in Slack: a profile > ⋮ > Copy member ID.
check-admins-wrong = No member ids: { $ids }. Give ids that start with U, not names; in Slack: a profile > ⋮ > Copy member ID.
check-model-ok = { $model } answers.
check-oauth-ok = Slack knows the client. Workspaces install at { $address }
check-redirect-wrong = SLACK_REDIRECT_URI has to end in { $path }, in the app's settings (OAuth & Permissions) too.
check-client-wrong = Slack does not accept the client ({ $code }). Copy Client ID and Client Secret again from Basic Information.
check-channel-single = Counts for a single workspace only. Here each channel subscribes with /papers subscribe.
check-no-workspaces = No workspace has installed Paperboy yet. Open { $address }
check-workspace-no-token = The token of { $name } is gone. Somebody there has to install again: { $address }
check-workspace-wrong = Slack does not accept the token of { $name } ({ $code }). Somebody there has to install again: { $address }
check-workspace-scopes = { $name } lacks scopes: { $scopes }. Add them under OAuth & Permissions; then somebody there has to install again: { $address }
cli-now-needs-one-workspace = --now works with a single workspace (SLACK_BOT_TOKEN) only.
cli-bot-token-and-oauth = SLACK_BOT_TOKEN belongs to one workspace; with SLACK_CLIENT_ID and SLACK_CLIENT_SECRET set, leave it empty.
cli-signing-secret-missing = SLACK_SIGNING_SECRET is missing: installing by OAuth needs it. Copy it from the app's page Basic Information.
cli-oauth-half = SLACK_CLIENT_ID and SLACK_CLIENT_SECRET belong together. Copy both from the app's page Basic Information, or leave both empty.
cli-forget-sure = Delete { $count } rows for good?
cli-forgotten = Deleted { $count } rows.
cli-no-manifest = The Slack app's manifest.json is not at hand: run this from the checkout, or install the package anew.
