-- One row per unit of the register that was valid on the day.
-- Parameters: :campaign, :day.
SELECT
    code,
    valid_from,
    valid_to,
    name,
    kind,
    parent,
    reports,
    emails,
    phone
FROM unit
WHERE campaign = :campaign AND valid_from <= :day AND (valid_to IS NULL OR valid_to > :day)
ORDER BY valid_from, code;
