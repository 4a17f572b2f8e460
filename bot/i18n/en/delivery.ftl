delivery-problem-not-invited = I could not post the papers in { $channel }, because I am not in that channel. Invite me there with `/invite`, and the next morning's post will arrive.
delivery-problem-archived = I could not post the papers in { $channel }, because the channel is archived. To go on elsewhere, type `/papers subscribe` in another channel.
delivery-problem-forbidden = The settings of { $channel } keep me from posting the papers there ({ $code }). Please ask a channel manager to let me post.
delivery-problem-account = Slack does not accept Paperboy's connection ({ $code }). Please ask whoever runs Paperboy to run `paperboy check`.
delivery-problem-other = I could not post the papers in { $channel } ({ $code }). If it goes on, please tell whoever runs Paperboy.
