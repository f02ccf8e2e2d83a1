-- One row per submission that a reading took; `received`: its receipt as the driver gives it (put_entry).
-- Parameters: :reading.
SELECT
    id,
    sha256,
    received_day,
    received_at AS received
FROM submission
WHERE reading = :reading;
