# Pages that somebody who installs Paperboy by OAuth sees.
installs-done = Paperboy is installed in { $team }. Invite it to a channel and type /papers subscribe there.
installs-failed = Paperboy could not be installed. Please start again from the installation link. If it keeps failing, tell your Paperboy admin.
