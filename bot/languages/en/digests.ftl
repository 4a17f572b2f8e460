digests-title-daily = { $sources } papers · { $day }
digests-intro-all = { $total ->
    [one] The one paper on { digests-lists }.
   *[other] All { $total } papers on { digests-lists }.
}
digests-intro-part = { $count } of the { $total } papers on { digests-lists }. The others are listed by title.
digests-intro-chosen = { $count } of the { $total } papers on { digests-lists }. The other { $left } are not shown.
digests-lists = the { $sources } { $lists ->
    [one] list
   *[other] lists
} for { $day }
digests-order-votes = Most votes first.
digests-order-votes-unvoted = { "" }
digests-order-topics = Ranked mainly by your topics, then by votes.
digests-order-topics-unvoted = Ranked by your topics.
digests-order-topics-taste = Ranked mainly by your topics, then by interests shown here before and by votes.
digests-order-topics-taste-unvoted = Ranked mainly by your topics, then by interests shown here before.
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
digests-withdrawn = Withdrawn
digests-why = Your topics: { $topics }
digests-why-like = Related to a paper you saved or marked: { $title }
digests-why-taste-own = A topic you have shown interest in: { $topic }
digests-why-taste = A topic this channel has shown interest in: { $topic }
digests-order-taste = Ranked by interests shown here before and by votes.
digests-order-taste-unvoted = Ranked by interests shown here before.
digests-open-thread = Open thread
digests-ask-hint = Ask a question in this message's thread, such as “What are the limitations of paper { $number }?”
digests-more-in-thread = The remaining papers are in this message's thread.
digests-more-in-thread-weekly = Highlights of the papers are in this message's thread.
digests-hidden = { $count ->
    [one] One paper on an excluded topic was left out.
   *[other] { $count } papers on excluded topics were left out.
}
digests-maker-model = The summaries were written by { $maker } and may be wrong. Please check anything important against the paper.
digests-maker-verified = { $verifier } checked each sentence against the paper.
digests-maker-extractive = These sentences are quoted from the papers; no model was used.
digests-maker-mixed = Some of this was written by { $maker } and may be wrong; the other sentences are quoted from the papers.
digests-maker-imported = This text is from an imported digest.
digests-unreadable = { $count ->
    [one] One more paper on the list is not on arXiv or could not be read.
   *[other] { $count } more papers on the list are not on arXiv or could not be read.
}
digests-whole-list = The whole list: { $sources }
digests-notice-source-down = No list could be fetched from { $sources }, so this digest uses stored data.{ $kept ->
    [yes] { " " }Missing papers will follow as soon as the list is available.
   *[no] { "" }
}
digests-resting = { $sources } had no new papers on { $day }, probably because of a holiday. The next list is expected on { $next }.
digests-notice-budget-spent = Today's model budget is used up, so the remaining papers are shown with sentences quoted from them.
digests-notice-summaries-late = Some summaries were not ready in time, so those papers are shown with sentences quoted from them.{ $kept ->
    [yes] { " " }This message will be updated when the summaries are ready.
   *[no] { "" }
}
digests-notice-model-down = The model could not be reached, so the papers are shown with sentences quoted from them.
digests-notice-from-abstract = { $count ->
    [one] One paper has no summary yet and is shown with the first sentence of its abstract.
   *[other] { $count } papers have no summary yet and are shown with the first sentence of their abstracts.
}{ $kept ->
    [yes] { " " }This message will be updated as summaries become available.
   *[no] { "" }
}
digests-notice-late = The list was late today, and so is this digest.

digests-empty-weekend = There are no papers on the list for { $day }. { $sources } rarely { $lists ->
    [one] lists
   *[other] list
} papers at weekends. The next list is expected on { $next }.
digests-empty-holiday = There are no papers on the list for { $day }: { $sources } had no new papers, probably because of a holiday. The next list is expected on { $next }.
digests-empty-weekday = There are no papers on the list for { $day }.{ $kept ->
    [yes] { " " }The next list will be posted here.
   *[no] { "" }
}
digests-late = The list for { $day } could not be fetched yet. It will be posted here as soon as it is.
digests-nothing-new = All papers on the list for { $day } have already been posted here.

digests-highlight-new = What's new
digests-highlight-technical = How it works
digests-highlight-performance = Results
digests-section-motivation = Motivation and problem
digests-section-contributions = Contributions
digests-section-method = Architecture and training
digests-section-setup = Experimental setup
digests-section-results = Quantitative results
digests-section-limitations = Limitations and failure cases
digests-section-followups = Ideas for future work

digests-card-tldr = In one line
digests-card-abstract = Abstract
digests-card-authors-more = { $names } and { $count } more
digests-card-published = Published { $day }
digests-card-listed = Listed { $day }
digests-card-pdf = PDF
digests-card-stars = ★ { $count }
digests-card-no-summary = There is no summary yet, so here is the abstract.
digests-card-from-abstract = This summary is based on the abstract only; the full text could not be read.
digests-card-made = Summary written { $day }
digests-card-ask-opened = Open a thread to ask about this paper, such as “What are its limitations?” or “Which data was it evaluated on?”
digests-card-ask = Ask anything about this paper in its thread, such as “What are its limitations?” or “Which data was it evaluated on?”

digests-related = Earlier related paper: { $title } · { $day }
digests-related-title = Earlier related papers
digests-related-entry = { $title } · { $day }
digests-related-new = New in this paper: { $words }

digests-list-title = { $count ->
    [one] One paper from { $day }
   *[other] { $count } papers from { $day }
}
digests-list-page = { $first }–{ $last } of { $count }
digests-list-next = Next
digests-list-previous = Previous
digests-list-share = Share in channel
digests-list-hint = To see a paper in detail, type `/papers show` and its number, such as `/papers show 3`.
digests-list-not-yet = No list has been stored yet. When the first one arrives, `/papers today` will show it.
digests-results-title = { $count ->
    [one] One paper for “{ $query }”
   *[other] { $count } papers for “{ $query }”
}
digests-results-none = No papers found for “{ $query }”.
digests-results-none-hint = Try fewer or other keywords, such as `/papers search reinforcement learning`.
digests-results-unclear = Searched without the filters I did not recognize: { $filters } (dates look like 2025-03)
digests-results-did-you-mean = Did you mean { $suggestion }?
digests-results-search-again = Search for { $suggestion }
digests-choose-title = Which paper do you mean?
digests-choose-this = This one
digests-shared-by = Shared by { $user }.

digests-title-weekly = { $sources } papers of the week · { $days }
digests-intro-weekly = { $total ->
    [one] The one paper on the week's { $sources } lists.
   *[other] { $left ->
        [0] All { $total } papers on the week's { $sources } lists.
       *[other] { $count } of the { $total } papers on the week's { $sources } lists.
    }
}
digests-week-unread = { $count ->
    [one] One list of the week has not been fetched ({ $sources }), so papers may be missing.
   *[other] { $count } lists of the week have not been fetched ({ $sources }), so papers may be missing.
}
digests-weeks-compared = { $weeks ->
    [0] No earlier week has complete lists, so there is nothing to compare with.
    [1] Compared with one of the previous 8 weeks, the only one with complete lists.
    [8] Compared with the previous 8 weeks.
   *[other] Compared with { $weeks } of the previous 8 weeks, those with complete lists.
}
digests-empty-week = No papers were listed for { $week }.
digests-empty-week-unread = Not all { $sources } lists for { $week } could be fetched, and there are no papers to show yet. Please try again later.
digests-unknown-week = I do not recognize the week “{ $week }”. Type a year and a week number, such as `2025-W12`.
digests-future-week = Week { $week } has not begun yet.
digests-trends = Trends of the week
digests-no-trends = No topic stands out.
digests-trend = { $count } of { $total } papers ({ $share }%), up from { $earlier }% in the { $weeks ->
    [one] earlier week.
   *[other] { $weeks } earlier weeks.
}
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
digests-topic-languages = Multilingual models
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
    [one] Saved by one member.
   *[other] Saved by { $count } members.
}
digests-notes-more = { $count ->
    [one] and one more note
   *[other] and { $count } more notes
}
digests-card-figure = Figure from the paper: { $title }
digests-card-thumbnail = Thumbnail: { $title }
digests-why-near = Close in meaning to your topics: { $topics }
