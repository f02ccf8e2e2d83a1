-- One row per entry of the submissions that a reading took. Parameters: :reading.
SELECT
    entry.submission_id,
    entry.ordinal,
    entry.id
FROM submission
INNER JOIN entry ON submission.id = entry.submission_id
WHERE submission.reading = :reading;
