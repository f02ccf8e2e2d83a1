-- One row per entry that other submissions of the same bytes gave: what it said, its receipt, and the first
-- receipt of other figures that were accepted after it (NULL: none); both as the driver gives them.
-- Parameters: :reading.
SELECT DISTINCT
    earlier.sha256,
    entry.fingerprint,
    entry.state,
    entry.received_at AS received,
    (
        SELECT MIN(later.received_at)
        FROM entry AS later
        WHERE
            later.campaign = entry.campaign
            AND later.unit = entry.unit
            AND later.day = entry.day
            AND later.origin = entry.origin
            AND later.state = 'accepted'
            AND later.fingerprint <> entry.fingerprint
            AND later.received_at > entry.received_at
    ) AS replaced
FROM submission AS mine
INNER JOIN submission AS earlier ON mine.campaign = earlier.campaign AND mine.sha256 = earlier.sha256
INNER JOIN entry ON earlier.id = entry.submission_id
WHERE mine.reading = :reading AND mine.id <> earlier.id;
