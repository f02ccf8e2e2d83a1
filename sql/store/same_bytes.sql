-- One row per entry and state that other submissions of the same bytes gave. Parameters: :reading.
SELECT DISTINCT
    earlier.sha256,
    entry.fingerprint,
    entry.state
FROM submission AS mine
INNER JOIN submission AS earlier ON mine.campaign = earlier.campaign AND mine.sha256 = earlier.sha256
INNER JOIN entry ON earlier.id = entry.submission_id
WHERE mine.reading = :reading AND mine.id <> earlier.id;
