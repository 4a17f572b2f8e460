"""Where papers come from, one file a source: fetching (I/O) and parsing (pure) side by side.

Parsers are lenient: what a source leaves out, adds or garbles costs at most that one field or
entry. A whole answer that makes no sense is a SourceError.
"""
