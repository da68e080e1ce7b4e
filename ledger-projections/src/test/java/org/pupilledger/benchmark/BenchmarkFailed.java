package org.pupilledger.benchmark;

/** What is measured did not do what it should. */
final class BenchmarkFailed extends RuntimeException {
    BenchmarkFailed(String message) {
        super(message);
    }
}
