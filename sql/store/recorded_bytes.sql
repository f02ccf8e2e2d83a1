-- One row per submission of these bytes, in the order recorded. Parameters: :campaign, :hashes (list).
SELECT
    sha256,
    name,
    sender,
    received_at
FROM submission
WHERE campaign = :campaign AND sha256 IN :hashes
ORDER BY id;
