-- A log, known by its bytes. head_*: what it began with when first seen; it never changes, so it finds the log again
-- however much it has grown. length and rest: the position up to which everything is in this store.
CREATE TABLE streams (
  id INTEGER PRIMARY KEY,
  key_base TEXT NOT NULL,
  key_number INTEGER NOT NULL,
  key TEXT NOT NULL AS (CASE key_number WHEN 1 THEN key_base ELSE key_base || '-' || key_number END),
  head_length INTEGER NOT NULL,
  head_digest BLOB NOT NULL,
  length INTEGER NOT NULL DEFAULT 0,
  rest INTEGER NOT NULL DEFAULT 0,
  path TEXT NOT NULL,
  appliance TEXT,
  -- The folder in which it was first seen: what stands for the appliance where no name is known, however it moves.
  scope TEXT,
  encoding TEXT,
  report TEXT
);
CREATE UNIQUE INDEX streams_by_key ON streams (key_base, key_number);
CREATE INDEX streams_by_head ON streams (head_length, head_digest);

-- CRC-32 of the whole pages, 1,024 to a row: a growing log rewrites one row, not all of them.
CREATE TABLE stream_pages (
  stream INTEGER NOT NULL REFERENCES streams (id),
  chunk INTEGER NOT NULL,
  pages BLOB NOT NULL,
  PRIMARY KEY (stream, chunk)
) WITHOUT ROWID;

CREATE TABLE signatures (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

-- first_*, last_*: the span of all its hits that have a time; the text as it was read, and milliseconds to search by.
-- state is what users did and what followed from it; the status that is shown also depends on later incidents.
CREATE TABLE incidents (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fingerprint TEXT NOT NULL,
  scope TEXT NOT NULL,
  signature INTEGER NOT NULL REFERENCES signatures (id),
  appliance TEXT,
  entities TEXT NOT NULL,
  first_time TEXT,
  last_time TEXT,
  first_ms INTEGER,
  last_ms INTEGER,
  state TEXT NOT NULL DEFAULT 'open'
);
CREATE INDEX incidents_by_fingerprint ON incidents (fingerprint, scope, first_ms);

-- What an incident's hits in one stream add up to.
CREATE TABLE incident_streams (
  incident INTEGER NOT NULL REFERENCES incidents (row),
  stream INTEGER NOT NULL REFERENCES streams (id),
  count INTEGER NOT NULL,
  timed INTEGER NOT NULL,
  estimated INTEGER NOT NULL,
  first_time TEXT,
  last_time TEXT,
  first_byte INTEGER NOT NULL,
  PRIMARY KEY (incident, stream)
) WITHOUT ROWID;
CREATE INDEX incident_streams_by_stream ON incident_streams (stream);

-- One row per hit. No foreign keys: they would cost three look-ups for each of a million rows.
-- time_basis: 0 none, 1 estimated, 2 explicit.
CREATE TABLE hits (
  stream INTEGER NOT NULL,
  byte_start INTEGER NOT NULL,
  signature INTEGER NOT NULL,
  byte_end INTEGER NOT NULL,
  line INTEGER NOT NULL,
  time TEXT,
  time_basis INTEGER NOT NULL,
  digest TEXT NOT NULL,
  incident INTEGER NOT NULL,
  PRIMARY KEY (stream, byte_start, signature)
) WITHOUT ROWID;
CREATE INDEX hits_by_incident ON hits (incident, stream);

-- The hits whose text is kept. decade: 1 for the 10th hit of its incident and stream, 2 for the 100th …, else 0.
CREATE TABLE evidence (
  stream INTEGER NOT NULL,
  byte_start INTEGER NOT NULL,
  signature INTEGER NOT NULL,
  incident INTEGER NOT NULL,
  id TEXT NOT NULL,
  decade INTEGER NOT NULL,
  excerpt TEXT NOT NULL,
  PRIMARY KEY (stream, byte_start, signature)
) WITHOUT ROWID;
CREATE INDEX evidence_by_incident ON evidence (incident, stream);
CREATE INDEX evidence_by_id ON evidence (id);

-- What happened to an incident. at: when, as far as it is known (a hit without time can make an incident regress).
CREATE TABLE incident_events (
  seq INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL,
  at TEXT,
  event TEXT NOT NULL,
  detail TEXT
);
CREATE INDEX incident_events_by_incident ON incident_events (incident);
CREATE INDEX incident_events_by_detail ON incident_events (event, detail);

-- The first record of each kind of error that no signature explains, so that a report's evidence can be opened again.
CREATE TABLE unknown_evidence (
  id TEXT PRIMARY KEY,
  path TEXT NOT NULL,
  line INTEGER NOT NULL,
  byte_start INTEGER NOT NULL,
  byte_end INTEGER NOT NULL,
  digest TEXT NOT NULL,
  excerpt TEXT NOT NULL
) WITHOUT ROWID;
