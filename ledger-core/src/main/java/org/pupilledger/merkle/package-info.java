/**
 * Merkle tree arithmetic of RFC 9162 and the note texts of C2SP: all that it takes to build, serve and verify the log.
 *
 * <p>To verify a receipt, hold the log's origin and verifier keys from a source other than the log:
 * <pre>{@code
 * var log = new LogVerifier("ledger.example/pupils", List.of(VerifierKey.parse(vkey).orElseThrow()));
 * VerifiedEntry entry = log.openReceipt(receipt).orElseThrow(); // entry.entry() is in the log, at entry.index()
 * }</pre>
 * To be sure that a later checkpoint takes nothing back, ask for a consistency proof between the two and call
 * {@link org.pupilledger.merkle.LogVerifier#isConsistent}. Needs nothing but the JDK.
 */
@NullMarked
package org.pupilledger.merkle;

import org.jspecify.annotations.NullMarked;
