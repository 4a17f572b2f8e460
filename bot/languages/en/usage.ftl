usage-paperboy = Brings your team AI papers: morning digests, search, and answers with evidence.

    New here? Try it with `paperboy demo`, then set it up with `paperboy init`.
usage-team = The workspace to use, if several have installed Paperboy.
usage-as-json = Output for scripts.
usage-language = Default: PAPERBOY_LANGUAGE.
usage-count = Maximum number of papers.
usage-channel = Post it in this channel.
usage-dry-run = Print the Block Kit JSON and send nothing.
usage-ask = Ask QUESTION about PAPER (an arXiv ID, link, or words of its title).
usage-backup = Write a consistent copy of the database to FILE while the bot runs.
usage-check = Check settings, database, tokens, scopes, sources and model; one line each.
usage-collect = Fetch and store lists and papers.
usage-collect-day = One day. Default: the newest list, and those that still change.
usage-collect-first = First day of a range.
usage-collect-last = Last day of a range; default: the newest.
usage-demo = Show the whole product in a local workspace: no keys, no network.
usage-demo-once = Stop after the transcript.
usage-demo-port = Port of the local workspace; 0 picks any free one.
usage-demo-with-model = Use the configured model.
usage-digest = Compose a day's digest; with --channel post it.
usage-digest-day = Default: the newest stored list.
usage-digest-style = Default: PAPERBOY_STYLE.
usage-export = Write a digest as Markdown for GitHub, Docusaurus or Discourse.

    An imported digest is written as it was, with the notes added since and the pictures it shows. If these lie above its folder, the file is written into folders named as those it came from. Any other digest is composed from stored data.
usage-export-style = Style of the digest.
usage-export-day = The day, for all styles but weekly.
usage-export-week = The week, for the style weekly.
usage-export-out = Folder to write to.
usage-export-offline = Write no new summaries; use stored data only.
usage-export-front-matter = Begin the file with a YAML block.
usage-forget = Delete what is stored about the member USER (U…), or everything of a workspace.

    Papers and summaries written by a model are kept. Backups are not changed.
usage-forget-workspace = Everything of the workspace, and its token.
usage-forget-dry-run = Count only.
usage-forget-yes = Don't ask.
usage-import = Import files, folders, Git checkouts and zip files of Markdown digests of any style.

    Importing the same again changes nothing; a newer version of a digest replaces the older one. Unknown sections are stored as the paper's text, and the report says where. The heading gives the date of a digest; if the file name gives another date, the file name is used. A paper without an ID or link is looked up by its title, first in the archive, then at the sources; if it is not found, it is stored by title and reported.
usage-import-dry-run = Report what would happen and store nothing.
usage-import-offline = Do not look up titles on Hugging Face and arXiv.
usage-import-year = Year for dates written without one.
usage-init = Set Paperboy up: ask for what is needed, try it, write it to .env, send a sample digest.

    Each question can also be answered by an option. On later runs, an option changes that setting only.
usage-init-language = Language of the digests.
usage-init-bot-token = Bot User OAuth Token, from OAuth & Permissions.
usage-init-app-token = App-level token with connections:write, from Basic Information.
usage-init-channel = First channel, by name or ID.
usage-init-time = Time of the digest.
usage-init-timezone = Time zone of that time.
usage-init-base-url = Address of an OpenAI-compatible model server.
usage-init-key = Key of the model server.
usage-init-model = Name of the model.
usage-init-no-model = Use sentences quoted from the papers instead.
usage-init-sample = Whether to send a sample digest.
usage-init-browser = Whether to open the link that creates the app.
usage-init-file = Where the settings are written.
usage-manifest = Print the Slack app's manifest, or the link that creates the app from it.
usage-manifest-link = The address that opens Slack's form, filled in.
usage-manifest-distributed = For several workspaces, installed by OAuth.
usage-migrate = Copy everything from another database to the new one that PAPERBOY_DATABASE names, and verify each table by its number of rows and their checksum.

    Stop the bot first. The search index is rebuilt, which takes time.
usage-migrate-source = An SQLite file, or postgresql://…
usage-morning = Do what is due now and exit: for cron and scheduled CI jobs.

    Posts each subscribed channel's digest whose time has come, once, then brings earlier posts up to date. Threads and commands need `paperboy run`.
usage-run = Run the bot until SIGTERM or Ctrl-C.
usage-run-now = Post the digest in this subscribed channel now.
usage-saved = Print saved papers as BibTeX, CSL-JSON or Markdown.
usage-saved-member = Whose list. Default: papers saved by anyone.
usage-saved-kind = Output format.
usage-search = Search stored papers, in Korean or English.
usage-search-limit = Maximum number of papers.
usage-search-member = Whose list saved: means. Default: everyone's.
usage-stats = Counts, cost, last and next delivery.
usage-summarize = Write missing summaries.
usage-summarize-day = The papers of one day; default: the newest stored.
usage-summarize-paper = One paper, by arXiv ID or link.
usage-summarize-again = Write existing summaries again, too.
usage-weekly = Compose a week's digest with its trends; with --channel post it.
usage-weekly-text = Default: the last whole week.
usage-not-a-date = “{ $value }” is not a date such as 2025-03-19.
usage-file-exists = { $file } exists already. Use another name.
usage-no-folder = There is no folder { $folder }. Create it first.
usage-date-or-range = --date cannot be used with --from or --to.
usage-range-backwards = --from is after --to.
usage-week-needed = The style weekly needs --week, such as --week 2025-W12.
usage-date-needed = The style { $style } needs --date, such as --date 2025-03-19.
usage-user-or-workspace = Give either a USER or --workspace.
usage-morning-now = Each channel's newest digest now, unless it was posted already.
