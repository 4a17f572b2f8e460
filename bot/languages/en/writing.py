"""English as a model writes it."""

from bot.languages.language import Writing

_TELLS_NOT = r"provide|mention|specify|state|discuss|describe|report|address|give|say|tell"

_SAID = (
    r"sa(?:y|id)|stat|mention|specif|report|describ|discuss|disclos|reveal|g[ia]ve|provid|list|nam|"
    r"explain|indicat|t(?:ell|old)|detail|address|includ|compar|evaluat|test|cover|show|releas"
)

WRITING = Writing(
    absence=(
        r"\b(?:papers?|authors?|passages?|texts?|they|it|abstract|article|study|tables?|sections?)\b"
        r"[^.!?]{0,40}\b(?:do|does|did|is|are|was|were|has|have)(?:n['’]t| not)\b[^.!?]{0,30}"
        rf"\b(?:{_SAID})"
        rf"|\bnot (?:\w+ ){{0,2}}(?:{_SAID})\w*\b"
        r"|\bno (?:\w+ ){0,3}(?:mention|information|details?|comparison|section|discussion)\b"
        rf"|\b(?:never|nowhere) (?:\w+ ){{0,2}}(?:{_SAID})"
        r"|\bcannot be (?:told|answered|found|determined)\b|\bnothing (?:is|in|about|on)\b"
    ),
    yes_or_no=(
        r"yes|no|correct|not (?:quite|exactly|really)|partly|that is (?:not )?(?:so|true|right)"
    ),
    negation=(
        r"\bnot\b|n['’]t\b|\bno\b|\bnever\b|\bneither\b|\brather than\b|\binstead\b|\bwithout\b"
    ),
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
    subject=(
        r"in this (?:paper|work|study|article),? "
        r"|this (?:paper|work|study|article) (?!(?:is|was|has|does) )(?=[a-z]{2,30}s )"
    ),
    to_a_model=(
        r"\blanguage models?\b|\bLLMs?\b|\bAI (?:model|system|reader|reviewer|summar|assistant)"
        r"|\bsummar(?:y|ies|i[sz])|\breview(?:s|er|ers|ing)?\b|\bthis (?:paper|work|abstract)\b"
    ),
)
