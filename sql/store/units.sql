-- One row per unit and version of the register. Parameters: :campaign.
SELECT
    campaign,
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
WHERE campaign = :campaign;
