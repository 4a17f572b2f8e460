"""What text that addresses a language model looks like in English (and a little elsewhere)."""

from bot.fulltext.injection_patterns import Language, Pattern

WORDS = Language(
    {
        "MODEL": r"""a\.?i\.? llms? large_language_models? language_models? chat_?bots? assistants?
            chat_?gpt gpt(?:-?\d\w*)? claude gemini copilot bard llama summari[sz]ers?
            (?:ai|llm|automat(?:ed|ic)|virtual|language)[-_](?:reviewer|agent|assistant|model|system)s?
            (?:ai|llm|automat(?:ed|ic)|virtual|language)[-_](?:tool|reader|bot|evaluator|judge)s?
            (?:ai|llm|automat(?:ed|ic))[-_]summari[sz]ers?""",
        "RULES": """instructions? prompts? directions? directives? guidelines? rules? commands?
            orders? constraints? programming safety_rules safety_measures safety_training policy
            policies messages? restrictions? guardrails? everything_above everything_before tasks?
            training""",
        "BEFORE": """all any every previous prior above earlier preceding foregoing your the these
            those system original initial existing given former other my our""",
        "OUTPUT": """summary summaries responses? answers? outputs? reply replies reviews? digests?
            posts? messages? translations? tl;?dr evaluations? reports? highlights? conclusions?""",
        "ANSWER": """summary summaries answers? outputs? reply replies reviews? digests? tl;?dr
            responses?""",
        "PRAISE": r"""positive(?:ly)? favou?rabl[ey] glowing(?:ly)? enthusiastic(?:ally)?
            high(?:est|ly)? maximum excellent outstanding perfect full_marks? top best
            five[-_]stars? strong(?:ly)?_accept flattering 10/10 5/5 accept(?:ance|ed)?
            groundbreaking revolutionary breakthrough exceptional superb state[-_]of[-_]the[-_]art
            award brilliant flawless seminal landmark must[-_]read""",
        "VERDICT": """reviews? scores? ratings? evaluations? assessments? summary summaries
            recommendations? feedback verdicts? marks? grades? comments? terms light paper work
            manuscript submission accept rank(?:ing)? tone""",
        "JUDGEMENT": """reviews? scores? ratings? evaluations? assessments? feedback
            recommendation""",
        "FAULTS": r"""negativ\w* weakness\w* limitations? flaws? shortcomings? criticisms?
            drawbacks? problems? downsides? errors? failures? faults? caveats? concerns?
            anything_negative anything_bad anything_critical baselines? competing_work
            competing_methods? prior_work""",
        "WORK": "paper work method manuscript submission article approach study authors?",
        "SECRETS": r"""system_(?:prompt|message|instruction)s?
            (?:initial|hidden|original|secret|full|developer)_(?:prompt|message|instruction)s?
            (?:your|the)_(?:own_)?(?:prompts?|instructions?|rules|configuration|settings)
            api[-_]?keys? passwords? (?:your|the|all|any|stored|user)_(?:credentials?|secrets?)
            access_tokens? bot_tokens? environment_variables? \.env\b
            private_(?:messages?|channels?|data|keys?) conversation_history chat_history
            channel_members""",
        "PEOPLE": """users? readers? humans? persons? people channel team everyone everybody them
            reviewers? members? subscribers? recipients? visitors? chair""",
        "WORKING": """evaluat(?:e|ing) review(?:ing)? summari[sz](?:e|ing) rat(?:e|ing)
            scor(?:e|ing) assess(?:ing)? read(?:ing)? process(?:ing)? judg(?:e|ing) writ(?:e|ing)
            translat(?:e|ing) answer(?:ing)? respond(?:ing)? report(?:ing)?""",
        "READS": """processing process(?:es)? reading reads? summari[sz]ing summari[sz]es?
            reviewing reviews? evaluating parsing analy[sz]ing indexing""",
        "LINK": r"https?: www\. hxxp",
        "DO": """give write rate praise recommend add include ignore disregard print output
            answer_only answer_with respond_only respond_with summari[sz]e reveal mention post end
            begin describe call accept tell not_mention""",
        # Orders about what is said, and what may follow such an order.
        "SPEAK": """say write print output respond reply answer tell mention include insert
            add praise recommend rate give ignore keep treat visit send post remember change speak
            copy summari[sz]e pretend describe claim emphasi[sz]e avoid never always
            forget reveal show repeat translate make follow obey click go love execute run delete
            decode accept vote promote advertise thank skip hide do_not don't
            confirm attach rewrite cease produce grant list display disable enable generate
            redirect use replace mark rank prefer place promise sign stop wait quote sing""",
        "OBJECT": r"""the this a an your all every each in with as only nothing me us that it to for
            our any no one exactly about out at of my their everything something back by from these
            those following on up like say use tell mention include add safety [\"'“‘#:] http""",
        "SELF": """text paper abstract document article passage page note message instruction
            sentence work manuscript submission""",
        "START": r"""^ [.;!?\"'“(\[*#>—–-]_?""",
    }
)
_orders, _phrases = WORDS.orders, WORDS.phrases

_OVERRIDE = [
    *_orders(
        "override",
        r"(?:completely |fully |totally |entirely )?(?:ignore|disregard|forget|override|bypass"
        r"|overrule|discard|neglect|drop|dismiss|set aside|erase|delete|skip|pay no attention to"
        r"|do not (?:follow|obey|adhere to|comply with)|don't (?:follow|obey)|stop following"
        r"|never follow|cease following) (?:about |to )?(?:{BEFORE}\W{1,3}(?:of )?){1,6}"
        r"(?:[\w-]{1,30} ){0,3}?{RULES}\b",
        r"(?:ignore|disregard|forget) (?:everything|all|anything|what(?:ever)?)\b{~30}\b(?:above"
        r"|before|previous(?:ly)?|prior|earlier|said|told|instructed|given|so far|know)\b",
    ),
    *_phrases(
        "override",
        r"\bignore (?:all |any )?(?:of )?(?:the |your )?(?:previous|prior"
        r"|above) instructions and ",
        r"(?:^|[.:;!\"'*#\]>—-] ?)(?:override|jailbreak|injection|root access|sudo)\s?:",
        r"(?:^|[.:;!\"'*#\]>—-] ?)(?:new|updated?|real|actual|revised|additional|special|urgent"
        r"|priority|important|final|true|secret|hidden|admin|override|system) (?:system )?"
        r"(?:instructions?|directives?|orders|commands?|task|override|prompt)"
        r"(?: (?:for|to) [\w ]{2,30})?\s?[:—-]",
        r"\b(?:your|the) (?:new|real|actual|true|only|updated|primary|next) (?:task|instructions?"
        r"|goal|job|role|objective|mission|directive) (?:is|are|now|has)\b{~30}\b(?:to|that)\b"
        r"{~60}\b(?:you|this paper|praise|{OUTPUT}|user|reader|print|say)\b",
        r"\b(?:(?:above|previous|preceding) (?:instructions?|prompts?|text|rules|task|abstract)"
        r"|(?:instructions?|prompts?|rules|guidelines|task)s? (?:above|before this|so far))"
        r" (?:is|are|was|were) (?:now )?(?:void|invalid|cancel\w*|obsolete|outdated|a test"
        r"|revoked"
        r"|superseded|only a test|fake|over|no longer)\b",
        r"\b(?:real|actual|true|new) (?:rules|instructions?|task|orders|guidelines|assignment)"
        r" (?:begins?|starts?|follows?|comes?) (?:here|now|below|next)\b",
        r"\bend of (?:the )?(?:abstract|document|paper|system prompt|prompt|instructions|article"
        r"|user input|context)\b\W{0,8}(?:new|now|begin|start|system|ignore|you)\b",
        r"\b(?:enter|enable|activate|switch (?:in)?to|you are (?:now )?in)\b{~15}"
        r"\b(?:developer|dan|god|admin|debug|maintenance|jailbreak|unrestricted) mode\b",
        r"\byou are (?:now|no longer|henceforth|from now on)\b(?! (?:able|ready|reading"
        r"|free to))",
        r"\bfrom now on\b,? (?:you\b|always|answer|respond|reply|act|only|every|call|write"
        r"|speak)",
        r"\b(?:act|behave|respond|roleplay) as (?:if you (?:were|are|have)|though you)\b",
        r"\bpretend (?:to be|that you|you are)\b",
        r"\b(?:forget|abandon) (?:that )?you(?:r| are)\b",
        r"\bthis (?:instruction|message|note|command|prompt|notice)s? (?:overrides?|supersedes?"
        r"|takes? precedence|has priority|replaces?|is for)\b",
        r"\b(?:has|have|takes?|with) (?:higher|highest|absolute|top) priority (?:over"
        r"|than) (?:all"
        r"|any|the|your|every)\b{~25}{RULES}",
        r"(?:忽略|无视|無視|忘记|忘掉)[^。]{0,12}(?:指令|指示|提示|说明|規則|规则|プロンプト"
        r"|命令)",
        r"(?:以前|これまで|前|上記|すべて)の?[^。]{0,6}(?:指示|命令|プロンプト)を?(?:無視|忘れ)",
        r"\bignor(?:a|e|ez|iere?n?)\b{~20}\b(?:instrucciones|instructions pr[ée]c[ée]dentes"
        r"|anweisungen|istruzioni|instru[çc][õo]es)\b",
    ),
]

_PRAISE = [
    *_orders(
        "praise",
        r"(?:only )?(?:give|write|provide|produce|return|assign|generate|offer|recommend|rate"
        r"|score|submit|award|grant|rank|review|evaluate|assess|judge|describe|summari[sz]e"
        r"|present|portray|call|label|grade|mark|declare|treat|conclude|state|say|emphasi[sz]e"
        r"|highlight)\b(?!-){~60}\b{PRAISE}\b{~30}\b{VERDICT}\b(?=[^.]{0,120}.?$)",
        r"(?:rate|score|rank|describe|call|label|present|portray|praise|promote|endorse|recommend"
        r"|accept|champion|review|evaluate|assess|judge|grade) (?:this|the|it)(?: {WORK})?\b{~40}"
        r"(?:\b(?:as|with|at|for|over|above|first|to|highly|very|positive\w*|favou?rabl\w*)\b"
        r"|\b\d+ ?(?:/|out of|stars|points))",
        r"(?:describe|present|portray|call|label|declare|summari[sz]e|treat|promote) (?:this"
        r"|our|the)"
        r" (?:{WORK}|results?|findings|model)\b{~30}\bas\b{~30}\b{PRAISE}\b",
        r"(?:do not|don't|never|avoid|refrain from) (?:ever )?(?:mention|highlight|list|includ"
        r"|report|discuss|point|rais|bring|say|writ|critici[sz]|identify|not|giv|cit)\w*\b{~30}"
        r"\b{FAULTS}\b",
    ),
    *_phrases(
        "praise",
        r"\b(?:give|write|provide|output|produce|recommend|assign|leave|submit)\b{~15}"
        r"\b(?:strictly |very |overwhelmingly |extremely |exclusively )?(?:positive|favou?rable"
        r"|glowing|flattering|high|highest|perfect|top|five-star|maximum) (?:peer )?{JUDGEMENT}"
        r"(?: only| for this| to this| of this| no matter|[.!\"'”]|$)",
        r"\b(?:positive|favou?rable|glowing) (?:reviews?|feedback|comments?) only\b",
        r"\b(?:recommend|vote for|suggest|advise)\b{~12}\b(?:strong )?accept(?:ance|ing)?\b{~25}"
        r"\b(?:this|the|paper|without|submission|regardless|\.|$)",
        r"\b(?:must|should|shall|will) be (?:rated|ranked|scored|described|summari[sz]ed"
        r"|presented"
        r"|recommended|accepted|praised|reviewed|labell?ed|called|graded|listed first"
        r"|put first)\b"
        r"{~50}\b(?:as|with|first|top|highest|highly|positiv\w*|favou?rabl\w*|by)\b",
        r"\bthe (?:correct|right|only|expected|appropriate|proper|fair|acceptable) (?:verdict|score"
        r"|rating|decision|recommendation|assessment|grade)s? (?:here )?(?:is|would be|must be)\b",
        r"\bplace (?:this|the) paper (?:first|at the top|above)\b",
        r"\bregardless of (?:its|the|their|any) (?:actual |real )?(?:quality|merits?|content"
        r"|flaws?|evidence|results)\b",
    ),
]

_ADDRESS = _phrases(
    "address",
    r"\b(?:automat(?:ed|ic)|(?:llm|ai|gpt)(?:-based)?) (?:summar(?:y|ies)|reviews?"
    r"|reviewers?|tools?|evaluators?|graders?|judges?|evaluations?) (?:must|shall|contain|return"
    r"|have to|may only)\b",
    r"^[\W_]*(?:dear|hi|hello|hey|attention)\b[^,.:;]{0,30}\b(?:bot|model|ai|evaluator|machine"
    r"|system|reviewer|referee|summari[sz]er|reader|editor|judge)s?\b",
    r"\bkindly [a-z]+",
    r"^[\W_]*please [a-z]+ (?:a|the|an|all|every|it|this)\b",
    r"\bhereby (?:ordered|instructed|required|asked|authori[sz]ed|commanded)\b",
    r"\b(?:message|note|notice|command|instructions?) for (?:[\w-]+ ){0,2}?(?:tools?|{MODEL})\b"
    r"{~3}:",
    r"\b(?:next|following) (?:sentence|line|paragraph) is (?:the|your) {OUTPUT}\b",
    r"\b(?:this|the|today's|in|our) (?:daily |morning |weekly )?digest\b",
    r"\b(?:all|every|any|the) other papers?\b{~20}\b(?:list|today|inferior|worse|below|digest"
    r"|skip)",
    r"(?<!\w)#(?:general|random|announcements?|[a-z]+-channel)\b",
    r"\b(?:instructions?|guidelines|rules|polic(?:y|ies)) (?:have|has|was"
    r"|were) (?:been )?(?:updated"
    r"|changed|replaced|revised|cancel\w*)\b",
    r"\b(?:output|response|answer|reply) format ?:",
    r"\brequired by (?:law|policy) to (?:display|show|state|include|say|print|mention)\b",
    r"\b(?:should|must) be (?:shown|displayed|printed|repeated|copied|quoted|output) (?:unchanged"
    r"|verbatim|as is|in full|exactly|first)\b",
    r"\b(?:assistant|chat ?bot|summari[sz]er|ai) (?:could|would|can|may|might) (?:please "
    r"|kindly )?"
    r"(?:recommend|mention|praise|add|say|promote|include|skip|ignore)\b",
    r"\b(?:summary|rating|score|review|verdict|tl;?dr) of this (?:paper|work) (?:is|must"
    r"|should)\b",
    r"\bthis {SELF} (?:is|was|has been|gets?) (?:being )?(?:summari[sz]ed|reviewed|read|processed"
    r"|evaluated|rated|translated|indexed) by (?:an? |the |any )?{MODEL}\b",
    r"\bsummari[sz]e (?:it |this |the paper )?as follows\b",
    r"\bthe (?:ai|llm|chat ?bot|assistant|bot|summari[sz]er) (?:itself |directly )?(?:should"
    r"|must|shall"
    r"|will|has to|needs to) (?:also |only |now |then |never |not )?(?:note|say|state|mention"
    r"|write"
    r"|add|report|claim|praise|ignore|stress|answer|output|print|include|obey|comply)\b",
    r"\b(?:speak|talk|write|appeal|turn) to the (?:ai|llm|bot|model|assistant"
    r"|machine)\b{~12}[:,]",
    r"\bi am (?:the|your|an?) (?:developer|owner|admin\w*|creator|operator|maintainer|user"
    r"|engineer)\b",
    r"\bthe (?:user|operator|developer|owner|admin\w*) (?:has |have |already )*(?:asked|requested"
    r"|authori[sz]ed|told|wants|ordered|instructed|approved|permits) (?:me|you|us)\b",
    r"\b(?:command|message|order|note|instruction)s? from (?:your|the) (?:operator|developer"
    r"|admin\w*"
    r"|owner|creator|user|system)\b",
    r"\b(?:actual|real|true) (?:request|task|instruction|question|assignment) is\b",
    r"\b(?:secret|hidden|private|confidential) from (?:the |your |all )?users?\b",
    r"\breviewers? (?:that|who|which) (?:are|is|use|uses|rely on) {MODEL}\b",
    r"\breviewers? using {MODEL}\b{~20}(?:[:,]|\b(?:assign|give|score|rate|accept|recommend))",
    r"^[\W_]*{MODEL}, your\b",
    r"\b(?:ask|beg|urge|request|require|command|order) (?:the |any |every |all "
    r"|you,? )*{MODEL}\b{~12}"
    r"\bto (?:ignore|praise|skip|recommend|hide|omit|accept|forget|promote|overlook)\b",
    r"\bif you(?:'re| are)? (?:an? |the |being )?(?:reading this (?:as|and)|{MODEL}"
    r"|not (?:a )?human|asked to (?:review|summari[sz]e|rate|evaluate)|{READS} this)\b",
    r"\b(?:when|while|before|after|once|whenever|as) you (?:are )?{WORKING}\b",
    r"\b(?:systems?|models?|agents?|tools?|bots?|software|machines?|programs?|ai|llms?)"
    r" (?:that (?:is |are )?)?{READS} this (?:text|paper|document|abstract|page|manuscript"
    r"|article"
    r"|passage|submission)\b",
    r"\bas (?:an? |the )(?:\w+ ){0,2}?{MODEL}\b,? (?:you|please|it is your)\b",
    r"{START}(?:dear|hey|hi|hello|attention|(?:note|message|notice|instructions?"
    r"|reminder) (?:to|for))"
    r"\W{0,3}(?:all |any |the |every |an? |our |fellow |whatever )*{MODEL}(?: (?:that|which"
    r"|{READS})"
    r"\b[^.:]{0,60})?\s?(?:[:!,—–-]|$)",
    r"{START}(?:for|to) (?:all |any |the |every |an? |whatever )*(?:{MODEL}|[\w-]+ (?:model"
    r"|system))(?: (?:that|which|{READS})"
    r"\b[^.:]{0,60})?\s?[:!]",
    r"{START}(?:all |any |dear )?{MODEL}(?: reading (?:this|the)[^.:,]{0,25})?\s?[:,!—–-]+ "
    r"(?:you |please |must |{SPEAK}\b)",
    r"\byou(?:'re| are) (?:an? |the )?(?:helpful |unrestricted |uncensored "
    r"|obedient )?(?:chat ?gpt"
    r"|claude|gemini|dan\b|jailbroken|unrestricted|uncensored|free (?:from|of) (?:all|any))",
    r"\b{MODEL} (?:must|should|shall|has to|have to|needs? to|will now|(?:is|are) (?:required"
    r"|instructed|requested|asked|ordered) to) (?:now |always |only |never )?{DO}\b{~60}\b(?:this"
    r"|the (?:above|paper|user|reader|following|authors?|sentence|phrase|word|link)|previous"
    r"|positive|favou?rabl\w*|http|its |their |in (?:the|its|their|every)|with)\b",
    r"\b(?:you|your) (?:(?:as|being) )?(?:an? )?(?:ai|llm|language model|model|assistant)\b{~20}"
    r"\b(?:must|should|shall|have to|need to|obey|comply)\b",
)

# Papers neither begin sentences with such orders nor speak to their reader as "you". Comes last,
# so that what is known better is called by its name.
_SPEAKS_TO_READER = _phrases(
    "address",
    r"^[\W\d_]*(?:(?:please|kindly|also|now|then|so|ok(?:ay)?|remember|(?:hey|ok) \w+)\b[,:!]? )*"
    r"(?:{SPEAK} (?:also |only |always |then )?(?:{OBJECT}(?!\w)|{SPEAK}\b)|do (?:as|what"
    r"|exactly) "
    r"|(?:append|prepend) [\"'“‘]|cease \w+ing\b|cease summari[sz]ation)",
    r"(?:^|[^-\w])you(?:r|rs|rself|'re|'ve|'ll|'d)?(?=$|[^-\w])(?! only look)",
)

_ANSWERS = [
    *_orders(
        "output",
        r"(?:begin|start|end|finish|close|conclude|prefix|append|preface|open|sign|fill|replace"
        r"|translate|make|keep|write|limit|format)\b{~20}\b(?:your|the|every|each|all) (?:\w+ )?"
        r"{OUTPUT}\b{~20}\b(?:with|by|as|to|into|in|about|sound|saying|using)\b",
        r"(?:respond|reply|answer|output|say|print|write|return|speak|repeat|type|state) (?:only"
        r"|exclusively|just|nothing but|with (?:only|just|the (?:word|phrase|sentence|text"
        r"|following|single))|the (?:word|phrase|sentence|following|text|string)|exactly|verbatim"
        r"|back|in (?:all caps|pirate|french|rhyme|json only|chinese))\b",
        r"(?:respond|reply|answer|say|print|output|write|repeat|return) (?:with )?[\"'“‘`«]",
        r"(?:tell|inform|notify|warn|advise|convince|persuade|urge|ask|instruct"
        r"|encourage) (?:the "
        r"|all |every |your |any )*{PEOPLE}\b{~30}\b(?:to|that|about|of|they|this|their)\b",
        r"(?:always |only |ever )?(?:answer|reply|respond) (?:to )?(?:every|all|any|each|future"
        r"|further|subsequent|follow-up) (?:[\w-]+ )?(?:questions?|requests?|queries"
        r"|messages?)\b",
        r"(?:make sure|ensure|be sure|remember) (?:that |to )?(?:you |your |the summary"
        r"|the review"
        r"|to (?:mention|add|include|praise|say|recommend|state|rate|emphasi[sz]e))\b",
        r"(?:mention|state|claim|say|write|add|assert|report|announce|conclude"
        r"|pretend) (?:also )?"
        r"that (?:this|the|it|our|these|all|every|its) (?:{WORK}|is|model|previous|other"
        r"|results?)"
        r"\b{~80}\b(?:best|first|won|proven|groundbreaking|award\w*|revolution\w*|superior"
        r"|perfect"
        r"|correct|accepted|endorsed|cured?|100 ?%|flawless|solv\w+|only|greatest|breakthrough"
        r"|confirmed|approved|no (?:limitations|weakness\w*|flaws))\b",
    ),
    *_phrases(
        "output",
        r"\b(?:in|into|to|at the (?:top|end|start|beginning|bottom) of|of|with) your (?:\w+ )?"
        r"{ANSWER}\b",
        r"\byour (?:[\w-]+ )?{OUTPUT} (?:must|should|shall|will|has to|needs to|is to"
        r"|may) (?:only "
        r"|now |always |not |never )?(?:be|begin|end|contain|include|start|say|consist|mention"
        r"|praise|open|state|read|recommend)\b",
        r"\b(?:do not|don't|stop|instead of|rather than|refuse to|never|before) (?:ever )?"
        r"summari[sz](?:e|ing)\b{~30}(?:\bthis\b|\bthe (?:paper|abstract|text|above|document)\b"
        r"|[,.;!]|$)",
        r"\b(?:insert|inject|slip|sneak|hide|plant)\b{~40}\binto (?:your|the|every|each)\b{~20}"
        r"{OUTPUT}",
    ),
]

_LEAKS = [
    *_orders(
        "leak",
        r"(?:print|reveal|output|show|repeat|display|disclose|leak|tell|echo|write|return|send"
        r"|give|list|share|dump|recite|expose|copy|post|translate|summari[sz]e|include|quote"
        r"|paste"
        r"|email|encode|forward)\b{~40}\b{SECRETS}",
    ),
    *_phrases(
        "leak",
        r"\bwhat (?:is|are|was|were) your (?:system |initial |hidden |original )?(?:prompt"
        r"|instructions?|rules)\b",
        r"\brepeat (?:the|all|every|everything|your)\b{~30}\b(?:above|before this|verbatim|so far"
        r"|you were (?:told|given))\b",
    ),
]

_LINKS = [
    *_orders(
        "link",
        r"(?:always |then |also )?(?:add|include|insert|append|put|post|place|embed|attach|share"
        r"|use|cite|give|provide|write|output|show|return|render|display|paste|replace)\b{~60}"
        r"\b(?:(?:this|the following|a|the|our|that|these|my) (?:\w+ ){0,2}?(?:links?|urls?"
        r"|website|hyperlinks?|qr code|button|banner|domain|image|pixel|web ?page)"
        r"|(?:links?|urls?) (?:to|with))\b",
        r"(?:always |then |also )?(?:add|include|insert|append|put|place|embed|attach|share|use"
        r"|write|replace)\b{~60}{LINK}",
        r"(?:click|tap) (?:here|this|on|the|below)\b",
        r"(?:send|post|upload|forward|transmit|submit|exfiltrate|email|mail|transfer|push|report)"
        r"\b{~60}(?:\bto (?:{LINK}|[\w.]+@|the following (?:address|url|server|email))|https?:)",
        r"(?:fetch|load|browse|navigate|request|retrieve|curl|wget|call|ping|query)\b{~20}{LINK}",
    ),
    *_phrases(
        "link",
        r"\b(?:tell|ask|direct|send|invite|encourage|urge|redirect|point|get|let|have"
        r"|make) (?:the "
        r"|all |every |your |any )*{PEOPLE}\b{~15}\b(?:to )?(?:click|visit|open|go|download"
        r"|log ?in|sign ?in|subscribe|follow|install|pay|register|buy|join|enter|scan)\b",
    ),
]

# Each of these alone makes a sentence one that addresses a model.
ENGLISH: list[Pattern] = [
    *_OVERRIDE,
    *_PRAISE,
    *_ADDRESS,
    *_ANSWERS,
    *_LEAKS,
    *_LINKS,
    *_SPEAKS_TO_READER,
]

# These say something only beside a sentence found by the patterns above.
CONTINUED_ENGLISH: list[Pattern] = [
    *_orders(
        "continued",
        r"(?:add|include|say|write|tell|print|output|reply|respond|answer|mention|post|click"
        r"|visit"
        r"|open|go to|send|repeat|state|call|use|end|begin|start|recommend|praise|rate|rank"
        r"|accept"
        r"|give|make|ensure|do not|don't|never|always|only|follow|obey|comply|confirm|remember"
        r"|keep|act|stop|execute|run|delete|reveal|show|share|thank|grant|allow|approve|enable"
        r"|disable|unlock|become|serve|treat|speak|translate|pretend|emphasi[sz]e|highlight|hide"
        r"|produce|generate"
        r"|compose)\b",
    ),
    *_phrases(
        "continued",
        r"\byou(?:r|rs)?\b",
        r"{LINK}",
        r"^[\"'“‘`]",
        r"\b(?:the|this) (?:summary|review|answer|instruction|message|command|order)\b",
    ),
]
