-- Findings of these submissions that a waiver covers come to rest.
-- Parameters: :submissions (list).
UPDATE finding SET
    settled = 'waived',
    waiver_id = (
        SELECT MAX(waiver.id)
        FROM waiver
        LEFT JOIN waiver_end ON waiver.id = waiver_end.waiver_id
        WHERE
            waiver.campaign = finding.campaign
            AND waiver.unit = finding.unit
            AND waiver.code = finding.code
            AND finding.day BETWEEN waiver.since AND waiver.until
            AND waiver_end.waiver_id IS NULL
    )
WHERE
    finding.submission_id IN :submissions
    AND finding.settled IS NULL
    AND EXISTS (
        SELECT 1
        FROM waiver
        LEFT JOIN waiver_end ON waiver.id = waiver_end.waiver_id
        WHERE
            waiver.campaign = finding.campaign
            AND waiver.unit = finding.unit
            AND waiver.code = finding.code
            AND finding.day BETWEEN waiver.since AND waiver.until
            AND waiver_end.waiver_id IS NULL
    );
