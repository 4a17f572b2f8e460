"""English as a model writes it."""

from bot.languages.language import Writing

_TELLS_NOT = r"provide|mention|specify|state|discuss|describe|report|address|give"

WRITING = Writing(
    leftover=(
        r"\bpassages? \[?\d|\bas an ai\b|\blanguage model, i\b|\b(?:sure|certainly)[,!]"
        r"|\bhere is (?:the|a|your) (?:json|summary)|\bI (?:cannot|can't|am unable)\b"
    ),
    filler=(
        rf"\bnot (?:\w+ ){{0,2}}(?:{_TELLS_NOT})\w* (?:in|by) the (?:paper|passages?|text|abstract)"
        rf"|\b(?:paper|passages?|text|abstract) (?:does|do) not (?:\w+ )?(?:{_TELLS_NOT})"
        r"|\bno (?:specific )?(?:information|details?) (?:is|are|was|were)\b"
        r"|\bN/A\b|\bnone (?:mentioned|stated|given)\b"
    ),
    to_a_model=(
        r"\blanguage models?\b|\bLLMs?\b|\bAI (?:model|system|reader|reviewer|summar|assistant)"
        r"|\bsummar(?:y|ies|i[sz])|\breview(?:s|er|ers|ing)?\b|\bthis (?:paper|work|abstract)\b"
    ),
)
