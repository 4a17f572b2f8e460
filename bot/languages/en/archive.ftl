archive-maker = Made by: { $maker } ({ $day }). Machine-made, so it may be wrong.
archive-maker-extractive = Made by: { $maker } ({ $day }). Sentences chosen from the papers themselves, without a model.
archive-weekly-title = AI papers of the week
archive-part-introduction = Introduction
archive-part-abstract = Abstract
archive-link = Paper link
archive-part-further = Further reading
archive-note = Team note
archive-nothing = There are no papers to export for { $period }.
archive-importing = Importing
archive-indexing = Adding to the search
archive-imported = Read { $files ->
    [one] { $files } file
   *[other] { $files } files
} with { $papers ->
    [one] { $papers } paper
   *[other] { $papers } papers
}: { $new } new, { $updated } updated, { $unchanged } unchanged { $unchanged ->
    [one] digest
   *[other] digests
}.
archive-dry-run = A dry run, nothing was stored: { $files ->
    [one] { $files } file
   *[other] { $files } files
} with { $papers ->
    [one] { $papers } paper
   *[other] { $papers } papers
}; { $new } new, { $updated } updated, { $unchanged } unchanged { $unchanged ->
    [one] digest
   *[other] digests
}.
archive-not-asked = { $count ->
    [one] One title could not be looked up: the sources did not answer. Import again later.
   *[other] { $count } titles could not be looked up: the sources did not answer. Import again later.
}
archive-unidentified = Kept by title, no arXiv id found ({ $count }):
archive-unclear = Please check ({ $count }):
archive-skipped = Left out ({ $count }):
archive-more = … and { $count } more; --json lists all of them.
archive-title = Title
archive-part-sentence = In one sentence
archive-importing-rate = Importing ({ $papers } papers, { $rate } a second)
archive-export-offline = arXiv does not answer, so no summaries are made: what is stored is written.
archive-no-style = There is no style { $style }.
archive-not-written = The folder { $folder } cannot be written: { $reason }.
archive-state-new = new
archive-state-updated = updated
archive-state-unchanged = unchanged
archive-state-older = older, left as it is
archive-count-papers = papers { $count }
archive-count-stubs = links only { $count }
archive-count-identified = with an id { $count }
archive-count-votes = with votes { $count }
archive-count-authors = with authors { $count }
archive-count-organizations = with an organisation { $count }
archive-count-three-highlights = with three highlights { $count }
archive-count-sections = sections { $count }
archive-count-trends = trends { $count }
archive-count-introductions-in-two-languages = introductions in two languages { $count }
archive-count-abstracts-in-two-languages = abstracts in two languages { $count }
archive-count-kept = with free text { $count }
archive-count-tables = tables { $count }
archive-count-figures = pictures { $count }
archive-count-links = links to earlier digests { $count }
archive-count-readings = further readings { $count }
archive-kept-texts = Matched no known name, kept as text ({ $count }):
archive-asked = Needs an answer first ({ $count }):
archive-no-papers = holds no papers
archive-no-such-file = no such file or folder
archive-no-text = not a text
archive-unknown-encoding = unknown encoding (not UTF-8 at line { $line })
archive-too-large = larger than { $size } MB
archive-too-long = more than { $count } lines
archive-too-many = more than { $count } papers in one digest
archive-not-unpacked = the zip file cannot be unpacked
archive-not-opened = cannot be read: { $reason }
archive-failed = failed: { $reason }
archive-no-such-day = there is no such day: { $text }
archive-which-year = which year is { $text }? Import again with --year.
archive-which-day = no day is told, neither by the heading nor by the file's name
archive-name-wins = the dates disagree ({ $text }): that of the file's name was taken
archive-older-left = an older copy of { $text }: the newer one stays as it is
archive-older-taken = an older version of { $text } took the place of a newer one
