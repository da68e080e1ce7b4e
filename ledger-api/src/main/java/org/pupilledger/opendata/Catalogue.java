package org.pupilledger.opendata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Table;
import org.pupilledger.web.PublicEditions.Edition;
import org.pupilledger.web.Publisher;

/**
 * What an edition is for catalogues of data, from its own files and what the publisher says.
 *
 * @param base address of this server, without a slash at its end
 * @see <a href="https://www.w3.org/TR/vocab-dcat-3/">DCAT 3</a>
 * @see <a href="https://specs.frictionlessdata.io/tabular-data-package/">Tabular Data Package</a>
 */
record Catalogue(Publisher publisher, String base) {
    private static final String TITLE = "Requests to match people with the National Pupil Database";
    private static final String ABOUT =
            "How many people public bodies asked the Department for Education to match with the National Pupil Database,"
                    + " how many were found, and about how many data were returned.";
    private static final Map<String, String> CONTEXT = Map.of(
            "dcat", "http://www.w3.org/ns/dcat#",
            "dct", "http://purl.org/dc/terms/",
            "foaf", "http://xmlns.com/foaf/0.1/",
            "vcard", "http://www.w3.org/2006/vcard/ns#",
            "spdx", "http://spdx.org/rdf/terms#",
            "xsd", "http://www.w3.org/2001/XMLSchema#");

    /** All editions, as JSON-LD. */
    Map<String, Object> catalogue(List<Edition> editions) {
        Map<String, Object> catalogue = described("dcat:Catalog", base + "/catalogue.jsonld", TITLE);
        catalogue.put("@context", CONTEXT);
        catalogue.put("foaf:homepage", at(base + "/"));
        catalogue.put("dcat:dataset", editions.stream().map(this::dataset).toList());
        return catalogue;
    }

    /** One edition, as JSON-LD. */
    Map<String, Object> of(Edition edition) {
        Map<String, Object> dataset = dataset(edition);
        dataset.put("@context", CONTEXT);
        return dataset;
    }

    private Map<String, Object> dataset(Edition edition) {
        Map<String, Object> dataset = described(
                "dcat:Dataset", base + edition.path(), edition.document().title());
        dataset.put("dct:identifier", edition.quarter().toString());
        dataset.put("dcat:version", Integer.toString(edition.revision().number()));
        dataset.put("dct:issued", typed("dateTime", edition.firstReleasedAt()));
        dataset.put("dct:modified", typed("dateTime", edition.releasedAt()));
        dataset.put(
                "dct:temporal",
                Map.of(
                        "@type", "dct:PeriodOfTime",
                        "dcat:startDate",
                                typed("date", edition.quarter().first().atDay(1)),
                        "dcat:endDate", typed("date", edition.quarter().last().atEndOfMonth())));
        dataset.put("dcat:landingPage", at(base + edition.path()));
        dataset.put(
                "dcat:distribution",
                edition.files().stream()
                        .map(file -> distribution(edition, file))
                        .toList());
        return dataset;
    }

    private Map<String, Object> described(String type, String id, String title) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("@id", id);
        described.put("@type", type);
        described.put("dct:title", title);
        described.put("dct:description", ABOUT);
        described.put("dct:language", "en-GB");
        if (publisher.name() != null) {
            described.put("dct:publisher", Map.of("@type", "foaf:Organization", "foaf:name", publisher.name()));
        }
        if (publisher.licence() != null) {
            described.put("dct:license", at(publisher.licence().toString()));
        }
        if (publisher.contact() != null) {
            described.put("dcat:contactPoint", contact(publisher.contact()));
        }
        return described;
    }

    private static Map<String, Object> contact(String contact) {
        boolean isMail = contact.contains("@") && !contact.contains(" ");
        boolean isPage = contact.startsWith("https://") || contact.startsWith("http://");
        return isMail
                ? Map.of("@type", "vcard:Kind", "vcard:hasEmail", at("mailto:" + contact))
                : isPage
                        ? Map.of("@type", "vcard:Kind", "vcard:hasURL", at(contact))
                        : Map.of("@type", "vcard:Kind", "vcard:fn", contact);
    }

    private Map<String, Object> distribution(Edition edition, PublishedFile file) {
        String address = base + edition.file(file.name());
        Map<String, Object> distribution = new LinkedHashMap<>();
        distribution.put("@id", address);
        distribution.put("@type", "dcat:Distribution");
        distribution.put("dct:title", file.name());
        distribution.put("dcat:downloadURL", at(address));
        distribution.put(
                "dcat:mediaType", at("https://www.iana.org/assignments/media-types/" + mediaType(file.name())));
        distribution.put("dcat:byteSize", typed("nonNegativeInteger", file.size()));
        distribution.put(
                "spdx:checksum",
                Map.of(
                        "@type", "spdx:Checksum",
                        "spdx:algorithm", at("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
                        "spdx:checksumValue", typed("hexBinary", file.digest().hex())));
        if (publisher.licence() != null) {
            distribution.put("dct:license", at(publisher.licence().toString()));
        }
        return distribution;
    }

    private static String mediaType(String name) {
        if (name.endsWith("-metadata.json")) {
            return "application/csvm+json";
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "csv" -> "text/csv";
            case "html" -> "text/html";
            case "json" -> "application/json";
            case "ods" -> "application/vnd.oasis.opendocument.spreadsheet";
            default -> "application/octet-stream";
        };
    }

    private static Map<String, Object> at(String address) {
        return Map.of("@id", address);
    }

    private static Map<String, Object> typed(String type, Object value) {
        return Map.of("@type", "xsd:" + type, "@value", value.toString());
    }

    /** An edition as a data package: its tables, and what their columns are. */
    Map<String, Object> dataPackage(Edition edition) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("profile", "tabular-data-package");
        described.put("name", edition.document().name().toLowerCase(Locale.ROOT));
        described.put("title", edition.document().title());
        described.put("description", ABOUT);
        described.put("homepage", base + edition.path());
        described.put("version", Integer.toString(edition.revision().number()));
        described.put("created", edition.releasedAt().toString());
        if (publisher.licence() != null) {
            Map<String, Object> licence = new LinkedHashMap<>();
            licence.put("path", publisher.licence().toString());
            if (publisher.licenceName() != null) {
                licence.put("title", publisher.licenceName());
            }
            described.put("licenses", List.of(licence));
        }
        if (publisher.name() != null) {
            described.put("contributors", List.of(Map.of("title", publisher.name(), "role", "publisher")));
        }
        List<Object> resources = new ArrayList<>();
        for (Table table : edition.document().tables()) {
            edition.files().stream()
                    .filter(file -> file.name().equals(table.name() + ".csv"))
                    .findFirst()
                    .ifPresent(file -> resources.add(resource(edition, table, file)));
        }
        described.put("resources", resources);
        return described;
    }

    private Map<String, Object> resource(Edition edition, Table table, PublishedFile file) {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("profile", "tabular-data-resource");
        resource.put("name", table.name());
        resource.put("path", base + edition.file(file.name()));
        resource.put("title", table.title());
        resource.put("description", table.description());
        resource.put("format", "csv");
        resource.put("mediatype", "text/csv");
        resource.put("encoding", "utf-8");
        resource.put("bytes", file.size());
        resource.put("hash", "sha256:" + file.digest().hex());
        resource.put("dialect", Map.of("header", true, "lineTerminator", "\r\n"));
        resource.put(
                "schema",
                Map.of(
                        "fields",
                        table.columns().stream().map(Catalogue::field).toList(),
                        "missingValues",
                        List.of("")));
        return resource;
    }

    /** A date is text here: some are known to the month only. */
    private static Map<String, Object> field(Column column) {
        return Map.of(
                "name", column.name(),
                "title", column.label(),
                "description", column.description(),
                "type", column.kind().isNumber() ? "integer" : "string");
    }
}
