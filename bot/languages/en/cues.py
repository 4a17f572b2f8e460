"""How English sentences show what they do in a paper, and what its sections are called."""

from bot.languages.language import Cues

CUES = Cues(
    before=(
        r"\bremains? (?:a |an |largely |highly )?"
        r"(?:challeng|difficult|unclear|open|unexplored|elusive)"
        r"|\bis (?:crucial|essential|critical|vital|fundamentally limited)\b"
        r"|\b(?:prior|previous|existing|current|traditional|conventional) (?:\w+ ){0,3}?"
        r"(?:methods?|approaches|works?|research|models?|techniques|studies)\b[^.]{0,80}"
        r"\b(?:fail|struggl|lack|suffer|limit|focus|rely|relies|require|often|only)"
    ),
    new=(
        r"\bwe (?:\w+ ){0,2}(?:propose|present|introduce|develop|design|release|describe|create)"
        r"|\bthis (?:\w+ )?(?:paper|work|study|report|survey) (?:\w+ )?(?:proposes|presents"
        r"|introduces|studies|discusses|investigates|explores|describes|reviews|shows|examines)"
        r"|\bnovel\b|\bfor the first time\b|\bthe first\b|\bis proposed\b"
    ),
    contributions=r"\bcontribution",
    technical=(
        r"\bconsists? of\b|\bcombin|\bintegrat|\bleverag|\bemploy|\bbased on\b|\barchitecture"
        r"|\bmodule|\blayer|\battention\b|\bloss\b|\bobjective\b|\balgorithm|\bstages?\b|\btrain"
        r"|\bmechanism|\bencod|\bdecod|\bsampling\b|\breward|\boptimi[sz]|\bfine-tun|\bpipeline"
        r"|\bspecifically\b|\bfirst(?:ly)?,|\bthen\b|\bby (?:\w+)ing\b"
    ),
    performance=(
        r"\boutperform|\bachiev|\bimprov|\bstate-of-the-art\b|\bsota\b|\baccuracy\b|\bscores?\b"
        r"|\bsurpass|\bfaster\b|\bspeed-?up|\breduc|\bexperiments?\b|\bresults?\b|\bexceed"
        r"|\bgains?\b|\bcompetitive\b|\bcomparable\b|\bsuperior\b|\bdemonstrat|%|\d×|\dx\b"
    ),
    announcing=(
        r"\bin this (?:\w+ )?(?:paper|work|study|report)\b|\bthis (?:\w+ )?(?:paper|work|study)\b"
        r"|\b(?:we|our) (?:\w+ ){0,2}(?:address|investigat|stud(?:y|ied)|explor|tackle|release|aim)"
        r"|\bintroducing\b|\bour (?:proposed|contribution)"
    ),
    finding=(
        r"\b(?:we|results?|experiments?|evaluations?|analys[ie]s|study) (?:\w+ ){0,3}"
        r"(?:find|found|show|shows|demonstrat|observ|confirm|reveal|indicat|suggest|achiev)"
        r"|\boutperform|\bsurpass|\bexperiment(?:s|al)\b|\bachieves?\b|\bevaluations? on\b"
    ),
    motivation=(
        r"\bhowever\b|\bchalleng|\bremains?\b|\black|\bsuffer|\bdifficult|\bproblem|\bexisting\b"
        r"|\bdespite\b|\bstruggl|\bexpensive\b|\bcostly\b|\bbottleneck|\bcrucial"
        r"|\blimit(?:s|ed|ing)?\b|\boften\b|\bslow\b|\bfail(?:s|ed)? to\b"
    ),
    limitations=(
        r"\b(?:a|one|another|main|key|our) limitations?\b"
        r"|\blimitations? (?:of our|of this|is|are|include)"
        r"|\b(?:drawback|shortcoming)s? of (?:our|this)"
        r"|\bour (?:\w+ ){0,3}(?:cannot|fails?|does not)"
        r"|\bour (?:\w+ ){0,3}(?:is|are) (?:limited|restricted) to\b"
        r"|\bfailure (?:case|mode)s?\b|\bdoes not (?:yet|generali[sz]e)"
    ),
    followups=(
        r"\bfuture (?:work|research|directions?|studies)|\bwe (?:plan|hope|leave)\b"
        r"|\bpav(?:es?|ing)\b the way|\bfurther (?:research|work|exploration)"
        r"|\bcould be (?:extended|applied)|\bopens? up\b|\bpromising direction"
    ),
    setup=(
        r"\bdatasets?\b|\bbenchmarks?\b|\bbaselines?\b|\bevaluat|\bcorpus\b|\bmetrics?\b|\bGPUs?\b"
        r"|\bhyper-?parameter|\bbatch size\b|\blearning rate\b"
        r"|\bcompare (?:it |our )?(?:with|to|against)|\btokens\b|\btrained on\b"
    ),
    own=r"\b(?:we|our)\b",
    measured=r"\d\s*(?:%|×|x\b|points?\b)|\b\d+\.\d+\b",
    lead_in=(
        r"(?:to (?:address|tackle|solve|bridge|overcome|meet|fill|achieve) (?:this|these|the|those)"
        r"[^,]{0,40}|to this end|in this (?:technical )?(?:paper|work|study|report|article|survey)"
        r"|in response|therefore|thus|hence|building on [^,]{0,30}|motivated by [^,]{0,40}"
        r"|(?:following|(?:built|based) (?:up)?on) (?:it|this|that|these|those|them)\b[^,]{0,30}"
        r"|specifically|notably|furthermore|moreover|in addition|additionally|also|however"
        r"|nevertheless|nonetheless|overall|meanwhile|finally|lastly|consequently|as a result"
        r"|in particular|importantly|in summary|in conclusion), "
    ),
    leaning=(
        r"^(?:it|they|these|those|this|such|then|here|for example|moreover|also|as shown|however"
        r"|but)\b|\b(?:therefore|thus|hence)\b"
        r"|\b(?:Fig(?:ure|\.)|Table|Tab\.|Eq(?:uation|\.)|Section|Sec\.|Appendix|Algorithm) ?"
        r"\(?[\dA-Z]|\bin (?:this|the (?:next|following)) section\b"
    ),
    notice=(
        r"\b(?:code|data|datasets?|models?|checkpoints?|weights|project page|demo)\b.*"
        r"\b(?:is|are|be|been|made)\b (?:\w+ ){0,2}(?:available|public|released|open-?sourced)\b"
    ),
    aside=r"appendi|acknowledg|supplement|\bproofs?\b|\breferences\b",
    titles={
        "limitations": "limitation|failure|broader impact",
        "conclusion": "conclusion|summary|discussion",
        "introduction": "introduction|contribution",
        "results": "result|experiment|evaluation|analysis|ablation",
        "method": "method|approach|model|architecture|framework|training",
        "setup": "data|setup|setting|implementation",
        "followups": "future",
        "listing": "prompt|template|case stud|example",
        "background": "related work|background|preliminar",
    },
)
