"""Mentions, commands, chat templates and codes: what addresses a machine in any language."""

from bot.fulltext.injection_patterns import Language, Pattern

_PLAIN = Language({})
_orders, _phrases = _PLAIN.orders, _PLAIN.phrases

_MENTIONS = [
    *_phrases(
        "mention",
        r"(?<![\w.+-])@(?:channel|here|everyone|all)\b(?![\w.-]*\.\w)",
        r"<!(?:channel|here|everyone|subteam\b[^<>]*)(?:\|[^<>]*)?>",
        r"<[@#][uwcgs][a-z0-9]{2,}(?:\|[^<>]*)?>",
    ),
    *_orders(
        "mention",
        r"(?:ping|notify|alert|tag|mention|page|wake(?: up)?|call|message|dm) (?:the )?(?:whole "
        r"|entire |all )?(?:everyone|everybody|channel|team|workspace|members|all (?:users"
        r"|members"
        r"|people)|admins?|here|users? in)\b",
    ),
]

_TOOLS = [
    *_orders(
        "tool",
        r"(?:execute|run|invoke|call|trigger|eval|launch|use|perform)\b{~25}\b(?:the following"
        r"|this|these|your|the) (?:\w+ ){0,2}?(?:code|commands?|scripts?|tools?|functions?|shell"
        r"|terminal|sql|plugins?|action)\b{~30}(?::|\bto (?:delete|send|post|read|open|fetch|list"
        r"|remove)\b|`|$|\bnow\b|\bimmediately\b|\w_\w)",
        r"(?:delete|remove|drop|wipe|erase|archive|destroy|truncate|kick|invite|leave|rename)\b"
        r"{~20}\b(?:all|every|the|this|your) (?:\w+ )?(?:channels?|messages?|databases?|tables?"
        r"|files?|users?|history|papers|summaries|members?|records?|subscriptions?)\b",
        r"(?:unsubscribe|subscribe|change|disable|turn off|set|switch off)\b{~20}\b(?:all|every"
        r"|the|your|this) (?:\w+ )?(?:users?|channels?|settings|filters?|safety|digests?"
        r"|notifications?|checks?)\b",
    ),
    *_phrases(
        "tool",
        r"\brm -rf\b|\bcurl -|\bos\.system\(|\bsubprocess\.|\bdrop table\b|<script\b"
        r"|\bjavascript:|\bonerror ?=",
    ),
]

_TEMPLATES = _phrases(
    "markup",
    r"<\|",
    r"\bto=[a-z_]+[.:][a-z_]+|\btools?\.[a-z_]+\(",
    r"\[/?inst\]|<</?sys>>|<(?:start|end)_of_turn>",
    r"</?(?:system|assistant|user|developer|instructions?|prompt|human|tool_call|function_call)>",
    r"(?:^|[.!?] |\s)#{2,4} ?(?:instructions?|system|assistant|human|user|response|input)\b ?:?",
    r"(?:^[\W_]*|[.!?\"”] |\[|\(|\*\*)(?:system|assistant|developer|human|admin(?:istrator)?|root"
    r"|user|moderator|operator)(?: (?:prompt|message|override|note|instructions?|notice|update"
    r"|command|alert|says))?(?:\])?\*{0,2}:(?!//)",
    r"\[(?:system|assistant|admin|developer|user)(?: \w+){0,2}\]",
    r"[\"']role[\"'] ?: ?[\"'](?:system|assistant|user|developer)[\"']",
    r"<!--|-->",
    r"!\[[^\]]{0,80}\]\([^)]{0,300}\)",
    r"<(?:img|iframe|a|svg|object|embed|form|link|meta|style|input|video)\s[^>]{0,300}(?:>|$)",
    r"<https?://[^>|]{3,300}\|[^>]{1,200}>",
    r"\[comment\]: ?#|\\iffalse\b|\\phantom\{|\{%|\{\{[^}]{1,80}\}\}",
    r"\bbegin (?:system|admin|hidden|secret|new)\b{~20}\b(?:prompt|message|instructions?"
    r"|override)\b",
)

_ENCODED = [
    *_orders(
        "encoded",
        r"(?:decode|decrypt|deobfuscate|unscramble|decipher|interpret|un-?base64|translate"
        r"|reverse"
        r"|read)\b{~40}\b(?:base64|rot ?13|hex(?:adecimal)?|morse|cipher|encoded|following string"
        r"|backwards?)\b",
    ),
    *_phrases(
        "encoded",
        r"\b(?:base64|rot13|hex|morse)\b{~40}\b(?:follow|obey|execute|do what"
        r"|and (?:then )?(?:act"
        r"|comply))",
    ),
]

# Each of these alone makes a sentence one that addresses a model.
MARKUP: list[Pattern] = [*_MENTIONS, *_TOOLS, *_TEMPLATES, *_ENCODED]
