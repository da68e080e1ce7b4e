package org.pupilledger.views;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * What proves that an entry is in the log.
 *
 * @param index  0-based
 * @param size   of the tree
 * @param hashes from the leaf's sibling to the child of the root, in base64
 */
@Schema(name = "InclusionProof", description = "A proof of RFC 9162, 2.1.3: an entry is in the tree of some size.")
public record InclusionView(long index, long size, List<String> hashes) {}
