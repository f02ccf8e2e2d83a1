-- One try of a delivery, for the log. Parameters: :delivery_id, :at, :stage, :code, :state, :reply.
INSERT INTO attempt (delivery_id, at, stage, code, state, reply)
VALUES (:delivery_id, :at, :stage, :code, :state, :reply);
