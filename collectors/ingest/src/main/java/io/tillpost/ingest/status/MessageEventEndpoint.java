package io.tillpost.ingest.status;

import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import io.tillpost.ingest.receive.Delivery;
import io.tillpost.ingest.receive.Intake;
import io.tillpost.ingest.receive.JsonBodies;
import io.tillpost.ingest.receive.JsonBodies.Parsed.Document;
import io.tillpost.ingest.receive.JsonBodies.Parsed.NotJson;
import io.tillpost.ingest.receive.Parking;
import io.tillpost.ingest.receive.PostEndpoint;
import io.tillpost.ingest.receive.Sender;
import io.tillpost.ingest.receive.Taken;
import io.tillpost.store.ParkedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /v1/message-events}: CloudEvents 1.0 in the JSON event format, one or a batch; errors
 * as problem details (RFC 9457).
 */
public final class MessageEventEndpoint implements PostEndpoint {
  private static final int MAX_BATCH = 5_000;
  private static final MediaType SINGLE = MediaType.create("application", "cloudevents+json");
  private static final MediaType BATCH = MediaType.create("application", "cloudevents-batch+json");

  private final JsonBodies json;
  private final EventRules rules;
  private final Intake intake;
  private final Clock clock;

  /** Into this intake. */
  public MessageEventEndpoint(JsonBodies json, EventRules rules, Intake intake, Clock clock) {
    this.json = json;
    this.rules = rules;
    this.intake = intake;
    this.clock = clock;
  }

  @Override
  public boolean reads(@Nullable MediaType type) {
    return type != null
        && (isSame(type, SINGLE) || isSame(type, BATCH))
        && StandardCharsets.UTF_8.equals(type.charset(StandardCharsets.UTF_8));
  }

  @Override
  public String readableTypes() {
    return SINGLE + ", " + BATCH;
  }

  @Override
  public CompletionStage<HttpResponse> receive(Sender sender, MediaType type, byte[] body) {
    return switch (json.parse(body)) {
      case NotJson(var reason) -> bad(reason);
      case Document(var root) when isSame(type, SINGLE) -> take(sender, List.of(root));
      case Document(var root) when !root.isArray() -> bad("The body is not a JSON array");
      case Document(var root) when root.size() > MAX_BATCH ->
          CompletableFuture.completedFuture(
              problem(
                  type,
                  HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                  "The batch has more than " + MAX_BATCH + " events",
                  HttpHeaders.of()));
      case Document(var root) -> take(sender, root.values());
    };
  }

  private CompletionStage<HttpResponse> take(Sender sender, Iterable<JsonNode> events) {
    List<IngestRecord> accepted = new ArrayList<>();
    List<OfParked> parked = new ArrayList<>();
    List<Answers.Rejected> rejected = new ArrayList<>();
    int index = 0;
    for (JsonNode event : events) {
      switch (read(sender, event)) {
        case EventRules.Read.Good(var good) -> accepted.add(new OfEvent(good));
        case EventRules.Read.Wrong(var reason) -> {
          rejected.add(new Answers.Rejected(index, textOrNull(event.path("id")), reason));
          parked.add(park(event, reason));
        }
      }
      index++;
    }
    return intake
        .take(sender, new Delivery(accepted, parked, 0))
        .thenApply(
            taken ->
                switch (taken) {
                  case Taken.Durable() -> Answers.taken(accepted.size(), rejected);
                  case Taken.TurnedAway away -> turnedAway(SINGLE, away);
                });
  }

  private EventRules.Read read(Sender sender, JsonNode event) {
    CloudEventInput input = new CloudEventInput(event);
    try {
      input.checkEnvelope();
    } catch (WrongFieldException e) {
      return new EventRules.Read.Wrong(e.reason());
    }
    return rules.read(sender, input);
  }

  private OfParked park(JsonNode event, String reason) {
    String source = textOrNull(event.path("source"));
    return Parking.park(
        ParkedRecord.Kind.MESSAGE_EVENT,
        reason,
        source == null ? "" : source,
        clock.instant(),
        true,
        event.toString());
  }

  private static @Nullable String textOrNull(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }

  private static CompletionStage<HttpResponse> bad(String detail) {
    return CompletableFuture.completedFuture(
        Answers.problem(HttpStatus.BAD_REQUEST, detail, HttpHeaders.of()));
  }

  @Override
  public HttpResponse problem(
      @Nullable MediaType type, HttpStatus status, String detail, HttpHeaders headers) {
    return Answers.problem(status, detail, headers);
  }

  private static boolean isSame(MediaType type, MediaType expected) {
    return type.type().equals(expected.type()) && type.subtype().equals(expected.subtype());
  }
}
