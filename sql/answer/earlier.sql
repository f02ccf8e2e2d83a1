-- One row per entry of a submission and earlier entry of the same unit and day, oldest first.
-- Parameters: :submissions (list).
SELECT
    mine.id AS entry_id,
    earlier.id AS earlier_id,
    earlier.submission_id,
    earlier.received_at,
    earlier.state,
    CASE WHEN earlier.fingerprint = mine.fingerprint THEN 1 ELSE 0 END AS is_same
FROM entry AS mine
INNER JOIN entry AS earlier
    ON
        mine.campaign = earlier.campaign
        AND mine.unit = earlier.unit
        AND mine.day = earlier.day
        AND mine.origin = earlier.origin
        AND mine.submission_id <> earlier.submission_id
WHERE
    mine.submission_id IN :submissions
    AND earlier.state <> 'rejected'
    AND (earlier.received_at, earlier.id) < (mine.received_at, mine.id)
ORDER BY mine.id, earlier.received_at, earlier.id;
