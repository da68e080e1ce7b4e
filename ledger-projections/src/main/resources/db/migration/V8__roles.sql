-- Two roles, so that neither password alone is enough: ${app_role} appends, and cannot say what is sequenced or sealed;
-- ${sequencer_role} gives places, seals and folds, and cannot append.

grant usage on schema ${flyway:defaultSchema} to ${sequencer_role};

-- Of an event, what the program writes. Its global index and its transaction are the database's to say.
revoke all on all tables in schema ${flyway:defaultSchema} from ${app_role};
grant select on event, ledger_entry, tile, tree_edge, checkpoint, public_checkpoint, sequencer, projection, rebuild,
    processor_token, organisation, request, request_reference, registered, monthly_total, total_organisation, snapshot,
    published_file to ${app_role};
grant insert (event_id, aggregate_id, sequence, aggregate_type, recorded_at, type, revision, payload, metadata) on event
    to ${app_role};
grant select, insert on actor to ${app_role};
grant select, insert, delete on reference_claim, content_claim to ${app_role};
grant select, insert, update, delete on idempotency_key to ${app_role};

revoke all on all tables in schema ${flyway:defaultSchema} from ${sequencer_role};
grant select on event to ${sequencer_role};
grant select, insert on ledger_entry, tile, checkpoint, published_file to ${sequencer_role};
grant select, insert, update on tree_edge, public_checkpoint, sequencer, projection to ${sequencer_role};
grant select, insert, update, delete on rebuild, processor_token, organisation, request, request_reference, registered,
    monthly_total, total_organisation, snapshot to ${sequencer_role};
