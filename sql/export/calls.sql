-- One row per note on a call of the day.
-- Parameters: :campaign, :day.
SELECT
    id,
    unit,
    at,
    officer,
    note,
    promised_at
FROM call_note
WHERE campaign = :campaign AND day = :day
ORDER BY id;
