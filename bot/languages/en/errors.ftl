errors-unexpected = Something went wrong and the request could not be completed. Please try again in a moment.
errors-settings = There is a problem with the settings. Please ask your Paperboy admin to run `paperboy check`.
errors-unknown-paper = I could not find “{ $paper }”. Try an arXiv ID, a link, a title, or a number from the newest list.
errors-source = The paper source could not be reached, or gave no valid response. Check the network, or try again in a few minutes.
errors-model = The model gave no valid response. Please try again in a few minutes.
errors-budget = Today's model budget is used up. Until the budget is renewed at midnight UTC, you will get sentences quoted from the papers.
errors-slack = Slack rejected the request ({ $code }). Please try again in a few minutes.
errors-reference = If this continues, tell your Paperboy admin this number: ref { $reference }
