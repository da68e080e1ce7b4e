package org.pupilledger.request;

import org.jspecify.annotations.Nullable;

/** The source from which a request is recorded that was received before the ledger's first day. */
public record Historic(
        Source source,
        @Nullable SourceReference reference,
        @Nullable BusinessDate published) {}
