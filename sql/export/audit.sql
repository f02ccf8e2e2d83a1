-- One row per deed of the day, and per later one that names campaign and day or is a verdict on the day's
-- submissions. Exports are left out: they only read, and no archive must change because one was taken.
-- Parameters: :campaign, :day, :since_at, :until_at, :subject.
SELECT
    id,
    at,
    actor,
    action,
    subject,
    detail
FROM audit
WHERE
    action <> 'export'
    AND (
        (at >= :since_at AND at < :until_at)
        OR subject = :subject
        OR subject IN (
            SELECT 'verdict ' || CAST(verdict.id AS TEXT)
            FROM verdict
            WHERE
                verdict.campaign = :campaign
                AND verdict.submission_id IN (
                    SELECT submission_id
                    FROM submission_of_day
                    WHERE campaign = :campaign AND day = :day
                )
        )
    )
ORDER BY id;
