-- One row per open finding of a day that still speaks (see open_findings.sql), with only what the queue is
-- sorted, counted and filtered by. The unit is the one it is about, else the one that sent the file.
-- Parameters: :campaign, :day.
SELECT
    finding.id,
    finding.code,
    finding.severity,
    finding.entry_id,
    finding.submission_id,
    COALESCE(finding.unit, entry.unit, submission.branch) AS unit,
    entry.standing,
    entry.received_at
-- CROSS JOIN: SQLite keeps its order, from the few that are open to their entries.
FROM finding
CROSS JOIN standing_entry AS entry
INNER JOIN submission ON entry.submission_id = submission.id
WHERE
    finding.campaign = :campaign
    AND finding.day = :day
    AND finding.settled IS NULL
    AND finding.entry_id = entry.id
    AND entry.standing IN ('held', 'counted')
UNION ALL
SELECT
    finding.id,
    finding.code,
    finding.severity,
    finding.entry_id,
    finding.submission_id,
    COALESCE(finding.unit, submission.branch) AS unit,
    CAST(NULL AS TEXT) AS standing,
    submission.received_at
FROM finding
INNER JOIN submission ON finding.submission_id = submission.id
WHERE
    finding.campaign = :campaign
    AND finding.day = :day
    AND finding.settled IS NULL
    AND finding.entry_id IS NULL
    AND submission.state IN ('read', 'unreadable')
    AND (
        NOT EXISTS (
            SELECT 1
            FROM entry
            WHERE entry.submission_id = submission.id
        )
        OR EXISTS (
            SELECT 1
            FROM standing_entry AS entry
            WHERE
                entry.submission_id = submission.id
                AND entry.standing IN ('held', 'counted')
                AND finding.document IN ('', entry.document)
        )
    );
