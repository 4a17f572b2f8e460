-- The words of papers, passages, notes and corrections, and what keeps them in step.
CREATE VIRTUAL TABLE paper_text USING fts5 (
    title, people, abstract, summary, tokenize = 'porter unicode61'
);
CREATE VIRTUAL TABLE paper_terms USING fts5vocab ('paper_text', 'row');
CREATE VIRTUAL TABLE passage_text USING fts5 (text, tokenize = 'porter unicode61');
CREATE VIRTUAL TABLE member_words USING fts5 (text, tokenize = 'porter unicode61');
CREATE TRIGGER member_text_gone AFTER DELETE ON member_texts
BEGIN DELETE FROM member_words WHERE rowid = old.doc; END;
-- Full-text tables know no foreign keys.
CREATE TRIGGER indexed_paper_gone AFTER DELETE ON indexed_papers
BEGIN DELETE FROM paper_text WHERE rowid = old.doc; END;
CREATE TRIGGER passage_gone AFTER DELETE ON passages
BEGIN DELETE FROM passage_text WHERE rowid = old.id; END;
-- A paper's day is that of its last listing, else that of its publication: emptied where one of
-- these changes, it is found again.
CREATE TRIGGER day_found AFTER UPDATE OF day ON indexed_papers WHEN new.day = ''
BEGIN
    UPDATE indexed_papers SET day = coalesce(
        (SELECT max(date) FROM listing_papers WHERE paper_id = new.paper_id),
        (SELECT substr(published, 1, 10) FROM papers WHERE id = new.paper_id)
    )
    WHERE doc = new.doc;
END;
CREATE TRIGGER indexed_paper_dated AFTER INSERT ON indexed_papers
BEGIN UPDATE indexed_papers SET day = '' WHERE doc = new.doc; END;
CREATE TRIGGER listed_paper_dated AFTER INSERT ON listing_papers
BEGIN UPDATE indexed_papers SET day = '' WHERE paper_id = new.paper_id; END;
CREATE TRIGGER relisted_paper_dated AFTER UPDATE OF paper_id ON listing_papers
BEGIN UPDATE indexed_papers SET day = '' WHERE paper_id = new.paper_id; END;
CREATE TRIGGER published_paper_dated AFTER UPDATE OF published ON papers
BEGIN UPDATE indexed_papers SET day = '' WHERE paper_id = new.id; END;
