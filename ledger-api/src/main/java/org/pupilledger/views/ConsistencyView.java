package org.pupilledger.views;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * What proves that the log has only grown.
 *
 * @param from   size of the older tree
 * @param to     size of the newer tree
 * @param hashes in base64
 */
@Schema(
        name = "ConsistencyProof",
        description = "A proof of RFC 9162, 2.1.4: the tree of one size begins with all entries of a smaller one.")
public record ConsistencyView(long from, long to, List<String> hashes) {}
