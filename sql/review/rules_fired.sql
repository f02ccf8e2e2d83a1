-- One row per rule that fired on some days: how often, on how many units, and what became of it.
-- Parameters: :campaign, :codes, :since, :until.
SELECT
    code,
    COUNT(*) AS fired,
    COUNT(DISTINCT unit) AS units,
    MAX(day) AS last_day,
    SUM(CASE WHEN settled IS NULL THEN 1 ELSE 0 END) AS unsettled,
    SUM(CASE WHEN settled = 'accepted' THEN 1 ELSE 0 END) AS accepted,
    SUM(CASE WHEN settled = 'corrected' THEN 1 ELSE 0 END) AS corrected,
    SUM(CASE WHEN settled = 'rejected' THEN 1 ELSE 0 END) AS rejected,
    SUM(CASE WHEN settled = 'waived' THEN 1 ELSE 0 END) AS waived
FROM finding
WHERE
    campaign = :campaign
    AND code IN :codes
    AND day >= :since
    AND day <= :until
GROUP BY code
ORDER BY code;
