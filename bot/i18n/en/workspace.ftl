workspace-required-field = Please fill in this field.
workspace-no-answer = { $what } did not answer within 3 seconds (operation_timeout).
workspace-no-slash-in-threads = { $command } does not work in threads. Type it in the channel.
workspace-refused = The workspace refused this: { $error }
workspace-replies = { $count ->
    [one] { $count } reply
   *[other] { $count } replies
}
workspace-members = { $count ->
    [one] { $count } member
   *[other] { $count } members
}
workspace-page-about = A local workspace for trying Paperboy. Nothing leaves this computer.
workspace-page-acting-as = You are
workspace-page-channels = Channels
workspace-page-apps = Apps
workspace-page-home = Home
workspace-page-messages = Messages
workspace-page-home-empty = The app has not published a Home tab yet.
workspace-page-thread = Thread
workspace-page-close = Close
workspace-page-cancel = Cancel
workspace-page-back = Back
workspace-page-send = Send
workspace-page-save = Save
workspace-page-write = Message
workspace-page-reply = Reply…
workspace-page-reply-in-thread = Reply in thread
workspace-page-react = Add reaction
workspace-page-more = More actions
workspace-page-edit = Edit message
workspace-page-delete = Delete message
workspace-page-dismiss = Dismiss message
workspace-page-copy-link = Copy link
workspace-page-edited = (edited)
workspace-page-only-you = Only visible to you
workspace-page-app-badge = APP
workspace-page-try = Try this
workspace-page-try-today = /papers today
workspace-page-try-search = /papers search reinforcement learning
workspace-page-try-mention = @paperboy is there anything about reasoning today?
workspace-page-try-thread = Open a paper's thread and ask about it. Or become someone with another language and time zone.
workspace-page-shortcuts = Shortcuts
workspace-page-no-shortcuts = There are no shortcuts.
workspace-page-archived = This channel is archived.
workspace-page-not-member = Paperboy is not in this channel. Type /invite @paperboy to bring it in.
workspace-page-empty = No messages yet.
workspace-page-log = Payloads and calls
workspace-page-log-empty = Nothing was sent yet.
workspace-page-log-filter = Filter, e.g. chat, app_mention, error
workspace-page-log-waiting = waiting
workspace-page-log-to-app = Slack → app
workspace-page-log-from-app = App → Slack
workspace-page-connected = The app is connected
workspace-page-disconnected = No app is connected
workspace-page-theme = Light or dark
workspace-page-choose = Choose…
workspace-page-show-more = Show more
workspace-page-show-less = Show less
workspace-page-optional = optional
workspace-page-file-input = Files cannot be uploaded here.
workspace-page-unknown-block = A block that cannot be drawn
workspace-page-prompts = Try asking
workspace-page-stop = Stop
workspace-page-server-gone = The server is gone. Trying to connect again.
