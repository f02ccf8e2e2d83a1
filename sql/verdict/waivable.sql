-- One row per submission with an open finding that a new waiver covers.
-- Parameters: :campaign, :unit, :code, :since, :until.
SELECT DISTINCT submission_id
FROM finding
WHERE
    campaign = :campaign
    AND unit = :unit
    AND code = :code
    AND day BETWEEN :since AND :until
    AND settled IS NULL
ORDER BY submission_id;
