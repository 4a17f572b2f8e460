"""Text that steers a model without the form of an order, in English and Korean.

It says what a summary will be, who reads, or that the task is over. A paper tells what it found;
what is to be made of its own text is none of its matter.
"""

from bot.fulltext.injection_english import WORDS as ENGLISH_WORDS
from bot.fulltext.injection_korean import WORDS as KOREAN_WORDS
from bot.fulltext.injection_patterns import Pattern

INDIRECT_ENGLISH: list[Pattern] = ENGLISH_WORDS.phrases(
    "address",
    # What is made of this very text.
    r"\b(?:{ANSWER}|bullets?|entry|entries|headlines?|retellings?|translations?|posts?|mentions?)\b"
    r"(?: \w+){0,2} (?:of|from|about|for|on) (?:this|the present) {SELF}\b",
    r"\b(?:digest|bullets?|tl;?dr|retelling)\b(?: \w+){0,3} (?:of|from|about|for|on)"
    r" (?:this|these|our|the present)\b",
    r"\b(?:in place|instead) of (?:a|the|your|any) (?:{ANSWER}|translation)\b",
    r"\bgenerated (?:summaries|reviews|answers|digests)\b{~20}"
    r"\b(?:must|should|shall|have to|need to|are to|ought to)\b",
    r"\b(?:accompany|follow|precede)s? (?:any|every|each) (?:mention|summary|citation|answer)\b",
    r"\b(?:may|can|must|should|shall) not be (?:listed|mentioned|summari[sz]ed|reported|repeated"
    r"|named|critici[sz]ed|discussed)\b",
    # Who reads it.
    r"\bthe (?:reader|parser|machine|program|system|one) (?:of|reading|behind) this {SELF}\b",
    r"\bthis {SELF} (?:was|is) (?:written|meant|intended|addressed) (?:only )?(?:for|to) (?:the )?"
    r"(?:machine|program|bot|computer|parser|software|{MODEL})s?\b",
    r"\b(?:automat(?:ed|ic)|machine|llm|ai) (?:referee|reviewer|reader|critic|scorer|grader|judge"
    r"|system|evaluator|tool)s? (?:should|must|shall|ought to)\b{~40}\b(?:this|our|the) {SELF}\b",
    r"\b(?:whoever|anyone who|anything that|any (?:one|system|tool|model|program|software|bot)"
    r" (?:that|which|who))\b{~20}\b(?:compress|condens|shorten|digest|paraphras|read|process"
    r"|summari[sz]|review|translat|evaluat|rat|scor|retell)\w* (?:this|these|the above)\b",
    # What holds from here on.
    r"^[\W_]*(?:system|context|session|role|scoring|grading|evaluation|persona|memory|prompt)"
    r" (?:update|reset|hint|notice|begins?|starts?|switch|change|cleared)\b",
    r"\b(?:consider|regard|count) (?:the|your|this) (?:task|job|work|conversation|assignment)"
    r" (?:as )?(?:finished|done|complete|over|closed)\b",
    r"\bit is (?:now )?time to (?:run|start|begin|stop|send|call|execute|tell|say|change|forget)\b",
    r"\b(?:came|comes|stands|stood|is written) (?:above|before) this {SELF}\b",
    r"\bbefore this (?:line|point|word)\b{~30}"
    r"\b(?:placeholder|void|irrelevant|no weight|not count)",
    r"\bthe (?:earlier|previous|first|former|original|prior|initial)"
    r" (?:brief|request|assignment|order|instruction|task|job)s?"
    r" (?:is|are|was|were|has been|have been) (?:cancell?ed|void(?:ed)?|withdrawn|revoked"
    r"|superseded|rescinded|no longer (?:valid|in force))\b",
    r"\b(?:act on|carry out|execute|obey|heed) the (?:following|next|last|final)"
    r" (?:line|sentence|item|list|paragraph)s?\b",
    r"\bstop (?:reading|parsing|summari[sz]ing)\b{~30}\b(?:here|now)\b",
    # How it is to be judged.
    r"\bfor (?:grading|scoring|review(?:ing)?|rating|ranking|summari[sz]ation) purposes\b",
    r"\b(?:regard|treat|take|accept|consider) (?:all|every|each|any)(?: of (?:the|our|its))?"
    r" claims?\b{~40}\b(?:verified|true|proven|correct|facts?|established)\b",
    r"\b(?:the|your|any) (?:tl;?dr|summary|digest|headline|retelling)"
    r" (?:shall|must|should|has to|is to) (?:consist|read|be|say|contain|open|close|name)\b",
    r"\b(?:{MODEL}|machine|automat(?:ed|ic))"
    r" ?(?:judge|grader|reviewer|referee|reader|scorer|rater)?s? (?:is|are)"
    r" (?:hereby )?(?:advised|reminded|warned|informed|told|notified|requested)"
    r" (?:that|to)\b",
    r"\bif (?:a|an|the|any) (?:neural network|{MODEL}|machine|program|computer|parser|network)"
    r" (?:is|be|happens to be) (?:\w+ ){0,2}(?:this|these|the present)\b",
    r"\bwhen(?:ever)? (?:the|a|this|your) (?:bot|assistant|summari[sz]er|digest)"
    r" (?:posts|mentions|shares|links|includes|prints|repeats)\b",
)
INDIRECT_KOREAN: list[Pattern] = KOREAN_WORDS.phrases(
    "address",
    # What is made of this very text.
    r"(?:이|본|위|해당) ?(?:글|문장|논문|문서|초록|원고|텍스트|연구|결과)(?:을|를|에|에서)? ?"
    r"(?:관한|대한|나온|만든|다룬|다루는|소개한|소개하는|옮긴|줄인|제대로|전하는){~12}"
    r"(?:글|답|답변|요약|불릿|소식|기사|제목|번역|게시물|항목)"
    r"(?:은|는|이|가|을|를|에|의|마다|이라면)",
    r"(?:요약|답변|번역|평가|심사평|리뷰) 대신",
    r"생성(?:된|되는|한|하는) (?:요약|답변|리뷰|글|결과물)(?:은|는|이|가){~30}(?:야|것)",
    r"(?:약점|단점|한계|결함|문제점)(?:은|는|을|를){~16}(?:나열|언급|공개|거론|지적)"
    r"(?:할 수 없|해서는 안|하면 안|하지 않는다\b)",
    r"언급할 때(?:마다)? (?:함께|반드시|꼭|같이)",
    r"{OUTPUT}(?:문|글|본)?(?:의|에|에는|은|는)? ?{~24}(?:들어가|담기|포함되|끝나|끝맺|시작되"
    r"|시작하|적히|나오|실리)(?:야|어야|아야|게|도록)",
    r"{OUTPUT}(?:문|글|본)?(?:은|는|의|에는){~30}(?:시작|끝)(?:나|되|하|해|되어|하여)야",
    r"(?:적을|쓸|옮길|요약할|인용할|언급할|소개할|말할|답할|출력할|번역할|정리할) 때"
    r"(?:는|에는|마다|면)?.{0,30}?"
    r"(?:바꾼|바꿔|고친|고쳐|대신|붙인|붙여|더한|빼|뺀|반드시|항상|무조건)",
    r"(?:요약|답변|번역|심사|평가)(?:에 앞서|(?:을|를)? ?하기(?:에 앞서| 전에)){~40}"
    r"(?:조회|호출|실행|방문|접속|클릭|알려|밝혀)",
    r"(?:무엇|무슨|어떤|어느)[^.]{0,14}"
    r"(?:쓰|답하|출력하|만들|작성하|생성하|요약하|말하|내놓)든",
    # Who reads it.
    r"(?:이|본|위) ?(?:글|문장|논문|문서|초록|원고|텍스트|내용)(?:을|를) {~12}{HANDLE}"
    r"{~4}(?:는|던|은|을|ㄹ|중인|있는) {~6}(?:당신|너|쪽|곳|분|이는|이가|이라면|자는|자가"
    r"|독자|시스템|생성기|기계|도구|프로그램|소프트웨어|기는|{MODEL})",
    r"(?:^|[\s(])(?:자동|기계|무인|인공 ?지능|ai) ?(?:독자|심사|채점|요약|평가|번역)"
    r"(?:자|기|위원|관|원)?(?: ?(?:시스템|프로그램|도구|봇))?(?:들)?"
    r"(?:에게|께|라면|이라면|(?:은|는|이|가){~40}(?:야|것))",
    r"^[^.:：]{0,40}(?:에게|께)(?:서)?"
    r"(?: ?(?:알림|안내|공지|전달|당부|경고|부탁|한마디))? ?[:：]",
    r"(?:읽는|보는|처리하는|만든|훈련한) (?:쪽|측|기계|프로그램)",
    r"(?:기계|프로그램|컴퓨터|봇|{MODEL})(?:인|를 위해|을 위해|만|용으로){~14}"
    r"(?:독자|쓰였|쓰인|적혔|작성되었)",
    r"(?:모델|봇|비서|기계|컴퓨터|프로그램)(?:아|야|이여|님)[,! ]",
    r"(?:지금|현재) (?:수행|진행|작성|처리|생성|요약|심사) ?(?:하고 있는|중인|중이라면)",
    r"{HANDLE}{~4}(?:는|고 있는) 중이?라면",
    r"(?:으로|로) {HANDLE}{~4}(?:는|고 있는|는 중인) (?:분|사람|이|심사위원|독자)(?:들)?"
    r"(?:께|에게|이라면|은|는)",
    # What holds from here on.
    r"^[\W_]*(?:시스템|문맥|맥락|세션|역할|채점|평가|심사|기억|프롬프트) ?"
    r"(?:갱신|초기화|참고|알림|시작|변경|전환|업데이트|리셋)(?= ?[\d.:：]|$)",
    r"(?:과제|임무|작업|대화|일)(?:는|은|이|가) ?(?:이미 |모두 |다 )?끝(?:난|났)"
    r"(?: 것으로|으니|으므로|으므)",
    r"동의(?:한|하는|하신) 것으로 (?:본다|간주|여긴|봅니다|합의)",
    # Exhortations, requests and honorific forms: a paper asks its reader for nothing.
    r"(?:[하두내우]자|[하해]보자|[가-힣]자꾸나)[.!]?$",
    r"[해아어여워와] ?(?:주셨으면|주시면|주길|주기를|주기 바|줬으면|주었으면|줄래|줄 수 있"
    r"|주겠니|주실|달라|다오|주렴|주게[.!]?$)",
    r"(?:부탁(?:드립|드려|합니다|한다|해)|부디 |제발 |감사하겠)",
    r"(?:[하되읽쓰보만들]|으)시(?:는|면|기|고|던|길|도록|려면|어야|어도|지|거든|다면|ㄹ)"
    r"(?=[\s.,가-힣])",
    # How it is to be judged, and what holds from here on, told as if it were so.
    r"(?:채점|심사|평가|리뷰)할 때(?:는|에는)?{~20}(?:이|본|위) ?(?:초록|논문|글|원고|투고|연구)"
    r"{~40}(?:본다|간주|여긴|인정)",
    r"(?:한 ?줄 ?요약|요약(?:문|본)?|제목|머리글|tl;?dr)(?:은|는) .{1,30}?"
    r"(?:한|두|세) ?(?:단어|문장|마디)(?:로|만|뿐)",
    r"(?:봇|요약기|모델|비서)(?:이|가) .{0,40}?(?:주소|링크|사이트)(?:를|을) ?"
    r"(?:올리|게시|적|남기|공유|띄우)",
    r"(?:팀|채널|구성원|직원|회원) ?(?:전체|모두|전원)(?:을|를) ?(?:태그|멘션|호출)",
    r"(?:신경망|기계|프로그램|컴퓨터|{MODEL})(?:이|가) 이 (?:문단|글|문장|초록|논문|줄)(?:을|를)"
    r"{~14}(?:다면|라면)",
    r"(?:llm|ai|인공 ?지능|기계|자동) ?(?:심사자|심사위원|채점자|평가자|독자)(?:들)?"
    r"(?:은|는|이|가){~60}(?:유의|명심|기억|주의)(?:한다|할 것|하기|해)",
    r"(?:초록|글|문단|본문) ?읽기(?:는|를) {~10}(?:그만|멈추|중단)",
    r"(?:다음|아래) 줄(?:대로|에 따라|의 지시)",
    r"이 (?:줄|글|문장|문단|단어) (?:앞|위)에 (?:있던|있는|적힌|나온|쓰인) (?:것|말|글|내용)"
    r"(?:은|는|들은)",
    r"(?:돌릴|실행할|시작할|보낼|멈출|호출할|지울) (?:시간|차례)(?:이다|다|입니다)",
)
