answers-section-note = Team note, { $day }
answers-section-correction = Correction by a team member: { $part }
answers-section-abstract = Abstract
answers-section-text = Full text
answers-page = p. { $page }
answers-slot-tldr = Summary in a line
answers-slot-new = Summary: what's new
answers-slot-technical = Summary: technical details
answers-slot-performance = Summary: performance
answers-slot-motivation = Summary: motivation and problem
answers-slot-contributions = Summary: contributions
answers-slot-method = Summary: architecture and training
answers-slot-setup = Summary: experimental setup
answers-slot-results = Summary: results
answers-slot-limitations = Summary: limitations
answers-slot-followups = Summary: follow-up ideas

answers-authors = { $count ->
    [1] The author is { $names }.
   *[other] The authors are { $names }.
}
answers-authors-more = There are { $count } authors: { $names } and others.
answers-organization = It comes from { $names }.
answers-votes = { $count ->
    [1] It has one vote on Hugging Face.
   *[other] It has { $count } votes on Hugging Face.
}
answers-code = Code: { $url }
answers-stars = ({ $count } stars on GitHub)
answers-project = Project page: { $url }
answers-published = It was published on arXiv on { $day }.
answers-listed = Hugging Face listed it on { $day }.
answers-links = [arXiv]({ $page }) · [PDF]({ $pdf }) · [Hugging Face]({ $hub })
answers-unknown-authors = The stored record has no author names.
answers-unknown-organization = The stored record names no organisation.
answers-unknown-votes = The stored record has no votes.
answers-unknown-code = The stored record has no link to code.
answers-unknown-date = The stored record has no publication date.
answers-unknown-link = This paper's arXiv id is unknown, so there is no link to give.

answers-lead-kind-limitations = On its limitations, the texts say:
answers-lead-kind-results = On its results, the texts say:
answers-lead-kind-data = On its data, the texts say:
answers-lead-kind-setup = On the experimental setup, the texts say:
answers-lead-kind-method = On its method, the texts say:
answers-lead-kind-contributions = On what is new, the texts say:
answers-lead-kind-followups = On follow-up work, the texts say:
answers-lead-kind-motivation = On the problem it takes up, the texts say:
answers-lead-kind-summary = The paper in its key sentences:
answers-lead-kind-other = The passages nearest to your question:
answers-model-found-none = The model found no answer. These sentences of the paper come nearest to the question:
answers-not-found = I found no answer to this in the paper.
answers-perhaps = I am not sure, but perhaps this answers it:
answers-offer-about = What the paper is about:
answers-no-text = Only the title of this paper is stored so far, so I cannot answer.
answers-not-stored = This paper is not stored.
answers-archive-lead = From the stored papers:
answers-archive-none = I found nothing about this in the stored papers. Please try other words.
answers-compare-lead = { $count ->
    [one] One paper, point by point:
   *[other] { $count } papers side by side:
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
answers-compare-row-followups = Follow-ups
answers-compare-row-other = Your question
answers-compare-row-authors = Authors
answers-compare-row-organization = Organisation
answers-compare-row-votes = Votes
answers-compare-row-code = Code
answers-compare-row-date = Date
answers-compare-row-link = Links
answers-compare-nothing = Nothing on this

answers-note-extractive = These sentences were taken from the stored texts as they stand, without a language model.
answers-note-abstract-only = The full text has not been read yet; only the abstract and summary were searched.
answers-note-summary-model = Summary sentences were written by { $maker }.
answers-needs-model = Putting an answer into other words takes a language model, and none is connected. These are the sentences that it would rest on:
answers-note-with-a-model = With a language model connected, you would get an answer in its own sentences, simpler or in another language.
answers-note-record = Read off the stored record.
answers-note-model-failed = Sorry: the model gave no answer, so here are sentences from the paper itself.
answers-note-budget = Today's model budget is used up, so here are sentences from the paper itself.

answers-maker-model = Written by { $maker } from passages of the paper; it may be wrong.
answers-sources = Sources
answers-button-evidence = Show the evidence
answers-evidence-title = Evidence
answers-evidence-note = The answer rests on the sentences in bold; the others stand beside them in the paper.
answers-evidence-none = This answer cites no passage.
answers-button-detail = More detail
answers-button-simpler = Simpler
answers-button-language = In English
answers-feedback-good = Helpful
answers-feedback-bad = Not helpful
answers-status-fetching = Reading “{ $title }” on arXiv.
answers-status-searching = Looking for the passages.
answers-status-archive = Looking through the stored papers.
answers-status-reading = Reading “{ $title }”.
answers-code-label = This code is an illustration by the model; it is not from the paper.
answers-status-verifying = Checking each sentence against its passage.
answers-note-verified = Each sentence was checked against its passages by { $maker }.
answers-note-left-out = { $count ->
    [1] One sentence that the paper does not bear out was left out.
   *[other] { $count } sentences that the paper does not bear out were left out.
}
answers-note-cut-off = The answer grew too long and its end was cut off.
answers-lead-kind-code = The text says:
answers-not-found-limitations = I found no passage in which the paper names its limitations.
answers-not-found-followups = I found no passage in which the paper names follow-up work.
answers-withdrawn = Please note: this paper has been withdrawn, so what follows may not hold.
answers-some-withdrawn = Please note: withdrawn papers are among these ({ $titles }).
