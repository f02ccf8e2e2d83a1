-- One row: the message's id, or none where its key is stored already. Parameters: :campaign, :day, :kind,
-- :key, :message_id, :sender, :subject, :content, :made_at, :edition_id.
INSERT INTO outgoing (campaign, day, kind, key, message_id, sender, subject, content, made_at, edition_id)
VALUES (:campaign, :day, :kind, :key, :message_id, :sender, :subject, :content, :made_at, :edition_id)
ON CONFLICT (key) DO NOTHING
RETURNING id;
