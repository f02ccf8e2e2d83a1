-- One row per note on a call to a unit over some days, the latest first.
-- Parameters: :campaign, :unit, :since, :until.
SELECT
    day,
    at,
    officer,
    note,
    promised_at
FROM call_note
WHERE
    campaign = :campaign
    AND unit = :unit
    AND day >= :since
    AND day <= :until
ORDER BY at DESC;
