usage-paperboy = Brings a team its AI papers: morning digests, search, answers with evidence.
usage-team = The workspace whose data are meant, when several installed Paperboy.
usage-as-json = For scripts.
usage-language = Default: PAPERBOY_LANGUAGE.
usage-count = Papers at most.
usage-channel = Post it there, through the outbox.
usage-dry-run = Print the Block Kit JSON and send nothing.
usage-ask = Ask QUESTION about PAPER (an arXiv ID, link, or words of its title).
usage-backup = Write a consistent copy of the database to FILE while the bot runs.
usage-check = Check settings, database, tokens, scopes, sources and model; one line each.
usage-collect = Fetch and store lists and papers.
usage-collect-day = One day; default: the newest and all unsettled.
usage-collect-first = First day of a range.
usage-collect-last = Last day of a range; default: the newest.
usage-demo = Show the whole product in a local workspace: no keys, no network.
usage-demo-once = Stop after the transcript.
usage-demo-port = Port of the local workspace; 0 takes any.
usage-demo-with-model = Use the model that is set.
usage-digest = Compose a day's digest; with --channel post it.
usage-digest-day = Default: the newest stored list.
usage-digest-style = Default: PAPERBOY_STYLE.
usage-export = Write a digest as Markdown for GitHub, Docusaurus or Discourse.

    An imported digest is written as it came, with the notes added since and the pictures from beside its file; any other is composed from what is stored.
usage-export-style = How it looks.
usage-export-day = The day, for all styles but weekly.
usage-export-week = The week, for the style weekly.
usage-export-out = The folder for it.
usage-export-offline = Make no summaries: what is stored must do.
usage-export-front-matter = Begin the file with a YAML block.
usage-forget = Delete what is kept about the member USER (U…), or all that a workspace owns.

    Papers and machine-made summaries stay. Backups keep what they hold.
usage-forget-workspace = All that the workspace owns, and its token.
usage-forget-dry-run = Count only.
usage-forget-yes = Don't ask.
usage-import = Take in files, folders, Git checkouts and zip files of Markdown digests of any style.

    Importing the same again changes nothing; a newer version of a digest takes the older one's place. What matches no known name is kept as the paper's text, and the report says where. A digest is of the day that its heading tells; where the file's name tells another one, the name wins. A paper without id or link is looked up by its title, first in the archive, then at the sources; one that nobody knows is kept under its title and listed.
usage-import-dry-run = Tell what would happen and store nothing.
usage-import-offline = Look no title up at Hugging Face and arXiv.
usage-import-year = The year of dates that are written without one.
usage-init = Set Paperboy up: ask for what is needed, try it, write it to .env, send a sample digest.

    Each question is an option as well. Later an option changes what it names and leaves the rest.
usage-init-language = Language of the digests.
usage-init-bot-token = Bot User OAuth Token, from OAuth & Permissions.
usage-init-app-token = App-level token with connections:write, from Basic Information.
usage-init-channel = First channel, by name or id.
usage-init-time = Time of the digest.
usage-init-timezone = Time zone of that time.
usage-init-base-url = Address of an OpenAI-compatible model server.
usage-init-key = Key of the model server.
usage-init-model = Name of the model.
usage-init-no-model = Choose sentences from the papers instead.
usage-init-sample = Whether to send a sample digest.
usage-init-browser = Whether to open the link that creates the app.
usage-init-file = Where the settings are written.
usage-manifest = Print the Slack app's manifest, or the link that creates the app from it.
usage-manifest-link = The address that opens Slack's form, filled in.
usage-manifest-distributed = For several workspaces, installed by OAuth.
usage-migrate = Carry everything from another database into the new one that PAPERBOY_DATABASE names, and check that it has arrived: the rows of each table by number and checksum.

    Stop the bot first. What search needs is made again, as long as it takes.
usage-migrate-source = An SQLite file, or postgresql://…
usage-morning = Do what is due now, and end: for cron and scheduled CI jobs.

    Posts each subscribed channel's digest whose time has come, once, then brings earlier posts up to date. Threads and commands need `paperboy run`.
usage-run = Run the bot until SIGTERM or Ctrl-C.
usage-run-now = Give this subscribed channel its digest at once.
usage-saved = Print saved papers as BibTeX, CSL-JSON or Markdown.
usage-saved-member = Whose list. Default: all that anybody saved.
usage-saved-kind = How it is written.
usage-search = Search stored papers, in Korean or English.
usage-search-limit = Papers at most.
usage-search-member = Whose list saved: means. Default: anybody's.
usage-stats = Counts, cost, last and next delivery.
usage-summarize = Make missing summaries.
usage-summarize-day = The papers of one day; default: the newest stored.
usage-summarize-paper = One paper, by arXiv ID or link.
usage-summarize-again = Make them again even where there are some.
usage-weekly = Compose a week's digest with its trends; with --channel post it.
usage-weekly-text = Default: the last whole week.
usage-not-a-date = “{ $value }” is not a date such as 2025-03-19.
usage-file-exists = { $file } exists already. Name a new file.
usage-no-folder = There is no folder { $folder }. Make it first.
usage-date-or-range = --date goes without --from and --to.
usage-range-backwards = --from is after --to.
usage-week-needed = The style weekly goes with --week, such as --week 2025-W12.
usage-date-needed = The style { $style } goes with --date, such as --date 2025-03-19.
usage-user-or-workspace = Name a USER, or give --workspace.
usage-morning-now = Each channel's newest digest now, unless it has had it.
