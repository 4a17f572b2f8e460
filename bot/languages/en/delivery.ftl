delivery-channel-named = { $channel }
delivery-channel-here = this channel
delivery-problem-not-invited = I could not post the papers in { $channel }, because I am not a member there. Invite me with `/invite`, and the post follows at once.
delivery-problem-archived = I could not post the papers in { $channel }, because the channel is archived. To go on elsewhere, type `/papers subscribe` in another channel.
delivery-problem-forbidden = The settings of { $channel } keep me from posting the papers there ({ $code }). Please ask a channel manager to let me post.
delivery-problem-account = Slack does not accept Paperboy's connection ({ $code }). Please ask whoever runs Paperboy to run `paperboy check`.
delivery-given-up = What you wanted to have in { $channel } could not be posted. { $reason }
delivery-refused-not-invited = Paperboy is not a member of that channel. Type `/invite @Paperboy` in it, then ask again.
delivery-refused-archived = That channel is archived, so nothing can be posted there.
delivery-refused-forbidden = The settings of that channel keep Paperboy from posting there ({ $code }). Please ask a channel manager to allow it.
delivery-refused-account = Slack does not accept Paperboy's connection ({ $code }). Please ask whoever runs Paperboy to run `paperboy check`.
delivery-refused-other = Slack did not take the message ({ $code }), so it was not posted.
delivery-problem-other = I could not post the papers in { $channel } ({ $code }). If it goes on, please tell whoever runs Paperboy.

delivery-late-papers = { $count ->
    [one] One more paper came to the list of { $day } after this post.
   *[other] { $count } more papers came to the list of { $day } after this post.
}
delivery-part-moved = What stood here has moved up.
delivery-news-version = There is a new version of this paper: <{ $url }|version { $version }>.
delivery-news-code = The code of this paper is out: { $link }
delivery-news-withdrawn = This paper has been withdrawn by its authors. <{ $url }|arXiv says more.>
