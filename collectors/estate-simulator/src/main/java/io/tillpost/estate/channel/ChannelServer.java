package io.tillpost.estate.channel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tillpost.estate.message.MessageKey;
import io.tillpost.estate.state.EstateState.KeptAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * The recovery channel at {@code /recovery}, its look-up below that, and the control endpoint at
 * {@code /trouble}, on the loopback address only.
 */
public final class ChannelServer implements AutoCloseable {
  private static final int LARGEST_BODY = 1 << 20;
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  private final HttpServer server;
  private final Signature signature;
  private final Desk desk;

  private ChannelServer(HttpServer server, Signature signature, Desk desk) {
    this.server = server;
    this.signature = signature;
    this.desk = desk;
  }

  /**
   * Listens from now on.
   *
   * @param port 0 for any that is free
   * @throws IOException where the port is taken
   */
  public static ChannelServer listen(int port, Signature signature, Desk desk) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server = HttpServer.create(address, 64);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    ChannelServer channel = new ChannelServer(server, signature, desk);
    server.createContext("/recovery", channel::recovery);
    server.createContext("/recovery/look-up", channel::lookUp);
    server.createContext("/trouble", channel::trouble);
    server.start();
    return channel;
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void recovery(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals("/recovery")) {
      problem(exchange, 404, "Not found", "There is only /recovery");
      return;
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      problem(exchange, 405, "Method not allowed", "Recovery requests are posted");
      return;
    }
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      problem(exchange, 413, "Content too large", "A request has at most 1 MiB");
      return;
    }
    String objection =
        signature.objection(exchange.getRequestHeaders().getFirst("Tillpost-Signature"), body);
    if (objection != null) {
      problem(exchange, 401, "Unauthorized", objection);
      return;
    }
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    if (key == null || key.isBlank() || key.length() > 300) {
      problem(exchange, 400, "Bad request", "The header Idempotency-Key is missing");
      return;
    }
    String traceparent = exchange.getRequestHeaders().getFirst("traceparent");
    switch (RecoveryRequests.read(body, traceparent)) {
      case RecoveryRequests.NotUnderstood no ->
          problem(exchange, no.status(), "The request was refused", no.why());
      case RecoveryRequests.Understood yes -> {
        Desk.Reply reply = desk.recover(key, yes.request());
        if (reply.retryAfter() > 0) {
          exchange.getResponseHeaders().set("Retry-After", Integer.toString(reply.retryAfter()));
        }
        KeptAnswer answer = reply.answer();
        send(exchange, answer.status(), answer.status() < 400 ? JSON : PROBLEM, answer.body());
      }
    }
  }

  private void lookUp(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    if (!exchange.getRequestMethod().equals("GET") || query == null) {
      problem(exchange, 405, "Method not allowed", "A look-up is a GET with a query");
      return;
    }
    String signed = "GET " + exchange.getRequestURI().getRawPath() + "?" + query;
    String objection =
        signature.objection(
            exchange.getRequestHeaders().getFirst("Tillpost-Signature"),
            signed.getBytes(StandardCharsets.UTF_8));
    if (objection != null) {
      problem(exchange, 401, "Unauthorized", objection);
      return;
    }
    Optional<MessageKey> key = LookUps.read(query);
    if (key.isEmpty()) {
      problem(exchange, 400, "Bad request", "The query names no message of this estate");
      return;
    }
    send(exchange, 200, JSON, Problem.json(Map.of("state", desk.lookUp(key.get()).name())));
  }

  private void trouble(HttpExchange exchange) throws IOException {
    if (exchange.getRequestHeaders().containsKey("Origin")) {
      problem(exchange, 403, "Forbidden", "This endpoint is not for web pages");
      return;
    }
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    String method = exchange.getRequestMethod();
    if (path.length == 2 && method.equals("GET")) {
      send(exchange, 200, JSON, Problem.json(desk.troubles()));
      return;
    }
    boolean known =
        path.length == 4 && method.equals("POST") && List.of("lift", "start").contains(path[3]);
    if (!known || !desk.intervene(path[2], path[3].equals("start"))) {
      problem(exchange, 404, "Not found", "GET /trouble, POST /trouble/{name}/lift or /start");
      return;
    }
    send(
        exchange,
        200,
        JSON,
        Problem.json(
            desk.troubles().stream()
                .filter(t -> t.name().equals(path[2]))
                .findFirst()
                .orElseThrow()));
  }

  private static void problem(HttpExchange exchange, int status, String title, String detail)
      throws IOException {
    send(exchange, status, PROBLEM, Problem.of(status, title, detail));
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    try (exchange;
        var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
