package io.tillpost.estate.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A receiver of message events that answers as it is told and keeps what it took. */
public final class CloudEventReceiver implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /** An answer other than taking everything. */
  public record Answer(int status, String retryAfter, String body) {}

  private final HttpServer server;
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
  private final Queue<JsonNode> events = new ConcurrentLinkedQueue<>();

  public CloudEventReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/message-events", this::receive);
    server.start();
  }

  public URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/v1/message-events");
  }

  public void answerNextWith(Answer answer) {
    answers.add(answer);
  }

  /** The bodies in the order they came, refused ones included. */
  public List<String> bodies() {
    return new ArrayList<>(bodies);
  }

  /** The events that were taken. */
  public List<JsonNode> events() {
    return new ArrayList<>(events);
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    bodies.add(body);
    Answer answer = answers.poll();
    if (answer == null) {
      JsonNode batch = JSON.readTree(body);
      batch.forEach(events::add);
      answer = new Answer(200, "", "{\"accepted\":" + batch.size() + ",\"rejected\":[]}");
    }
    if (!answer.retryAfter().isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
