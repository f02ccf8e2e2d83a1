-- One row per submission, oldest first, with the source it was first seen in and its reason, a finding.
-- Parameters: :campaign, :received_day (NULL: all).
SELECT
    submission.id,
    submission.sha256,
    submission.name,
    submission.size,
    submission.sender,
    submission.branch,
    submission.received_at,
    submission.received_day,
    submission.state,
    submission.provenance,
    (
        SELECT sighting.source
        FROM sighting
        WHERE sighting.submission_id = submission.id
        ORDER BY sighting.id
        LIMIT 1
    ) AS source,
    reason.code AS reason_code,
    reason.severity AS reason_severity,
    reason.unit AS reason_unit,
    reason.indicator AS reason_indicator,
    reason.document AS reason_document,
    reason.sheet AS reason_sheet,
    reason.cell AS reason_cell,
    reason.found AS reason_found,
    reason.expected AS reason_expected,
    reason.arguments AS reason_arguments
FROM submission
LEFT JOIN finding AS reason ON submission.id = reason.submission_id AND reason.is_reason
WHERE
    submission.campaign = :campaign
    AND (:received_day IS NULL OR submission.received_day = :received_day)
ORDER BY submission.received_at, submission.id;
