delivery-channel-named = { $channel }
delivery-channel-here = this channel
delivery-problem-not-invited = Paperboy could not post the digest in { $channel } because it is not in the channel. Type `/invite @Paperboy` there and it will be posted right away.
delivery-problem-archived = Paperboy could not post the digest in { $channel } because the channel is archived. To get it in another channel, type `/papers subscribe` there.
delivery-problem-forbidden = Paperboy could not post the digest in { $channel } because of the channel's settings ({ $code }). Please ask a channel manager to let Paperboy post.
delivery-problem-account = Slack refuses Paperboy's connection ({ $code }). Please ask your Paperboy admin to run `paperboy check`.
delivery-given-up = The message you requested could not be posted in { $channel }. { $reason }
delivery-refused-not-invited = Paperboy is not in that channel. Type `/invite @Paperboy` there and try again.
delivery-refused-archived = That channel is archived, so nothing can be posted there. Please try in another channel.
delivery-refused-forbidden = The settings of that channel do not allow Paperboy to post ({ $code }). Please ask a channel manager to allow it.
delivery-refused-account = Slack refuses Paperboy's connection ({ $code }). Please ask your Paperboy admin to run `paperboy check`.
delivery-refused-other = Slack refused the message ({ $code }). Please try again in a few minutes. If this continues, tell your Paperboy admin this code.
delivery-problem-other = Paperboy could not post the digest in { $channel } ({ $code }). If this continues, please tell your Paperboy admin.

delivery-late-papers = { $count ->
    [one] One more paper was added to the list for { $day } after this message was posted.
   *[other] { $count } more papers were added to the list for { $day } after this message was posted.
}
delivery-part-moved = This part has moved to the message above.
delivery-news-version = There is a new version of this paper: <{ $url }|version { $version }>.
delivery-news-code = The code for this paper is available: { $link }
delivery-news-withdrawn = This paper has been withdrawn by its authors. <{ $url }|See arXiv for details.>
