-- The words of papers, passages, notes and corrections, and what keeps them in step. ``length`` is
-- the number of words. Ranking reads thousands of rows: one that fits on a page stays there as it
-- is, since a text that has to be fetched from elsewhere and unpacked takes ten times as long. New
-- words wait in a list that every search reads whole until they are sorted in: a short one.
CREATE TABLE paper_text (
    doc BIGINT PRIMARY KEY REFERENCES indexed_papers (doc) ON DELETE CASCADE,
    length INTEGER NOT NULL,
    words TSVECTOR NOT NULL
) WITH (toast_tuple_target = 8160);
CREATE INDEX paper_text_words ON paper_text USING gin (words)
    WITH (gin_pending_list_limit = 256);
CREATE TABLE passage_text (
    doc BIGINT PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE,
    length INTEGER NOT NULL,
    words TSVECTOR NOT NULL
) WITH (toast_tuple_target = 8160);
CREATE INDEX passage_text_words ON passage_text USING gin (words)
    WITH (gin_pending_list_limit = 256);
CREATE TABLE member_words (
    team TEXT NOT NULL,
    doc BIGINT NOT NULL,
    length INTEGER NOT NULL,
    words TSVECTOR NOT NULL,
    PRIMARY KEY (team, doc),
    FOREIGN KEY (team, doc) REFERENCES member_texts (team, doc) ON DELETE CASCADE
);
CREATE INDEX member_words_index ON member_words USING gin (words);
-- A paper's day is that of its last listing, else that of its publication.
CREATE FUNCTION date_paper() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    paper TEXT := CASE TG_TABLE_NAME WHEN 'papers' THEN to_jsonb(new) ->> 'id'
        ELSE to_jsonb(new) ->> 'paper_id' END;
BEGIN
    UPDATE indexed_papers SET day = coalesce(
        (SELECT max(date) FROM listing_papers WHERE paper_id = indexed_papers.paper_id),
        (SELECT substr(published, 1, 10) FROM papers WHERE id = indexed_papers.paper_id)
    )
    WHERE paper_id = paper;
    RETURN NULL;
END $$;
CREATE TRIGGER indexed_paper_dated AFTER INSERT ON indexed_papers
    FOR EACH ROW EXECUTE FUNCTION date_paper();
CREATE TRIGGER listed_paper_dated AFTER INSERT OR UPDATE OF paper_id ON listing_papers
    FOR EACH ROW EXECUTE FUNCTION date_paper();
CREATE TRIGGER published_paper_dated AFTER UPDATE OF published ON papers
    FOR EACH ROW EXECUTE FUNCTION date_paper();
