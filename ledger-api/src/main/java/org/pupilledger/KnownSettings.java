package org.pupilledger;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pupilledger.failure.Hindered;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The settings under {@code ledger.} that there are, as {@link LedgerSettings} declares them. */
final class KnownSettings {
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("ledger");

    /** What Kubernetes and Docker set where a service that is called ledger is near. */
    private static final Pattern OF_A_NEIGHBOUR =
            Pattern.compile("ledger(service(host|port\\w*)|port(\\d+(tcp|udp|sctp)(proto|port|addr)?)?|name|env\\w*)");

    /** Not ours, but of interest to whoever starts the program. */
    private static final Set<String> OF_OTHERS = Set.of(
            "server.address",
            "server.port",
            "spring.datasource.password",
            "spring.datasource.url",
            "spring.datasource.username",
            "spring.flyway.password",
            "spring.flyway.url",
            "spring.flyway.user",
            "spring.profiles.active");

    /** Stands for any key of a map. */
    private static final String ANY = "*";

    private final List<List<String>> names = new ArrayList<>();

    private KnownSettings() {
        collect(List.of(ROOT.toString()), LedgerSettings.class);
    }

    /** @throws Hindered one is set that there is not; with the name of the nearest that there is */
    static void check(Environment environment) {
        KnownSettings known = new KnownSettings();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names) {
                boolean isEnvironment = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
                names.stream().filter(ROOT::isAncestorOf).forEach(name -> {
                    if (!(isEnvironment ? known.hasVariable(name) : known.has(name, source))) {
                        throw new Hindered("There is no setting " + name + "; the nearest is " + known.nearest(name)
                                + ". Correct it, or remove it.");
                    }
                });
            }
        }
    }

    /** Those that were given and their defaults, one on a line, in order; of a secret only that it is set. */
    static List<String> inForce(Environment environment) {
        Set<String> found = new TreeSet<>(OF_OTHERS);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names
                    && !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)) {
                names.stream().filter(ROOT::isAncestorOf).map(Object::toString).forEach(found::add);
            }
        }
        new KnownSettings()
                .names.stream().filter(name -> !name.contains(ANY)).forEach(name -> found.add(String.join(".", name)));
        return found.stream()
                .filter(name -> environment.getProperty(name) != null)
                .map(name -> name + " = " + shown(name, String.valueOf(environment.getProperty(name))))
                .toList();
    }

    private static String shown(String name, String value) {
        return name.endsWith("password") ? "(set)" : name.endsWith(".url") ? value.replaceAll("\\?.*", "?...") : value;
    }

    private void collect(List<String> prefix, Class<?> settings) {
        for (RecordComponent component : settings.getRecordComponents()) {
            List<String> name = new ArrayList<>(prefix);
            name.add(DataObjectPropertyName.toDashedForm(component.getName()));
            if (component.getType().isRecord()) {
                collect(name, component.getType());
            } else if (component.getType() == Map.class && valueType(component) instanceof Class<?> value) {
                names.add(List.copyOf(name));
                name.add(ANY);
                if (value.isRecord()) {
                    collect(name, value);
                } else {
                    names.add(name);
                }
            } else {
                names.add(name);
            }
        }
    }

    private static Type valueType(RecordComponent map) {
        return ((ParameterizedType) map.getGenericType()).getActualTypeArguments()[1];
    }

    private boolean has(ConfigurationPropertyName name, ConfigurationPropertySource source) {
        var property = source.getConfigurationProperty(name);
        // a heading without anything under it
        boolean isEmpty = property == null || property.getValue().toString().isEmpty();
        return names.stream()
                .anyMatch(known -> name.getNumberOfElements() < known.size()
                        ? isEmpty && isSame(known, name, name.getNumberOfElements())
                        : isLengthOf(known, name) && isSame(known, name, known.size()));
    }

    /** Of the same length, or an element of a list. */
    private static boolean isLengthOf(List<String> known, ConfigurationPropertyName name) {
        return name.getNumberOfElements() == known.size() + (name.isLastElementIndexed() ? 1 : 0)
                || name.getNumberOfElements() == known.size();
    }

    private static boolean isSame(List<String> known, ConfigurationPropertyName name, int count) {
        for (int i = 0; i < count; i++) {
            if (!known.get(i).equals(ANY) && !uniform(known.get(i)).equals(name.getElement(i, Form.UNIFORM))) {
                return false;
            }
        }
        return true;
    }

    /** In a variable of the environment it does not show where one part of a name ends and the next begins. */
    private boolean hasVariable(ConfigurationPropertyName name) {
        String flat = uniform(name.toString());
        return OF_A_NEIGHBOUR.matcher(flat).matches()
                || names.stream()
                        .anyMatch(known -> flat.matches(known.stream()
                                        .map(part -> part.equals(ANY) ? ".+" : uniform(part))
                                        .collect(Collectors.joining())
                                + "\\d*"));
    }

    private String nearest(ConfigurationPropertyName name) {
        return names.stream()
                .map(known -> filled(known, name))
                .min(Comparator.comparingInt(known -> distance(known, name.toString())))
                .orElseThrow();
    }

    /** With the key that was given where the map has one, so that only what differs counts. */
    private static String filled(List<String> known, ConfigurationPropertyName name) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            boolean isKey = known.get(i).equals(ANY);
            parts.add(
                    !isKey
                            ? known.get(i)
                            : i < name.getNumberOfElements() ? name.getElement(i, Form.ORIGINAL) : "<name>");
        }
        return String.join(".", parts);
    }

    private static String uniform(String name) {
        return name.replaceAll("[^a-z0-9]", "");
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(row[j - 1], above[j]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
