package io.tillpost.ingest.status;

import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import io.tillpost.ingest.masking.Masking;
import io.tillpost.ingest.receive.Delivery;
import io.tillpost.ingest.receive.Intake;
import io.tillpost.ingest.receive.JsonBodies;
import io.tillpost.ingest.receive.JsonBodies.Parsed.Document;
import io.tillpost.ingest.receive.JsonBodies.Parsed.NotJson;
import io.tillpost.ingest.receive.Parking;
import io.tillpost.ingest.receive.PostEndpoint;
import io.tillpost.ingest.receive.Room;
import io.tillpost.ingest.receive.Sender;
import io.tillpost.ingest.receive.Taken;
import io.tillpost.store.ParkedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
  private final Room room = new Room();

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
    boolean single = isSame(type, SINGLE);
    ReceivedEvents quick = new ReceivedEvents(sender, rules, MAX_BATCH);
    if (new EventRequest(body, json, rules, sender, room, quick).read(single)) {
      return taken(sender, single, quick, body);
    }
    ReceivedEvents events = new ReceivedEvents(sender, rules, MAX_BATCH);
    String problem = json.walk(body, single ? events::one : events::batch);
    if (problem != null) {
      return bad(sender, problem);
    }
    if (events.isNoBatch()) {
      return bad(sender, "The body is not a JSON array");
    }
    if (events.count() > MAX_BATCH) {
      return CompletableFuture.completedFuture(
          problem(
              type,
              HttpStatus.REQUEST_ENTITY_TOO_LARGE,
              "The batch has more than " + MAX_BATCH + " events",
              HttpHeaders.of()));
    }
    return taken(sender, single, events, body);
  }

  private CompletionStage<HttpResponse> taken(
      Sender sender, boolean single, ReceivedEvents events, byte[] body) {
    return events.areAllGood()
        ? take(sender, new Delivery(events.good(), List.of(), 0), List.of())
        : takeSome(sender, single, events, body);
  }

  /** Some events are wrong, or odd: what is wrong with them is seen in the tree. */
  private CompletionStage<HttpResponse> takeSome(
      Sender sender, boolean single, ReceivedEvents events, byte[] body) {
    return switch (json.parse(body)) {
      case NotJson(var reason) -> bad(sender, reason);
      case Document(var root) -> {
        List<IngestRecord> accepted = new ArrayList<>();
        List<OfParked> parked = new ArrayList<>();
        List<Answers.Rejected> rejected = new ArrayList<>();
        for (int i = 0; i < events.count(); i++) {
          IngestRecord good = events.at(i);
          JsonNode event = single ? root : root.path(i);
          EventRules.Read read = good == null ? read(sender, event) : null;
          switch (read) {
            case null -> accepted.add(Objects.requireNonNull(good));
            case EventRules.Read.Good(var odd) -> accepted.add(new OfEvent(odd));
            case EventRules.Read.Wrong(var reason) -> {
              rejected.add(new Answers.Rejected(i, textOrNull(event.path("id")), reason));
              parked.add(park(event, reason));
            }
          }
        }
        yield take(sender, new Delivery(accepted, parked, 0), rejected);
      }
    };
  }

  private CompletionStage<HttpResponse> take(
      Sender sender, Delivery delivery, List<Answers.Rejected> rejected) {
    int accepted = delivery.accepted().size();
    return intake
        .take(sender, delivery)
        .thenApply(
            taken ->
                switch (taken) {
                  case Taken.Durable() -> Answers.taken(accepted, rejected);
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
    String workflow = textOrNull(event.path("data").path("workflow"));
    Masking masking = rules.masking(workflow);
    return Parking.parkMasked(
        masking,
        ParkedRecord.Kind.MESSAGE_EVENT,
        reason,
        source == null ? "" : source,
        clock.instant(),
        true,
        ParkedEvent.text(event, masking));
  }

  private static @Nullable String textOrNull(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }

  private CompletionStage<HttpResponse> bad(Sender sender, String detail) {
    intake.unreadable(sender);
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
