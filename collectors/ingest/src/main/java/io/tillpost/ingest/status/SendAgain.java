package io.tillpost.ingest.status;

import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.receive.Delivery;
import io.tillpost.ingest.receive.Intake;
import io.tillpost.ingest.receive.JsonBodies;
import io.tillpost.ingest.receive.Sender;
import io.tillpost.ingest.receive.Taken;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the parked message events that an operator asked to send again, as if they arrived now: the
 * same rules, the same log. The document says what was asked for, so that any ingest process may do
 * it. Where two do, or one dies in between, the event goes into the log twice and counts once,
 * because its id is the same.
 */
public final class SendAgain implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SendAgain.class);
  private static final int EVERY_SECONDS = 2;

  /** A log that does not answer within that is asked again in the next round. */
  private static final int LONGEST_SECONDS = 30;

  private static final DocumentQuery ASKED_FOR =
      DocumentQuery.ALL
          .where("state", ParkedRecord.State.TO_SEND.name())
          .sorted("accepted_at", false)
          .page(500, null);

  private final DocumentStore documents;
  private final JsonBodies json;
  private final EventRules rules;
  private final Intake intake;

  /** Whoever asked for it may send for any store. */
  private final Sender operator = Sender.unbound("sent-again");

  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("ingest-send-again").daemon().factory());

  /** From the parked records into this intake. */
  public SendAgain(DocumentStore documents, JsonBodies json, EventRules rules, Intake intake) {
    this.documents = documents;
    this.json = json;
    this.rules = rules;
    this.intake = intake;
  }

  /** Begins to look for what was asked for. */
  public void start() {
    var _ =
        schedule.scheduleWithFixedDelay(
            this::round, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private void round() {
    try {
      Documents<ParkedRecord> parked = documents.of(ParkedRecord.DOCUMENTS);
      for (Versioned<ParkedRecord> found : parked.find(ASKED_FOR).items()) {
        if (!sendOrPark(parked, found)) {
          return;
        }
      }
    } catch (StoreUnavailableException e) {
      LOG.debug("Parked records cannot be read for now", e);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // Thrown out of here it would silently end the schedule.
      LOG.error("Parked records cannot be sent again", e);
    }
  }

  /** False if nothing is taken for now. A record that it breaks over keeps no other back. */
  private boolean sendOrPark(Documents<ParkedRecord> parked, Versioned<ParkedRecord> found) {
    try {
      // What a search finds may be old by now.
      Versioned<ParkedRecord> record = parked.get(found.id()).orElse(found);
      return record.value().state() != ParkedRecord.State.TO_SEND || send(parked, record);
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("{} cannot be sent again", found.id(), e);
      found
          .value()
          .parkedAgain("Ingest broke over it when it was sent again: " + e)
          .ifPresent(again -> parked.replace(found, again));
      return true;
    }
  }

  /** False if nothing is taken for now. */
  private boolean send(Documents<ParkedRecord> parked, Versioned<ParkedRecord> record) {
    return switch (read(record.value().text())) {
      case EventRules.Read.Wrong(var reason) -> {
        record.value().parkedAgain(reason).ifPresent(again -> parked.replace(record, again));
        yield true;
      }
      case EventRules.Read.Good(var event) -> {
        Delivery delivery = new Delivery(List.of(new OfEvent(event)), List.of(), 0);
        CompletableFuture<Taken> taken =
            intake.take(operator, delivery).orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS);
        if (!isDurable(taken)) {
          yield false;
        }
        record.value().sent().ifPresent(sent -> parked.replace(record, sent));
        yield true;
      }
    };
  }

  private static boolean isDurable(CompletableFuture<Taken> taken) {
    try {
      return taken.join() instanceof Taken.Durable;
    } catch (CompletionException e) {
      LOG.warn("The ingest log does not answer; what is to be sent again waits", e);
      return false;
    }
  }

  private EventRules.Read read(String text) {
    return switch (json.parse(text.getBytes(StandardCharsets.UTF_8))) {
      case JsonBodies.Parsed.NotJson(var reason) -> new EventRules.Read.Wrong(reason);
      case JsonBodies.Parsed.Document(var event) -> {
        CloudEventInput input = new CloudEventInput(event);
        try {
          input.checkEnvelope();
        } catch (WrongFieldException e) {
          yield new EventRules.Read.Wrong(e.reason());
        }
        yield rules.read(operator, input);
      }
    };
  }

  @Override
  public void close() {
    schedule.shutdown();
    try {
      var _ = schedule.awaitTermination(EVERY_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
