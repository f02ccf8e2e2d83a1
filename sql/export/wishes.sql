-- One row per wish about reminders up to the end of the day.
-- Parameters: :campaign, :until_at.
SELECT
    id,
    address,
    unit,
    wish,
    actor,
    reason,
    submission_id,
    at
FROM contact_wish
WHERE campaign = :campaign AND at < :until_at
ORDER BY id;
