package org.pupilledger.web;

/**
 * What the frame around a page says of it.
 *
 * @param title       without the name of the site
 * @param description one sentence, for search engines and previews
 * @param path        where it is, without a query
 * @param section     path of the part of the site that it belongs to, as the navigation has it
 */
public record Page(String title, String description, String path, String section) {}
