package org.pupilledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls a server as one user. Paths are below {@code /api/v1} unless they begin with {@code //}, which stands for the
 * root of the server.
 *
 * @param authorization header; empty for nobody
 * @param client        at the address that it calls from
 */
record Caller(int port, String authorization, HttpClient client) {
    static final String JSON = "application/json";
    static final String CSV = "text/csv";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Map<String, HttpClient> CLIENTS = new ConcurrentHashMap<>();

    Caller(int port, String authorization) {
        this(port, authorization, client("127.0.0.1"));
    }

    private static HttpClient client(String address) {
        return CLIENTS.computeIfAbsent(
                address,
                from -> HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .localAddress(InetAddress.ofLiteral(from))
                        .build());
    }

    /** The same from elsewhere: every address that begins with 127 is this machine's. */
    Caller from(String address) {
        return new Caller(port, authorization, client(address));
    }

    Reply get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    Reply post(String path, String json, String... headers) {
        return send("POST", path, JSON, json.getBytes(StandardCharsets.UTF_8), headers);
    }

    Reply put(String path, String json, String... headers) {
        return send("PUT", path, JSON, json.getBytes(StandardCharsets.UTF_8), headers);
    }

    Reply importCsv(String csv) {
        return send("POST", "/imports", CSV, csv.getBytes(StandardCharsets.UTF_8));
    }

    Reply send(String method, String path, String contentType, byte[] body, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = contentType;
        return send(method, path, BodyPublishers.ofByteArray(body), all);
    }

    /** @param headers names and values by turns */
    Reply send(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        String below = path.startsWith("//") ? path.substring(1) : "/api/v1" + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + below))
                .timeout(TIMEOUT)
                .method(method, body);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new IllegalStateException(method + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A request as it reads back, once what is known of it is in the register. */
    Reply read(Reply change) {
        String id = change.json().get("id").stringValue();
        return get("/requests/" + id + "?waitFor=" + id + ":" + change.sequence());
    }
}
