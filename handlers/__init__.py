"""Slack's edge: the only place that knows payloads and acknowledgements.

Handlers turn a payload into a call on a service of ``bot`` and its result into a reply.
"""
