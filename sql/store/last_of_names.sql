-- One row: the bytes of the submission that was recorded last under one of these names; none where there is none.
-- Parameters: :campaign, :names (list).
SELECT sha256
FROM submission
WHERE campaign = :campaign AND name IN :names
ORDER BY id DESC
LIMIT 1;
