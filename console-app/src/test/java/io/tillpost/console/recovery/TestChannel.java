package io.tillpost.console.recovery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A middleware's recovery endpoint, as far as HTTP goes; what it answers is up to the test. */
public final class TestChannel implements AutoCloseable {
  private final HttpServer server;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile String state = "";
  private volatile Function<Call, Answer> behaviour = _ -> Answer.of(202);

  /** Listens on a port of its own on loopback. */
  public TestChannel() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/recovery", this::answer);
    server.createContext("/recovery/look-up", this::lookUp);
    server.start();
  }

  /** Where it listens. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/recovery");
  }

  /** Where it can be asked for messages. */
  public URI lookUpUrl() {
    return URI.create(url() + "/look-up");
  }

  /** What the target says from now on of every message: a state, or nothing for an error. */
  public void says(String newState) {
    state = newState;
  }

  /** The queries of all look-ups so far, each with its signature. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** What it does from now on, called once for each request. */
  public void behave(Function<Call, Answer> newBehaviour) {
    behaviour = newBehaviour;
  }

  /** All requests so far. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The idempotency keys of all requests so far, each as often as it came. */
  public List<String> keys() {
    return calls.stream().map(Call::key).toList();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Call call =
          new Call(
              exchange.getRequestHeaders().getFirst("Idempotency-Key"),
              exchange.getRequestHeaders().getFirst("Tillpost-Signature"),
              exchange.getRequestHeaders().getFirst("traceparent"),
              exchange.getRequestHeaders().getFirst("Content-Type"),
              body);
      calls.add(call);
      Answer answer = behaviour.apply(call);
      if (answer.status() == Answer.NONE) {
        return;
      }
      if (!answer.delay().isZero()) {
        closed.await(answer.delay().toMillis(), TimeUnit.MILLISECONDS);
      }
      answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookUp(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(
          new Asked(
              exchange.getRequestURI(),
              exchange.getRequestHeaders().getFirst("Tillpost-Signature")));
      byte[] bytes = ("{\"state\":\"" + state + "\"}").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(state.isEmpty() ? 500 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /** One look-up as it came in. */
  public record Asked(URI address, String signature) {}

  /** One request as it came in. */
  public record Call(
      String key, String signature, String traceparent, String contentType, String body) {
    /** The body as JSON. */
    public JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }
  }

  /** What to answer, after how long. */
  public record Answer(int status, Map<String, String> headers, String body, Duration delay) {
    private static final int NONE = -1;

    public static Answer of(int status) {
      return new Answer(status, Map.of(), "", Duration.ZERO);
    }

    /** Hangs up without an answer. */
    public static Answer hangUp() {
      return of(NONE);
    }

    public static Answer problem(int status, String detail) {
      return new Answer(
          status,
          Map.of("Content-Type", "application/problem+json"),
          "{\"title\":\"Refused\",\"detail\":\"" + detail + "\"}",
          Duration.ZERO);
    }

    public Answer header(String name, String value) {
      return new Answer(status, Map.of(name, value), body, delay);
    }

    public Answer after(Duration newDelay) {
      return new Answer(status, headers, body, newDelay);
    }
  }
}
