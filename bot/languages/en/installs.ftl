# Pages that somebody who installs Paperboy by OAuth sees.
installs-done = Paperboy is installed in { $team }. Invite it to a channel and write /papers subscribe there.
installs-failed = Paperboy was not installed ({ $reason }). Please start again from the installation link; if it fails again, tell whoever runs Paperboy.
