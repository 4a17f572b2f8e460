"""English words that claim much, and words for directions."""

from bot.languages.language import Claims

_VALUE = r"(\d(?:[\d.,]{0,18}\d)?(?:[KkMB](?![A-Za-z]))?)"
CLAIMS = Claims(
    strong={
        "first": (
            r"\bfirst (?:to|ever|open|time|system|model|method|work|fully)\w*|\bpioneer",
            r"\b(?:the|a|an|our|as|is) first\b|\bfirst (?:to|ever|time)\b|\bpioneer",
        ),
        "most": (
            r"\bbest\b|\bstate-of-the-art\b|\bsota\b|\bunprecedented\b"
            r"|\b(?:high|low|larg|bigg|small|strong|fast|great)est\b",
            r"\bbest\b|\bstate-of-the-art\b|\bsota\b|\b(?:high|low|larg|strong|fast|great)est\b"
            r"|\bmost\b|\bleast\b|\bunprecedented\b|\btop\b|\bmaxim|\bminim|\boptimal",
        ),
        "only": (
            r"\bthe only\b|\bno other\b",
            r"\bonly\b|\bunique(?:ly)?\b|\bsole(?:ly)?\b|\bno other\b",
        ),
        "all": (
            r"\b(?:in|on|across|over|at|for|of|outperform\w*) (?:all|every)\b|\balways\b|\bnever\b",
            r"\ball\b|\bevery|\beach\b|\balways\b|\bnever\b|\bentire|\buniversal|\bconsistent"
            r"|\bany\b|\bboth\b|\bacross\b|\bfully\b|\bcomplete",
        ),
    },
    ways={
        "order": (
            r"\bfirst\b|\binitial|\bearl(?:y|ier|iest)\b|\bbefore\b|\bbegin|\bprior\b|\bupper\b",
            r"\blast\b|\bfinal|\blat(?:e|er|est)\b|\bafter\b|\bend\b|\bsubsequent|\bbottom\b",
        ),
        "amount": (
            r"\bincreas|\brais(?:e|es|ed|ing)\b|\bris(?:e|es|ing)\b|\brose\b|\bgrow|\bgrew\b"
            r"|\bclimb|\bhigher\b|\bup\s+(?:from|by|to)\b",
            r"\bdecreas|\breduc|\bdrop(?:s|ped|ping)?\b|\bfall(?:s|ing)?\b|\bfell\b|\bdeclin"
            r"|\blower|\bshrink|\bshrank\b|\bdown\s+(?:from|by|to)\b",
        ),
        "trend": (
            r"\bincreas|\brais(?:e|es|ed|ing)\b|\brise|\brose\b|\bimprov|\bgain|\bboost|\bhigher\b"
            r"|\bgrow|\bmore\b|\bfaster\b|\blonger\b|\b(?:larg|bigg|great)(?:er|est)\b|\bexpand|\bencourag|\bpromot",
            r"\bdecreas|\breduc|\bdrop|\bfall|\bfell\b|\bdeclin|\blower|\bdegrad|\bless\b|\bfewer\b"
            r"|\bslower\b|\bshort(?:er|en)|\bsmaller\b|\bcollaps|\bshrink|\bworse|\bsub-?optimal|\bhurt|\blimit",
        ),
        "rank": (
            r"\boutperform|\bsurpass|\bexceed|\bbeat|\bbetter\b|\babove\b|\bsuperior|\bahead\b",
            r"\bunderperform|\bbehind\b|\bworse\b|\bbelow\b|\binferior|\bfalls? short|\blag",
        ),
        "use": (
            r"(?<!dispense )(?<!dispensed )(?<!dispenses )(?<!dispensing )(?<!away )\bwith\b"
            r"|\bus(?:e|es|ed|ing)\b|\badd(?:s|ed|ing)?\b|\bappl(?:y|ies|ied)|\badopt|\bneed"
            r"|\bkeep|\bemploy|\binclud|\blearn(?:s|ed)?\b",
            r"\bwithout\b|\bremov|\beliminat|\bexclud|\bomit|\bdiscard|\bforgo"
            r"|\bdispens|\baway with\b|\bavoid|\bfree\b|\binstead of\b|\bnot\b|\bno\b|\bneither\b"
            r"|\bdrops?\b|\breplac",
        ),
    },
    compared_before=(
        r"\b(?:(?:compared|contrary|relative) (?:to|with)|contrast to|than|unlike|against|over"
        r"|versus|vs\.?|outperform\w*|surpass\w*|exceed\w*|beat\w*|behind|below|above|replac\w+"
        r"|instead of|rather than)\s+(?:[^\s,;]{1,30}\s){0,3}$"
    ),
    units="points?|percent",
    cuts=(
        r"\b(?:and|while|whereas|but|versus|vs\.?|compared\s+(?:to|with)|against|than|"
        r"outperform\w*|surpass\w*|exceed\w*|beat(?:s|ing)?|followed\s+by|instead\s+of|"
        r"rather\s+than)\b"
    ),
    in_order=r"\brespectively\b",
    from_to=(
        rf"\bfrom\s+(?:\S+\s+){{0,3}}?{_VALUE}\S{{0,20}}\s+(?:\S+\s+){{0,3}}?(?:up\s+|down\s+)?to\s+"
        rf"(?:\S+\s+){{0,3}}?{_VALUE}"
    ),
)
