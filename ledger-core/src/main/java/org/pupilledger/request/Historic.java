package org.pupilledger.request;

import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Source;

/** The source from which a request is recorded that was received before the ledger's first day. */
public record Historic(
        Source source,
        @Nullable SourceReference reference,
        @Nullable BusinessDate published) {}
