answers-section-note = Team note, { $day }
answers-section-correction = Correction by a team member: { $part }
answers-section-abstract = Abstract
answers-section-text = Full text
answers-page = p. { $page }
answers-slot-tldr = Summary in one line
answers-slot-new = Summary: what's new
answers-slot-technical = Summary: how it works
answers-slot-performance = Summary: results
answers-slot-motivation = Summary: motivation and problem
answers-slot-contributions = Summary: contributions
answers-slot-method = Summary: architecture and training
answers-slot-setup = Summary: experimental setup
answers-slot-results = Summary: quantitative results
answers-slot-limitations = Summary: limitations and failure cases
answers-slot-followups = Summary: ideas for future work

answers-authors = { $count ->
    [1] The author is { $names }.
   *[other] The authors are { $names }.
}
answers-authors-more = There are { $count } authors: { $names } and others.
answers-organization = It is from { $names }.
answers-votes = { $count ->
    [1] It has one vote on { $source }.
   *[other] It has { $count } votes on { $source }.
}
answers-code = Code: { $url }
answers-stars = ({ $count } stars on GitHub)
answers-project = Project page: { $url }
answers-published = It was published on arXiv on { $day }.
answers-listed = { $source } listed it on { $day }.
answers-unknown-authors = The stored metadata has no author names.
answers-unknown-organization = The stored metadata has no organization.
answers-unknown-votes = The stored metadata has no votes.
answers-unknown-code = The stored metadata has no link to code.
answers-unknown-most-stars = The stored metadata has no GitHub stars for these papers.
answers-unknown-date = The stored metadata has no publication date.
answers-unknown-link = I do not know where this paper is on the web, so I have no link to give.

answers-lead-kind-limitations = What the paper says about its limitations:
answers-lead-kind-results = What the paper says about its results:
answers-lead-kind-data = What the paper says about its data:
answers-lead-kind-setup = What the paper says about its experimental setup:
answers-lead-kind-method = What the paper says about its method:
answers-lead-kind-contributions = What the paper says about its contributions:
answers-lead-kind-followups = What the paper says about future work:
answers-lead-kind-motivation = What the paper says about the problem it addresses:
answers-lead-kind-summary = The key points of the paper:
answers-lead-kind-other = The passages most relevant to your question:
answers-model-found-none = The model found no answer. These sentences from the paper are the most relevant ones:
answers-not-found = I could not find an answer to this in the paper.
answers-perhaps = I am not sure, but this may be the answer:
answers-offer-about = What the paper is about:
answers-no-text = Only the title of this paper is stored so far, so Paperboy cannot answer questions about it.
answers-not-stored = This paper is not in the archive.
answers-archive-lead = From papers in the archive:
answers-archive-none = I found nothing about this in the archive. Please try other keywords.
answers-compare-lead = { $count ->
    [one] One paper, point by point:
   *[other] A comparison of { $count } papers:
}
answers-compare-paper = Paper
answers-compare-row-summary = Summary
answers-compare-row-method = Method
answers-compare-row-results = Results
answers-compare-row-data = Data
answers-compare-row-setup = Setup
answers-compare-row-limitations = Limitations
answers-compare-row-contributions = What's new
answers-compare-row-motivation = Problem
answers-compare-row-followups = Future work
answers-compare-row-other = Your question
answers-compare-row-authors = Authors
answers-compare-row-organization = Organization
answers-compare-row-votes = Votes
answers-compare-row-code = Code
answers-compare-row-date = Date
answers-compare-row-link = Links
answers-compare-nothing = Nothing on this

answers-note-extractive = These sentences are quoted from the stored text; no language model was used.
answers-note-abstract-only = The full text has not been read yet, so only the abstract and the summary were searched.
answers-note-summary-model = Summary sentences were written by { $maker }.
answers-needs-model = Rewording an answer takes a language model, and none is connected. These are the sentences that serve as evidence:
answers-note-with-a-model = With a language model, you would get an answer in its own words, a simpler one, or one in another language.
answers-note-record = From the paper's metadata.
answers-note-model-failed = Sorry, the model did not answer, so here are sentences quoted from the paper.
answers-note-budget = Today's model budget is used up, so here are sentences quoted from the paper.

answers-maker-model = Written by { $maker } from passages of the paper; it may be wrong.
answers-sources = Sources
answers-button-evidence = Show evidence
answers-evidence-title = Evidence
answers-evidence-note = The answer is based on the sentences in bold. The others surround them in the paper.
answers-evidence-none = This answer cites no passages.
answers-button-detail = More detail
answers-button-simpler = Simpler
answers-button-language = In English
answers-feedback-good = Helpful
answers-feedback-bad = Not helpful
answers-status-fetching = Reading “{ $title }” on arXiv.
answers-status-searching = Looking for relevant passages.
answers-status-archive = Searching the archive.
answers-status-reading = Reading “{ $title }”.
answers-code-label = This code is an example written by the model; it is not from the paper.
answers-status-verifying = Checking each sentence against the evidence.
answers-note-verified = { $maker } checked each sentence against the evidence.
answers-note-left-out = { $count ->
    [1] One sentence was left out because the paper does not support it.
   *[other] { $count } sentences were left out because the paper does not support them.
}
answers-note-cut-off = The answer was too long, so its end was cut off.
answers-lead-kind-code = What the text says:
answers-not-found-limitations = I could not find a passage in which the paper discusses its limitations.
answers-not-found-followups = I could not find a passage in which the paper discusses future work.
answers-withdrawn = This paper has been withdrawn, so its claims may not hold.
answers-some-withdrawn = Some of these papers have been withdrawn ({ $titles }).
