errors-unexpected = Something went wrong and the request was not finished. Please try again in a moment.
errors-settings = There is a problem with the settings. Please ask whoever runs Paperboy to run `paperboy check`.
errors-unknown-paper = I could not find { $paper }. Try an arXiv id or link, or a number from today's list.
errors-source = The paper source gave no usable answer. Please ask again in a few minutes.
errors-model = The model gave no usable answer.
errors-budget = Today's model budget is used up. Until tomorrow you get sentences chosen from the papers themselves.
errors-slack = Slack did not accept the request ({ $code }).
errors-reference = (ref { $reference })
