-- One submission by its bytes and name. Known already: left as it was, but a quarantined one is released
-- once it comes from a known sender (ignored, where it is but a letter); the first receipt stays.
-- Parameters: :campaign, :sha256, :name, :size, :sender, :branch, :received_at, :received_day, :state,
-- :provenance, :letter.
INSERT INTO submission (
    campaign, sha256, name, size, sender, branch, received_at, received_day, state, provenance,
    letter
)
VALUES (
    :campaign, :sha256, :name, :size, :sender, :branch, :received_at, :received_day, :state, :provenance,
    :letter
)
ON CONFLICT (campaign, sha256, name) DO UPDATE SET
    state = excluded.state,
    sender = excluded.sender,
    branch = excluded.branch,
    provenance = excluded.provenance,
    letter = excluded.letter
WHERE submission.state = 'quarantined' AND excluded.state IN ('received', 'ignored');
