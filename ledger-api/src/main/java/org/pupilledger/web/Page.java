package org.pupilledger.web;

import java.util.Map;

/**
 * What the frame around a page says of it.
 *
 * @param title       without the name of the site
 * @param description one sentence, for search engines and previews
 * @param path        where it is, without a query
 * @param section     path of the part of the site that it belongs to, as the navigation has it
 * @param data        addresses of the same for programs, by format; empty where there is none
 */
public record Page(String title, String description, String path, String section, Map<String, String> data) {
    public Page(String title, String description, String path, String section) {
        this(title, description, path, section, Map.of());
    }

    Page at(Map<String, String> addresses) {
        return new Page(title, description, path, section, addresses);
    }

    /** Of what is saved of it, without an ending. */
    String fileName() {
        String name = path.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
        return name.isEmpty() ? "home" : name;
    }
}
