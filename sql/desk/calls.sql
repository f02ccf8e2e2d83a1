-- One row per call of the day, the last one first. Parameters: :campaign, :day.
SELECT
    id,
    day,
    unit,
    at,
    officer,
    note,
    promised_at
FROM call_note
WHERE campaign = :campaign AND day = :day
ORDER BY at DESC, id DESC;
