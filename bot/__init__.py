"""What Paperboy does: collect, summarise, choose, deliver and answer. No Slack payload shapes.

May import ``storage`` and libraries; never ``handlers`` (only ``bot.app`` wires those in).
"""
