errors-unexpected = Something went wrong and the request could not be completed. Please try again in a moment.
errors-settings = There is a problem with the settings. Please ask your Paperboy admin to run `paperboy check`.
errors-unknown-paper = I could not find “{ $paper }”. Try an arXiv ID or link, or a number from today's list.
errors-source = The paper source could not be reached, or gave no valid response. Check the network, or try again in a few minutes.
errors-model = The model gave no valid response.
errors-budget = Today's model budget is used up. Until tomorrow, you will get sentences quoted from the papers.
errors-slack = Slack rejected the request ({ $code }).
errors-reference = (ref { $reference })
