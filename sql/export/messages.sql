-- One row per message of the day; its bytes lie beside.
-- Parameters: :campaign, :day.
SELECT
    outgoing.id,
    outgoing.kind,
    outgoing.key,
    outgoing.message_id,
    outgoing.sender,
    outgoing.subject,
    outgoing.made_at,
    edition.number AS edition
FROM outgoing
LEFT JOIN edition ON outgoing.edition_id = edition.id
WHERE outgoing.campaign = :campaign AND outgoing.day = :day
ORDER BY outgoing.id;
