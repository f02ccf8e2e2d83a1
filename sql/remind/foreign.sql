-- One number: notices that quote no message of ours, since a moment. Parameters: :campaign, :since_at.
SELECT COUNT(*) AS notices
FROM letter_noted
INNER JOIN submission ON letter_noted.submission_id = submission.id
WHERE
    submission.campaign = :campaign
    AND letter_noted.outcome <> 'counted'
    AND submission.received_at >= :since_at;
