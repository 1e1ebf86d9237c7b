-- How often each kind of error that no signature explains stands in a log, as it was last read. evidence: the first record
-- of the kind that this reading met, in this log or another (unknown_evidence).
CREATE TABLE unknown_errors (
  stream INTEGER NOT NULL REFERENCES streams (id),
  level TEXT NOT NULL,
  template TEXT NOT NULL,
  count INTEGER NOT NULL,
  evidence TEXT NOT NULL,
  PRIMARY KEY (stream, level, template)
) WITHOUT ROWID;

-- The log that the record stands in: where it is now, and how its bytes are read. Null in what an earlier version left.
ALTER TABLE unknown_evidence ADD COLUMN stream INTEGER;
