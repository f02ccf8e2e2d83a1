-- One row: the entry as the subject of a verdict. Parameters: :id.
SELECT
    CAST(NULL AS BIGINT) AS finding_id,
    campaign,
    submission_id,
    id AS entry_id,
    CAST(NULL AS TEXT) AS code,
    CAST(NULL AS TEXT) AS indicator,
    CAST(NULL AS TEXT) AS settled,
    CAST(NULL AS BIGINT) AS settled_by,
    day,
    unit,
    fingerprint,
    origin,
    replaced_by,
    decided_by
FROM entry
WHERE id = :id;
