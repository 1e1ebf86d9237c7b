-- 1: a user decided it, and watching has not told it yet.
ALTER TABLE incident_events ADD COLUMN untold INTEGER;
CREATE INDEX incident_events_untold ON incident_events (incident) WHERE untold = 1;

-- What the receiver is told: firing or resolved. Null in what an earlier version left.
ALTER TABLE deliveries ADD COLUMN state TEXT;

-- How each channel gets on: its last failure, and when something arrived last.
CREATE TABLE channels (
  channel TEXT PRIMARY KEY,
  failed_at TEXT,
  why TEXT,
  delivered_at TEXT
) WITHOUT ROWID;
