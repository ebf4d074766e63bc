package io.tillpost.store.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.RequestOptions;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import io.tillpost.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends requests to Elasticsearch and says in a sentence what went wrong. */
final class Http {
  private static final ContentType LINES = ContentType.create("application/x-ndjson");
  private static final Duration WRITE = Duration.ofSeconds(30);
  private static final Duration READ = Duration.ofSeconds(10);
  private static final Duration CHECK = Duration.ofSeconds(3);

  /** The first index of a day takes up to a second until its shard answers. */
  private static final int READ_ATTEMPTS = 5;

  private final Rest5Client client;

  Http(Rest5Client client) {
    this.client = client;
  }

  /** What Elasticsearch answered, whatever it was. */
  record Answer(int status, JsonNode body) {
    boolean isOk() {
      return status < 300;
    }

    String errorType() {
      return body.path("error").path("type").asString("");
    }

    /** The reason given for an error, or the status where there is none. */
    String reason() {
      String reason = body.path("error").path("reason").asString("");
      return reason.isEmpty() ? "status " + status : reason;
    }
  }

  /** Asks for something that changes nothing; tried again where that may help. */
  JsonNode read(String path, Map<String, String> parameters, ObjectNode body) {
    for (int attempt = 1; ; attempt++) {
      try {
        Answer answer =
            send("POST", path, parameters, bytes(body), ContentType.APPLICATION_JSON, READ);
        if (answer.isOk()) {
          return answer.body();
        }
        if (attempt == READ_ATTEMPTS || !isPassing(answer.status())) {
          throw refused(answer);
        }
      } catch (IOException e) {
        if (attempt == READ_ATTEMPTS || !mayBeStaleConnection(e)) {
          throw unreachable(e);
        }
      }
      pause(Duration.ofMillis(100L * attempt));
    }
  }

  /**
   * Writes lines of a bulk request. Sent once: the caller knows what may be repeated.
   *
   * @param lines is not to be changed before this returns, and not at all if it throws
   */
  List<BulkAnswer.Item> bulk(Map<String, String> parameters, byte[] lines, int length) {
    return bulk(parameters, lines, length, BulkAnswer::read);
  }

  /** As {@link #bulk}, and asks only what was not done. */
  BulkAnswer.Errors bulkErrors(byte[] lines, int length) {
    return bulk(Map.of("filter_path", BulkAnswer.ERRORS), lines, length, BulkAnswer::errors);
  }

  private <T> T bulk(
      Map<String, String> parameters, byte[] lines, int length, Function<JsonParser, T> read) {
    Request request = request("POST", "/_bulk", parameters, WRITE);
    request.setEntity(new ByteArrayEntity(lines, 0, length, LINES));
    try {
      Response response = perform(request);
      if (response.getStatusCode() >= 300) {
        throw refused(answer(response));
      }
      try (InputStream content = response.getEntity().getContent();
          JsonParser json = Json.MAPPER.createParser(content)) {
        return read.apply(json);
      } catch (JacksonException e) {
        throw new IOException("The answer is not JSON", e);
      }
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** Sends once; the caller looks at the status. */
  Answer call(String method, String path, @Nullable ObjectNode body) {
    return once(
        method,
        path,
        Map.of(),
        body == null ? null : bytes(body),
        ContentType.APPLICATION_JSON,
        WRITE);
  }

  /** Asks how Elasticsearch is, within a few seconds. */
  Answer check(String path, Map<String, String> parameters) {
    return once("GET", path, parameters, null, ContentType.APPLICATION_JSON, CHECK);
  }

  /** Waits about that long, between half and one and a half of it. */
  static void pause(Duration duration) {
    long millis = duration.toMillis();
    try {
      Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("Waiting for Elasticsearch was interrupted", e);
    }
  }

  /** What an answer other than yes means for the caller. */
  static StoreUnavailableException refused(Answer answer) {
    String sentence =
        switch (answer.status()) {
          case 401 -> "Elasticsearch does not accept the user or key we were given";
          case 403 -> "Elasticsearch does not allow this";
          case 413 -> "Elasticsearch takes no request as large as this";
          case 429 -> "Elasticsearch is too busy or its disk is full";
          case 503 -> "Elasticsearch is not ready";
          default -> "Elasticsearch answered with status " + answer.status();
        };
    return new StoreUnavailableException(sentence + ": " + answer.reason(), null);
  }

  private Answer once(
      String method,
      String path,
      Map<String, String> parameters,
      byte @Nullable [] body,
      ContentType type,
      Duration timeout) {
    try {
      return send(method, path, parameters, body, type, timeout);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private Answer send(
      String method,
      String path,
      Map<String, String> parameters,
      byte @Nullable [] body,
      ContentType type,
      Duration timeout)
      throws IOException {
    Request request = request(method, path, parameters, timeout);
    if (body != null) {
      request.setEntity(new ByteArrayEntity(body, type));
    }
    return answer(perform(request));
  }

  private static Request request(
      String method, String path, Map<String, String> parameters, Duration timeout) {
    Request request = new Request(method, path);
    request.addParameters(parameters);
    Timeout limit = Timeout.of(timeout);
    request.setOptions(
        RequestOptions.DEFAULT.toBuilder()
            .setRequestConfig(
                RequestConfig.custom()
                    .setResponseTimeout(limit)
                    .setConnectionRequestTimeout(limit)
                    .build()));
    return request;
  }

  /** Sends it; whatever the status of the answer is. */
  private Response perform(Request request) throws IOException {
    try {
      return client.performRequest(request);
    } catch (ResponseException e) {
      return e.getResponse();
    } catch (IOException e) {
      throw e;
    } catch (RuntimeException e) {
      // The client throws these when it is closed, and when the thread is interrupted.
      throw new IOException(e);
    }
  }

  private static Answer answer(Response response) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new Answer(response.getStatusCode(), Json.MAPPER.createObjectNode());
    }
    try (InputStream content = entity.getContent()) {
      return new Answer(response.getStatusCode(), Json.MAPPER.readTree(content));
    } catch (JacksonException e) {
      if (response.getStatusCode() < 300) {
        throw new IOException("The answer is not JSON", e);
      }
      return new Answer(response.getStatusCode(), Json.MAPPER.createObjectNode());
    }
  }

  private static boolean isPassing(int status) {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }

  private static boolean mayBeStaleConnection(IOException e) {
    return !(e instanceof ConnectException)
        && !(e instanceof SocketTimeoutException)
        && !(e.getCause() instanceof TimeoutException)
        && !Thread.currentThread().isInterrupted();
  }

  private static StoreUnavailableException unreachable(IOException e) {
    String sentence =
        switch (e) {
          case ConnectException refused -> "Elasticsearch cannot be reached";
          case SocketTimeoutException late -> "Elasticsearch did not answer in time";
          default -> "The connection to Elasticsearch broke";
        };
    return new StoreUnavailableException(sentence, e);
  }

  private static byte[] bytes(ObjectNode body) {
    return Json.MAPPER.writeValueAsBytes(body);
  }
}
