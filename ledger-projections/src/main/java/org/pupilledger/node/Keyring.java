package org.pupilledger.node;

import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.failure.Hindered;
import org.pupilledger.keys.LogKeys;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.seal.LogFiles;
import org.pupilledger.seal.LogIdentity;
import org.pupilledger.seal.LogReader;
import org.pupilledger.tlog.Progress;

/**
 * The keys of a log.
 *
 * @param identity     who signs; null where another program does
 * @param authenticity makes what is appended genuine
 * @param remembered   the same, and tells what was made genuine with retired keys
 * @param verifier     of whoever signs
 */
record Keyring(
        @Nullable LogIdentity identity, Authenticity authenticity, Authenticity remembered, LogVerifier verifier) {
    static Keyring open(NodeSettings settings, DataSource pool, boolean isSigning) {
        LogFiles files = settings.logFiles();
        LogIdentity identity = isSigning
                ? LogIdentity.open(files, !Progress.hasEvents(pool), settings.origin())
                        .preferringNewest(introduced(pool))
                : null;
        LogKeys keys =
                identity == null ? LogKeys.load(files.keyFile()).preferringNewest(introduced(pool)) : identity.keys();
        return new Keyring(
                identity,
                keys.authenticity(),
                LogKeys.loadAll(files.keyFile())
                        .preferringNewest(introduced(pool))
                        .authenticity(),
                identity == null ? attached(files) : identity.verifier());
    }

    private static LogVerifier attached(LogFiles files) {
        String origin = LogIdentity.originIn(files)
                .orElseThrow(() -> new Hindered("The files of the log do not say which log it is. Run the command"
                        + " verify to see what is damaged."));
        return new LogVerifier(origin, LogKeys.load(files.keyFile()).verifierKeys(origin));
    }

    /** Those that are not retired, in the order of their introduction; whether sealed already or not. */
    static List<VerifierKey> introduced(DataSource pool) {
        try {
            return new LogReader(pool).keys(Long.MAX_VALUE);
        } catch (UnreadableEvent e) {
            throw new Hindered(
                    "An entry of the database that says which keys sign the log cannot be read. Run the"
                            + " command verify to see what else is changed, and restore a backup from before that.",
                    e);
        }
    }
}
