summaries-warning-original-language = There is no text in your language yet, so this is the original English.
summaries-warning-hidden-instructions = The paper's text holds instructions meant for language models. They were not followed.
summaries-warning-dropped-sentences = Sentences that the paper does not back up were left out.
summaries-problem-budget = Today's model budget is used up, so these sentences were chosen from the paper.
summaries-problem-model = The model gave no usable summary, so these sentences were chosen from the paper. It will be tried again.
summaries-problem-checks = What the model wrote did not stand the checks, so these sentences were chosen from the paper.
summaries-problem-no-text = Neither abstract nor full text could be had yet.
summaries-problem-unexpected = The summary could not be made. It will be tried again.
