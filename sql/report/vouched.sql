-- One row per verdict by which one of these entries (or the one it was corrected from), or a figure of it,
-- was accepted as it is and which stands, and per waiver of a finding on it, oldest first.
-- Parameters: :entries (list).
WITH subject AS (
    SELECT
        entry.id AS entry_id,
        entry.id AS decided_id
    FROM entry
    WHERE entry.id IN :entries
    UNION ALL
    SELECT
        entry.replaced_by AS entry_id,
        entry.id AS decided_id
    FROM entry
    WHERE entry.replaced_by IN :entries
),

vouched AS (
    SELECT
        subject.entry_id,
        verdict.at,
        verdict.reason,
        verdict.officer
    FROM subject
    INNER JOIN verdict ON subject.decided_id = verdict.entry_id
    LEFT JOIN verdict AS later ON verdict.id = later.withdraws
    WHERE verdict.decision = 'accept' AND later.id IS NULL
    UNION ALL
    SELECT
        finding.entry_id,
        waiver.at,
        waiver.reason,
        waiver.officer
    FROM finding
    INNER JOIN waiver ON finding.waiver_id = waiver.id
    WHERE finding.entry_id IN :entries AND finding.settled = 'waived' AND finding.severity = 'critical'
)

SELECT
    vouched.entry_id,
    vouched.at,
    vouched.reason,
    COALESCE(NULLIF(officer.title, ''), vouched.officer) AS officer
FROM vouched
LEFT JOIN officer ON vouched.officer = officer.name
ORDER BY vouched.at;
