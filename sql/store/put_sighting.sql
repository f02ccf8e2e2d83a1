-- One place a submission was seen in; seen there before: left as it was.
-- Parameters: :campaign, :source, :key, :sha256, :name, :seen_at.
INSERT INTO sighting (campaign, source, key, submission_id, seen_at)
SELECT
    submission.campaign,
    CAST(:source AS TEXT) AS source,
    CAST(:key AS TEXT) AS key,
    submission.id,
    :seen_at
FROM submission
WHERE submission.campaign = :campaign AND submission.sha256 = :sha256 AND submission.name = :name
ON CONFLICT (campaign, source, key) DO NOTHING;
