summaries-warning-original-language = 아직 한국어 글이 없어 영어 원문을 그대로 보여 드립니다.
summaries-warning-hidden-instructions = 논문에 언어 모델을 겨냥한 지시문이 숨어 있습니다. 그 지시는 따르지 않았습니다.
summaries-warning-dropped-sentences = 논문에서 근거를 찾지 못한 문장은 뺐습니다.
summaries-problem-budget = 오늘의 모델 예산을 다 써서 논문에서 고른 문장을 보여 드립니다.
summaries-problem-model = 모델이 쓸 만한 요약을 내지 못해 논문에서 고른 문장을 보여 드립니다. 나중에 다시 만듭니다.
summaries-problem-checks = 모델이 쓴 요약이 검사를 통과하지 못해 논문에서 고른 문장을 보여 드립니다.
summaries-problem-no-text = 아직 초록도 본문도 구하지 못했습니다.
summaries-problem-unexpected = 요약을 만들지 못했습니다. 나중에 다시 만듭니다.
