-- One row per verdict after the one seen that touches a finding: on itself, on its whole entry, or one that
-- took the entry out of the totals. The last one first. Parameters: :finding_id, :entry_id (or NULL), :seen.
SELECT
    verdict.id,
    verdict.officer
FROM verdict
WHERE
    verdict.id > :seen
    AND (
        verdict.finding_id = :finding_id
        OR (
            verdict.entry_id = :entry_id
            AND (verdict.finding_id IS NULL OR verdict.decision IN ('correct', 'reject'))
        )
        OR verdict.id = (
            SELECT finding.verdict_id
            FROM finding
            WHERE finding.id = :finding_id
        )
    )
ORDER BY verdict.id DESC;
