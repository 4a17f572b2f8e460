archive-maker = Made by: { $maker } ({ $day }). Written by a model, so it may be wrong.
archive-maker-extractive = Made by: { $maker } ({ $day }). These sentences are quoted from the papers; no model was used.
archive-nothing = There are no papers to export for { $period }.
archive-importing = Importing
archive-indexing = Adding to the search index
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
archive-dry-run = Dry run, nothing was stored: { $files ->
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
    [one] One title could not be looked up because the sources did not respond. Please import again later.
   *[other] { $count } titles could not be looked up because the sources did not respond. Please import again later.
}
archive-unidentified = Stored by title, no arXiv ID found ({ $count }):
archive-unclear = Please check ({ $count }):
archive-skipped = Not imported ({ $count }):
archive-more = … and { $count } more; use --json to see all.
archive-importing-rate = Importing ({ $papers ->
    [one] { $papers } paper
   *[other] { $papers } papers
}, { $rate } per second)
archive-export-offline = arXiv is not responding, so no new summaries are made and only stored data is exported.
archive-no-style = There is no style { $style }.
archive-not-written = Cannot write to the folder { $folder }: { archive-system-reason }.
# What the operating system says.
archive-system-reason = { $reason }
archive-state-new = new
archive-state-updated = updated
archive-state-unchanged = unchanged
archive-state-older = older, not changed
archive-count-papers = papers: { $count }
archive-count-stubs = links only: { $count }
archive-count-identified = with ID: { $count }
archive-count-votes = with votes: { $count }
archive-count-authors = with authors: { $count }
archive-count-organizations = with organization: { $count }
archive-count-three-highlights = with three highlights: { $count }
archive-count-sections = sections: { $count }
archive-count-trends = trends: { $count }
archive-count-introductions-in-two-languages = introductions in two languages: { $count }
archive-count-abstracts-in-two-languages = abstracts in two languages: { $count }
archive-count-kept = with free text: { $count }
archive-count-tables = tables: { $count }
archive-count-figures = figures: { $count }
archive-count-links = links to earlier digests: { $count }
archive-count-readings = further reading: { $count }
archive-kept-texts = Not a known section, stored as text ({ $count }):
archive-asked = Questions to answer first ({ $count }):
archive-no-papers = contains no papers
archive-no-such-file = no such file or folder
archive-no-text = not a text file
archive-unknown-encoding = unknown encoding (not UTF-8 at line { $line })
archive-too-large = larger than { $size } MB
archive-too-long = more than { $count } lines
archive-too-many = more than { $count } papers in one digest
archive-not-unpacked = the zip file cannot be unpacked
archive-not-opened = cannot be read: { archive-system-reason }
archive-failed = failed: { $reason }
archive-no-such-day = no such date: { $text }
archive-which-year = { $text } has no year. Import again with --year.
archive-which-day = there is no date in the heading or the file name
archive-name-wins = the dates disagree ({ $text }); the date in the file name was used
archive-older-beside = seems to be an older version of { $text }; both were kept, and the facts are those of the newer one
archive-older-left = an older version of { $text }; the newer one was kept
archive-older-taken = an older version of { $text } replaced a newer one
