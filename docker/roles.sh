#!/bin/bash
# Run once by the PostgreSQL image, when its data volume is empty: the three roles and the database of the ledger.
set -euo pipefail
: "${LEDGER_OWNER_PASSWORD:?}" "${LEDGER_APP_PASSWORD:?}" "${LEDGER_SEQUENCER_PASSWORD:?}"

# The passwords come from the environment, so that no command line and no log holds them.
PGPASSWORD="$POSTGRES_PASSWORD" psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres <<'SQL'
\getenv owner_password LEDGER_OWNER_PASSWORD
\getenv app_password LEDGER_APP_PASSWORD
\getenv sequencer_password LEDGER_SEQUENCER_PASSWORD
create role ledger_owner login password :'owner_password';
create role ledger_app login password :'app_password';
create role ledger_sequencer login password :'sequencer_password';
-- An error's text may quote what a person typed, so it goes to the caller only.
alter role ledger_owner set log_min_messages = 'log';
alter role ledger_app set log_min_messages = 'log';
alter role ledger_sequencer set log_min_messages = 'log';
create database ledger owner ledger_owner;
revoke all on database ledger from public;
grant connect on database ledger to ledger_app;
grant connect on database ledger to ledger_sequencer;
SQL
