digests-title-daily = AI papers · { $day }
digests-intro-all = { $total ->
    [one] The one paper from { $sources }, { $day }.
   *[other] All { $total } papers from { $sources }, { $day }.
}
digests-intro-part = { $count } of the { $total } papers from { $sources }, { $day }; the rest by title.
digests-intro-chosen = { $count } of the { $total } papers from { $sources }, { $day }; the other { $left } are not shown.
digests-order-votes = Most votes first.
digests-order-votes-unvoted = { "" }
digests-order-topics = Papers on your topics come first, then those with the most votes.
digests-order-topics-unvoted = Papers on your topics come first.
digests-order-topics-taste = Papers on your topics come first; votes and what was cared for here before decide among the others.
digests-order-topics-taste-unvoted = Papers on your topics come first, then what is like what was cared for here before.
digests-part = { $title } ({ $part }/{ $parts })
digests-rest = { $count ->
    [one] *One more paper*
   *[other] *{ $count } more papers*
}
digests-votes = { $count ->
    [one] 1 vote
   *[other] { $count } votes
}
digests-code = Code
digests-project = Project
digests-withdrawn = withdrawn
digests-why = Your topics: { $topics }
digests-why-like = Like a paper you saved or marked: { $title }
digests-why-taste-own = Your interest: { $topic }
digests-why-taste = This channel's interest: { $topic }
digests-order-taste = Ordered by votes and by what this channel cared for before.
digests-order-taste-unvoted = Ordered by what was cared for here before.
digests-open-thread = Open Thread
digests-ask-hint = Ask in this post's thread, for example “What are the limitations of paper { $number }?”
digests-more-in-thread = It goes on in this post's thread.
digests-more-in-thread-weekly = The highlights of each paper are in this post's thread.
digests-hidden = { $count ->
    [one] One paper was left out because it is on a topic that this channel doesn't want.
   *[other] { $count } papers were left out because they are on topics that this channel doesn't want.
}
digests-maker-model = Summaries made by { $maker } may be wrong. Please check what matters in the paper.
digests-maker-verified = Each of their sentences was checked against the passages of the paper by { $verifier }.
digests-maker-extractive = Sentences chosen from the papers themselves, without a model.
digests-maker-mixed = Summaries made by { $maker }, which may be wrong, and sentences chosen from the papers themselves.
digests-maker-imported = Texts from an imported digest.
digests-unreadable = { $count ->
    [one] One more paper on the list is not on arXiv or could not be read.
   *[other] { $count } more on the list are not on arXiv or could not be read.
}
digests-whole-list = The whole list: { $sources }
digests-notice-source-down = { $sources } gave no usable list, so this is what was stored before. What is missing follows as soon as it can be read.
digests-resting = { $sources } announced nothing on { $day }, as on its holidays. Its next list is expected on { $next }.
digests-notice-budget-spent = Today's model budget is used up; the remaining papers are shown in sentences taken from their texts.
digests-notice-summaries-late = Some summaries were not ready in time, so those papers are shown in sentences taken from their texts. This post is updated when the summaries are there.
digests-notice-model-down = The model could not be reached, so papers are shown in sentences taken from their texts.
digests-notice-from-abstract = { $count ->
    [one] One paper has no summary yet and is shown by the first sentence of its abstract. The post is updated once it has one.
   *[other] { $count } papers have no summary yet and are shown by the first sentence of their abstracts. The post is updated once they have one.
}
digests-notice-late = The list arrived late today, and so does this post.

digests-empty-weekend = There are no papers on the list of { $day }. At weekends { $sources } rarely or never lists any; the next list is expected on { $next }.
digests-empty-holiday = There are no papers on the list of { $day }: { $sources } announced nothing at all, as on its holidays. The next list is expected on { $next }.
digests-empty-weekday = There are no papers to report from the list of { $day }. The next list will be posted here.
digests-late = The list of { $day } could not be read yet. It will be posted here as soon as it arrives.
digests-nothing-new = This channel has already had every paper on the list of { $day }.

digests-highlight-new = What's new
digests-highlight-technical = How it works
digests-highlight-performance = Results
digests-section-motivation = Motivation and problem
digests-section-contributions = Contributions
digests-section-method = Architecture and training
digests-section-setup = Experimental setup
digests-section-results = Results in numbers
digests-section-limitations = Limitations and failure modes
digests-section-followups = Ideas for follow-up work

digests-card-tldr = In one line
digests-card-abstract = Abstract
digests-card-authors-more = { $names } and { $count } more
digests-card-published = published { $day }
digests-card-listed = listed { $day }
digests-card-pdf = PDF
digests-card-stars = ★ { $count }
digests-card-no-summary = There is no summary yet, so this is the abstract.
digests-card-from-abstract = Made from the abstract only; the full text could not be read.
digests-card-made = written { $day }
digests-card-ask = Ask anything about this paper in its thread, for example “What are its limitations?” or “Which data was it evaluated on?”

digests-related = Related to an earlier paper: { $title } · { $day }
digests-related-title = Earlier papers related to this one
digests-related-entry = { $title } · { $day }
digests-related-new = New in this paper: { $words }

digests-list-title = { $count ->
    [one] One paper of { $day }
   *[other] { $count } papers of { $day }
}
digests-list-page = { $first }–{ $last } of { $count }
digests-list-next = Next
digests-list-previous = Previous
digests-list-share = Share in Channel
digests-list-hint = To see one of them, type its number: `/papers show 3`.
digests-list-not-yet = No list has been collected yet. Once the first one is here, this command shows it.
digests-results-title = { $count ->
    [one] One paper for “{ $query }”
   *[other] { $count } papers for “{ $query }”
}
digests-results-none = No paper found for “{ $query }”.
digests-results-none-hint = Try fewer words or other ones, for example `/papers search reinforcement learning`.
digests-results-unclear = Searched without what was not understood: { $filters } (dates look like 2025-03)
digests-results-did-you-mean = Did you mean { $suggestion }?
digests-results-search-again = Search { $suggestion }
digests-choose-title = Which paper do you mean?
digests-choose-this = This One
digests-shared-by = Shared by { $user }.

digests-title-weekly = AI papers of the week · { $days }
digests-intro-weekly = { $total ->
    [one] The one paper that { $sources } listed this week.
   *[other] { $count } of the { $total } papers that { $sources } listed this week.
}
digests-week-unread = { $count ->
    [one] One list of this week has not been read ({ $sources }), so papers may be missing.
   *[other] { $count } lists of this week have not been read ({ $sources }), so papers may be missing.
}
digests-weeks-compared = { $weeks ->
    [0] No earlier week has been read in full yet, so there is nothing to compare with.
    [1] Compared with the one earlier week that has been read in full.
    [8] Compared with the eight weeks before.
   *[other] Compared with those { $weeks } of the eight weeks before that have been read in full.
}
digests-empty-week = There are no papers to report for { $week }.
digests-empty-week-unread = There are no papers to report for { $week }, because not all of its lists could be read ({ $sources }).
digests-unknown-week = I don't know the week “{ $week }”. Type a year and a week number, such as `2025-W12`.
digests-future-week = Week { $week } has not begun yet.
digests-trends = The week's trends
digests-no-trends = No topic stands out.
digests-trend = { $count } of { $total } papers ({ $share }%), up from { $earlier }% in the { $weeks ->
    [one] week
   *[other] { $weeks } weeks
} compared.
digests-trend-alone = { $count } of { $total } papers ({ $share }%).
digests-chart-title = Papers by topic over { $weeks } weeks
digests-chart-line = { $name }: { $values } (%).
digests-chart-share = Share of listed papers (%)

digests-topic-reasoning = Reasoning
digests-topic-test-time = Test-time scaling
digests-topic-reinforcement = Reinforcement (RL)
digests-topic-preference = Preference tuning
digests-topic-agents = Agents
digests-topic-gui = GUI agents
digests-topic-multi-agent = Multi-agent systems
digests-topic-multimodal = Multimodal LLMs
digests-topic-video-generation = Video generation
digests-topic-video-understanding = Video understanding
digests-topic-image-generation = Image generation
digests-topic-image-editing = Image editing
digests-topic-diffusion = Diffusion models
digests-topic-autoregressive-images = Visual tokenizers
digests-topic-three-d = 3D generation
digests-topic-spatial = Spatial reasoning
digests-topic-scenes = 3D scenes
digests-topic-humans = Humans and avatars
digests-topic-robotics = Robotics
digests-topic-driving = Autonomous driving
digests-topic-world-models = World models
digests-topic-games = Games
digests-topic-speech = Speech
digests-topic-music = Music and sound
digests-topic-efficiency = Efficient inference
digests-topic-quantization = Quantization
digests-topic-compression = Model compression
digests-topic-long-context = Long context
digests-topic-architecture = New architectures
digests-topic-experts = Mixture of experts
digests-topic-pretraining = Pretraining data
digests-topic-scaling-laws = Scaling laws
digests-topic-fine-tuning = Fine-tuning
digests-topic-merging = Model merging
digests-topic-synthetic-data = Synthetic data
digests-topic-retrieval = Retrieval (RAG)
digests-topic-search-agents = Search and research
digests-topic-memory = Long-term memory
digests-topic-code = Code generation
digests-topic-math = Mathematics
digests-topic-science = Science
digests-topic-medicine = Medicine
digests-topic-finance = Finance
digests-topic-law = Law
digests-topic-education = Education
digests-topic-benchmarks = Benchmarks
digests-topic-judges = Judges and verifiers
digests-topic-hallucination = Hallucination
digests-topic-safety = Safety
digests-topic-privacy = Privacy, copyright
digests-topic-detection = Detecting fakes
digests-topic-interpretability = Interpretability
digests-topic-languages = Many languages
digests-topic-korean = Korean
digests-topic-documents = Documents and charts
digests-topic-segmentation = Segmentation
digests-topic-tracking = Tracking
digests-topic-image-quality = Image restoration
digests-topic-captioning = Captioning
digests-topic-embeddings = Embeddings
digests-topic-recommendation = Recommendation
digests-topic-time-series = Time series
digests-topic-graphs = Graphs
digests-topic-tokenizers = Tokenizers
digests-topic-language-diffusion = Diffusion LMs
digests-topic-unified = Unified multimodal
digests-topic-personas = Personas
digests-topic-remote-sensing = Remote sensing
digests-topic-optimizers = Optimizers
digests-maker-member = Parts marked ✎ were corrected by { $users }.
digests-team = From the team
digests-saved = { $count ->
    [one] Saved by one member
   *[other] Saved by { $count } members
}
digests-notes-more = { $count ->
    [one] and one more note
   *[other] and { $count } more notes
}
digests-card-figure = A figure of the paper: { $title }
digests-card-thumbnail = Thumbnail: { $title }
digests-why-near = Close in meaning to your topics: { $topics }
