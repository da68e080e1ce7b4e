package org.pupilledger.bundle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.verdict.Break;

/**
 * What was found about one bundle, or about two of which the later one tells whether anything was kept back.
 *
 * @param number   of the bundle that was verified last, from 1 on
 * @param isOfBoth whether the breaks are of both together
 * @param breaks   the first ones; empty where nothing is broken
 * @param verified a line for each thing that is as it was signed
 */
public record VerifiedBundles(int number, boolean isOfBoth, List<Break> breaks, List<String> verified) {
    /**
     * Verifies one after the other, up to the first that is broken.
     *
     * @throws Bundle.Unreadable nothing can be said about what is in one
     */
    public static VerifiedBundles of(List<Path> files, LogVerifier pinned, List<byte[]> held) {
        List<BundleVerification> verifications = new ArrayList<>();
        try {
            List<String> verified = new ArrayList<>();
            for (Path file : files) {
                BundleVerification verification = new BundleVerification(file, pinned, held);
                verifications.add(verification);
                BundleReport report = verification.run();
                if (!report.isClean()) {
                    return new VerifiedBundles(verifications.size(), false, report.breaks(), verified);
                }
                verified.add(report.text());
            }
            if (files.size() == 1) {
                return new VerifiedBundles(1, false, List.of(), verified);
            }
            Completeness compared = Completeness.of(verifications.getFirst(), verifications.getLast());
            verified.add("the later log begins with the earlier one; of the edition in the earlier bundle, "
                    + compared.text());
            return new VerifiedBundles(files.size(), true, compared.breaks(), verified);
        } finally {
            verifications.forEach(BundleVerification::close);
        }
    }
}
