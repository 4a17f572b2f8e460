"""Slack as Paperboy speaks to it: the client and its faults, Block Kit parts, who may see what."""
