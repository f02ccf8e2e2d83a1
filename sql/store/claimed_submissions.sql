-- One row per submission that a reading took. Parameters: :reading.
SELECT
    id,
    sha256,
    received_day
FROM submission
WHERE reading = :reading;
