package org.pupilledger.web;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who publishes, and on what terms, as whoever runs the ledger says; no released file holds it.
 *
 * @param name             of the body that publishes
 * @param address          at which everybody reaches the pages, such as {@code https://matching.example.org}, without a path
 * @param contact          an address of mail, or of a page, for questions about the figures
 * @param statistician     who is responsible for the figures: a person who agreed to be named, or a role
 * @param licence          address of the licence under which the figures are published
 * @param licenceName      what the licence is called
 * @param preReleaseAccess who sees an edition before everybody does, role by role
 */
public record Publisher(
        @Nullable String name,
        @Nullable URI address,
        @Nullable String contact,
        @Nullable String statistician,
        @Nullable URI licence,
        @Nullable String licenceName,
        @Nullable List<String> preReleaseAccess) {
    /** One of whom nothing is said. */
    public static final Publisher UNKNOWN = new Publisher(null, null, null, null, null, null, null);

    public Publisher {
        if (address != null && !isPlace(address)) {
            throw new IllegalArgumentException("an address is http or https, with a host and without a path");
        }
        if (licence != null && !"https".equals(licence.getScheme()) && !"http".equals(licence.getScheme())) {
            throw new IllegalArgumentException("a licence is named by an http or https address");
        }
        preReleaseAccess = preReleaseAccess == null ? List.of() : List.copyOf(preReleaseAccess);
    }

    private static boolean isPlace(URI address) {
        return Stream.of("http", "https").anyMatch(scheme -> scheme.equals(address.getScheme()))
                && address.getHost() != null
                && address.getRawPath().isEmpty()
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && address.getRawUserInfo() == null;
    }

    /** What of it is said, as pages show it. */
    List<FigurePages.Fact> facts() {
        List<FigurePages.Fact> facts = new ArrayList<>();
        add(facts, "Published by", name);
        add(facts, "Responsible statistician", statistician);
        add(facts, "Contact", contact);
        facts.add(new FigurePages.Fact(
                "Pre-release access",
                preReleaseAccess().isEmpty()
                        ? "Nobody is named who sees it before everybody does."
                        : String.join("; ", preReleaseAccess())));
        add(
                facts,
                "Licence",
                Optional.ofNullable(licenceName)
                        .map(called -> licence == null ? called : called + ", " + licence)
                        .orElse(licence == null ? null : licence.toString()));
        return facts;
    }

    private static void add(List<FigurePages.Fact> facts, String label, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            facts.add(new FigurePages.Fact(label, value));
        }
    }

    /** Never null; empty where nobody is named. */
    @Override
    public List<String> preReleaseAccess() {
        return preReleaseAccess == null ? List.of() : preReleaseAccess;
    }
}
