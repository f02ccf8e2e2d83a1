-- One row per open finding of the day that still speaks: on an entry that is held or counted, on the file of
-- such an entry, or on a submission received that day that yielded none; and what a consolidated report says
-- otherwise than the unit's own, which outranks it, until one of the two comes again. Critical ones first.
-- Parameters: :campaign, :day.
WITH open_entry AS (
    SELECT
        id,
        submission_id,
        document
    FROM standing_entry
    WHERE
        campaign = :campaign
        AND day = :day
        -- Asked first, of the few: where an entry stands costs a search among its rivals.
        AND EXISTS (
            SELECT 1
            FROM finding
            WHERE finding.submission_id = standing_entry.submission_id AND finding.settled IS NULL
        )
        AND standing IN ('held', 'counted')
),

speaking AS (
    SELECT finding.id
    FROM open_entry
    INNER JOIN finding ON open_entry.id = finding.entry_id
    UNION
    SELECT finding.id
    FROM open_entry
    CROSS JOIN finding
    WHERE
        finding.submission_id = open_entry.submission_id
        AND finding.entry_id IS NULL
        AND finding.document IN ('', open_entry.document)
    UNION
    SELECT finding.id
    FROM finding
    CROSS JOIN standing_entry AS entry
    WHERE
        finding.campaign = :campaign
        AND finding.day = :day
        AND finding.code = 'own-differs'
        AND entry.id = finding.entry_id
        AND entry.standing = 'superseded'
        AND NOT EXISTS (
            SELECT 1
            FROM entry AS later
            WHERE
                later.campaign = :campaign
                AND later.unit = entry.unit
                AND later.day = :day
                AND later.state = 'accepted'
                AND later.received_at > entry.received_at
        )
    UNION
    SELECT finding.id
    FROM submission
    INNER JOIN finding ON submission.id = finding.submission_id
    WHERE
        submission.campaign = :campaign
        AND submission.received_day = :day
        AND submission.state IN ('read', 'unreadable')
        AND NOT EXISTS (
            SELECT 1
            FROM entry
            WHERE entry.submission_id = submission.id
        )
)

SELECT
    finding.id,
    finding.code,
    finding.severity,
    finding.unit,
    finding.indicator,
    finding.document,
    finding.sheet,
    finding.cell,
    finding.found,
    finding.expected,
    finding.arguments,
    finding.submission_id,
    submission.name,
    submission.sender,
    submission.received_at
FROM speaking
INNER JOIN finding ON speaking.id = finding.id
INNER JOIN submission ON finding.submission_id = submission.id
WHERE finding.settled IS NULL
ORDER BY
    CASE finding.severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
    finding.id;
