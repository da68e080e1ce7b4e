-- Of an idempotency key a MAC is kept, and over each remembered answer one, so that neither can be guessed nor made up.
-- What was remembered before has none, and nobody could say that it is genuine.
delete from idempotency_key;
alter table idempotency_key rename column key_hash to key_mac;
alter table idempotency_key add column mac bytea;

-- How far the sequencer has searched, so that nobody makes it pass over events. Without one, it searches all of them once.
alter table sequencer add column mac bytea;

-- As much as a restoration reads of one file: what is larger would be in every backup, and in none that can be restored.
alter table published_file add constraint published_file_bytes_check check (octet_length(bytes) <= 33554432);
