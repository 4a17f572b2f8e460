archive-maker = Made by: { $maker } ({ $day }). Machine-made, so it may be wrong.
archive-maker-extractive = Made by: { $maker } ({ $day }). Sentences chosen from the papers themselves, without a model.
archive-weekly-title = AI papers of the week
archive-introduction = Introduction
archive-abstract = Abstract
archive-link = Paper link
archive-further = Further reading
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
archive-unclear = Not understood ({ $count }):
archive-skipped = Left out ({ $count }):
archive-more = … and { $count } more; --json lists all of them.
