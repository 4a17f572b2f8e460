"""How payloads reach the Bolt app: Socket Mode, or signed HTTP requests.

Both take a :class:`bot.serving.bolt.SlackApp`, which may yet be in the making; neither knows what
it does.
"""
