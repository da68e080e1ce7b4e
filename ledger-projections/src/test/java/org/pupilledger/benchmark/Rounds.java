package org.pupilledger.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rates of several contestants, measured in turn over several rounds, so that a noisy machine is noisy for all. */
final class Rounds {
    /** One measurement: how many things a second. */
    @FunctionalInterface
    interface Contestant {
        double perSecond() throws Exception;
    }

    private final Map<String, Contestant> contestants = new LinkedHashMap<>();
    private final Map<String, List<Double>> rates = new LinkedHashMap<>();

    Rounds with(String name, Contestant contestant) {
        contestants.put(name, contestant);
        rates.put(name, new ArrayList<>());
        return this;
    }

    Rounds run(int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Contestant> contestant : contestants.entrySet()) {
                double rate = contestant.getValue().perSecond();
                rates.getOrDefault(contestant.getKey(), new ArrayList<>()).add(rate);
            }
        }
        return this;
    }

    double median(String name) {
        List<Double> sorted =
                rates.getOrDefault(name, List.of()).stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }
}
