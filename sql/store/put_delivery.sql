-- One delivery, ready; an address that stands twice gets the message once.
-- Parameters: :outgoing_id, :address, :kind.
INSERT INTO delivery (outgoing_id, address, kind, state, attempts, reply)
VALUES (:outgoing_id, :address, :kind, 'ready', 0, '')
ON CONFLICT (outgoing_id, address) DO NOTHING;
