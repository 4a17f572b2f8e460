"""Brings promised messages to Slack, each exactly once, and keeps them true afterwards.

``schedule`` says when a channel is due, ``morning`` makes its digest, ``outbox`` promises the
messages in the database and posts them, ``refresh`` edits them as listings settle, ``clockwork``
starts all of it in time. Only ``slack`` knows the Slack SDK; everything else talks to the
``SlackOut`` protocol in ``ports``.
"""
