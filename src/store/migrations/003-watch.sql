-- The log that stood in the same file before this one: it was cut, emptied, written anew or replaced. A record with a time
-- of its own that stands at the same place with the same bytes is still that log's.
ALTER TABLE streams ADD COLUMN predecessor INTEGER;
-- 1: it is the other's beginning, as far as its bytes can still be compared: records without a time are that log's too.
ALTER TABLE streams ADD COLUMN is_copy INTEGER NOT NULL DEFAULT 0;

-- How far watching has come in a log. Records that begin before `settled` are complete; reading goes on there. lines,
-- time: line ends and the last time told before it. first_path: where it was found; a log that is moved leaves that place
-- to another. report: what these records add up to. file_id: device and number of
-- the file that was read last.
CREATE TABLE watched (
  stream INTEGER PRIMARY KEY REFERENCES streams (id),
  path TEXT NOT NULL,
  first_path TEXT NOT NULL,
  file_id TEXT NOT NULL,
  settled INTEGER NOT NULL,
  lines INTEGER NOT NULL,
  time TEXT,
  report TEXT NOT NULL,
  read_at TEXT NOT NULL
);
CREATE INDEX watched_by_file ON watched (file_id);
CREATE INDEX watched_by_path ON watched (path);
CREATE INDEX watched_by_first_path ON watched (first_path);

-- Records that prove a failure over, by the failure's signature.
CREATE TABLE recoveries (
  stream INTEGER NOT NULL,
  byte_start INTEGER NOT NULL,
  signature INTEGER NOT NULL,
  byte_end INTEGER NOT NULL,
  line INTEGER NOT NULL,
  time TEXT,
  digest TEXT NOT NULL,
  id TEXT NOT NULL,
  excerpt TEXT NOT NULL,
  PRIMARY KEY (stream, byte_start, signature)
) WITHOUT ROWID;
CREATE INDEX recoveries_by_id ON recoveries (id);

-- Notifications that wait for their receiver; told: what it was last told of an alert.
CREATE TABLE deliveries (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  channel TEXT NOT NULL,
  alert TEXT NOT NULL,
  appliance TEXT,
  event TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  why TEXT
);
CREATE INDEX deliveries_by_alert ON deliveries (channel, alert);
CREATE TABLE told (
  channel TEXT NOT NULL,
  alert TEXT NOT NULL,
  appliance TEXT,
  state TEXT NOT NULL,
  PRIMARY KEY (channel, alert)
) WITHOUT ROWID;

-- What watching could not see, and when; until: null while it lasts.
CREATE TABLE watch_problems (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  path TEXT,
  why TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT
);
