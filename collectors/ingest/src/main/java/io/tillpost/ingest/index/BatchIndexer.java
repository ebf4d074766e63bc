package io.tillpost.ingest.index;

import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import io.tillpost.ingest.log.IngestRecord.OfSpan;
import io.tillpost.ingest.log.IngestRecord.OfWrittenEvent;
import io.tillpost.ingest.log.IngestRecord.OfWrittenSpan;
import io.tillpost.ingest.log.LogEntry.Intact;
import io.tillpost.ingest.log.LogEntry.Unreadable;
import io.tillpost.ingest.log.LogRow;
import io.tillpost.ingest.log.RecordKind;
import io.tillpost.ingest.masking.Masking;
import io.tillpost.ingest.receive.Parking;
import io.tillpost.ingest.status.CloudEventText;
import io.tillpost.message.MessageEvent;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.IngestWriter.Refused;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.StoreUnavailableException;
import io.tillpost.store.json.WrittenEvents;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Brings one batch of log entries into the store; once more is always safe. */
final class BatchIndexer {
  private static final Logger LOG = LoggerFactory.getLogger(BatchIndexer.class);
  private static final int SHOWN_BYTES = 2_048;
  private static final JsonMapper JSON = new JsonMapper();

  private final IngestWriter writer;
  private final DocumentStore documents;
  private final Clock clock;

  BatchIndexer(IngestWriter writer, DocumentStore documents, Clock clock) {
    this.writer = writer;
    this.documents = documents;
    this.clock = clock;
  }

  /** What became of a batch. */
  sealed interface Outcome {
    /**
     * Everything is stored or parked.
     *
     * @param parked of records whose senders were told that they are accepted
     * @param left events that are stored, whose states are left to the next batch; until that is
     *     done, this one is not
     */
    record Done(int stored, int parked, List<LogRow> left) implements Outcome {}

    /** The store cannot write for now; the same batch has to come again, with what it was given. */
    record Unavailable(String reason) implements Outcome {}
  }

  /** Brings in a batch by itself. */
  Outcome index(List<LogRow> rows) {
    return index(rows, List.of());
  }

  /** Brings in a batch behind which there is none, with what the one before has left to it. */
  Outcome index(List<LogRow> rows, List<LogRow> before) {
    return index(rows, before, BatchIndexer::nothingMore);
  }

  private static boolean nothingMore() {
    return false;
  }

  /**
   * Brings in one of several batches.
   *
   * @param before what the one before has left to it
   * @param more whether something may be left to the next one
   */
  Outcome index(List<LogRow> rows, List<LogRow> before, BooleanSupplier more) {
    Progress progress = new Progress();
    List<LogRow> records = new ArrayList<>(rows.size());
    for (LogRow row : rows) {
      switch (row.kind()) {
        case PARKED, UNREADABLE -> park(row, progress);
        case EVENT, WRITTEN_EVENT, SPAN, WRITTEN_SPAN -> records.add(row);
      }
    }
    try {
      String unavailable = write(records, before, more, progress);
      if (unavailable != null) {
        return new Outcome.Unavailable(unavailable);
      }
      if (!progress.parked.isEmpty()) {
        park(progress.parked);
      }
      return new Outcome.Done(progress.stored, progress.accepted, progress.left);
    } catch (StoreUnavailableException e) {
      return new Outcome.Unavailable(String.valueOf(e.getMessage()));
    }
  }

  private void park(LogRow row, Progress progress) {
    switch (row.decoded()) {
      case Unreadable unreadable -> progress.parkAccepted(unreadable(row.place(), unreadable));
      case Intact(var _, var _, OfParked parked) ->
          progress.parked.put(parked.id(), parked.parked());
      case Intact intact -> progress.parkAccepted(refused(intact, "It is not what it began as"));
    }
  }

  private void park(Map<String, ParkedRecord> parked) {
    Documents<ParkedRecord> records = documents.of(ParkedRecord.DOCUMENTS);
    for (String id : records.createAll(parked)) {
      ParkedRecord now = parked.get(id);
      if (now != null) {
        parkAgain(records, id, now.reason());
      }
    }
  }

  /**
   * What was sent again in vain is parked once more, with what is wrong with it now. Also where it
   * is not noted down yet that it was sent: who wants to note that then finds that it is not so.
   */
  private static void parkAgain(Documents<ParkedRecord> records, String id, String reason) {
    Optional<Versioned<ParkedRecord>> before;
    try {
      before = records.get(id);
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      // Parked by a later version, for example, in a way that this one does not know.
      LOG.error("{} is parked already and cannot be read; it stays as it is", id, e);
      return;
    }
    before
        .flatMap(
            known -> known.value().parkedAgain(reason).map(again -> records.replace(known, again)))
        // False: an ingest process or an operator was faster; what they did is newer.
        .ifPresent(replaced -> LOG.debug("Parked again: {}, {}", id, replaced));
  }

  /** Returns null, or why the store cannot write. */
  private @Nullable String write(
      List<LogRow> records, List<LogRow> before, BooleanSupplier more, Progress progress) {
    if (records.isEmpty() && before.isEmpty()) {
      return null;
    }
    IngestWriter.Result result;
    try {
      result = writer.write(Records.batch(records), Records.writtenEvents(before), more);
    } catch (StoreUnavailableException e) {
      return String.valueOf(e.getMessage());
    } catch (RuntimeException e) {
      List<LogRow> readable = parkUnreadable(records, progress);
      return readable.size() < records.size()
          ? write(readable, before, more, progress)
          : writeHalves(records, before, progress, e);
    }
    return switch (result) {
      case IngestWriter.Result.Unavailable(var reason) -> reason;
      case IngestWriter.Result.Written(var stored, var already, var refused, var left) -> {
        progress.stored += stored + already;
        parkRefused(records, before, refused, progress);
        progress.left = left(records, left);
        yield null;
      }
    };
  }

  /** Of what the store had in this batch, that which is left, without what stands around it. */
  private static List<LogRow> left(List<LogRow> records, List<Integer> places) {
    if (places.isEmpty()) {
      return List.of();
    }
    List<LogRow> events = Records.ofKind(records, RecordKind.WRITTEN_EVENT);
    return places.stream().map(events::get).map(LogRow::alone).toList();
  }

  /** Parks those that turn out to be damaged; returns the others. */
  private List<LogRow> parkUnreadable(List<LogRow> records, Progress progress) {
    List<LogRow> readable = new ArrayList<>(records.size());
    for (LogRow row : records) {
      if (row.decoded() instanceof Unreadable unreadable) {
        progress.parkAccepted(unreadable(row.place(), unreadable));
      } else {
        readable.add(row);
      }
    }
    return readable;
  }

  /**
   * A record that the writer cannot even be given must not stop all others for ever: it is looked
   * for by halving, and parked. What was left to this batch is looked through by itself.
   */
  private @Nullable String writeHalves(
      List<LogRow> records, List<LogRow> before, Progress progress, RuntimeException problem) {
    boolean stored = records.isEmpty();
    List<LogRow> all = stored ? before : records;
    if (!stored && !before.isEmpty()) {
      String unavailable = writeSome(before, true, progress);
      return unavailable != null ? unavailable : writeSome(records, false, progress);
    }
    if (all.size() == 1) {
      LOG.error("A record cannot be written and is parked", problem);
      progress.parkAccepted(refused(all.getFirst(), String.valueOf(problem)));
      return null;
    }
    int middle = all.size() / 2;
    String unavailable = writeSome(all.subList(0, middle), stored, progress);
    return unavailable != null
        ? unavailable
        : writeSome(all.subList(middle, all.size()), stored, progress);
  }

  /** Of a batch, or of what was left to it and is stored already; leaves nothing. */
  private @Nullable String writeSome(List<LogRow> some, boolean stored, Progress progress) {
    return stored
        ? write(List.of(), some, BatchIndexer::nothingMore, progress)
        : write(some, List.of(), BatchIndexer::nothingMore, progress);
  }

  private void parkRefused(
      List<LogRow> records, List<LogRow> before, List<Refused> refused, Progress progress) {
    if (refused.isEmpty()) {
      return;
    }
    Set<String> wanted = refused.stream().map(Refused::documentId).collect(Collectors.toSet());
    Map<String, LogRow> byId = new HashMap<>();
    Stream.concat(records.stream(), before.stream())
        .forEach(
            row -> {
              String id = Records.documentId(row);
              if (wanted.contains(id)) {
                byId.putIfAbsent(id, row);
              }
            });
    for (Refused one : refused) {
      LogRow record = byId.get(one.documentId());
      if (record == null) {
        LOG.error("The store refused {}, which it was not given", one.documentId());
      } else {
        progress.parkAccepted(refused(record, one.reason()));
      }
    }
  }

  private OfParked refused(LogRow row, String reason) {
    return switch (row.decoded()) {
      case Unreadable unreadable -> unreadable(row.place(), unreadable);
      case Intact intact -> refused(intact, reason);
    };
  }

  private static OfParked refused(Intact record, String reason) {
    return switch (record.content()) {
      case OfEvent(var event) -> refused(record, reason, event);
      case OfWrittenEvent(var event) -> {
        try {
          yield refused(record, reason, WrittenEvents.whole(event));
        } catch (RuntimeException e) {
          LOG.error("An event cannot be read from its document", e);
          yield Parking.park(
              ParkedRecord.Kind.UNKNOWN,
              reason,
              "",
              record.acceptedAt(),
              false,
              text(event.bytes(), event.from(), event.to()));
        }
      }
      case OfSpan(var span) ->
          Parking.park(
              ParkedRecord.Kind.SPAN,
              reason,
              span.service(),
              record.acceptedAt(),
              false,
              span.toString());
      case OfWrittenSpan(var span) -> {
        String json = text(span.bytes(), span.from(), span.to());
        yield Parking.park(
            ParkedRecord.Kind.SPAN, reason, service(json), record.acceptedAt(), false, json);
      }
      case OfParked parked -> parked;
    };
  }

  /** Nothing where it is no JSON. */
  private static String service(String span) {
    try {
      return JSON.readTree(span).path("service").asString("");
    } catch (JacksonException e) {
      LOG.error("A span cannot be read from its document", e);
      return "";
    }
  }

  /** An event is masked since it was accepted. */
  private static OfParked refused(Intact record, String reason, MessageEvent event) {
    return Parking.parkMasked(
        Masking.CARDS,
        ParkedRecord.Kind.MESSAGE_EVENT,
        reason,
        event.id().source(),
        record.acceptedAt(),
        false,
        CloudEventText.of(event));
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private OfParked unreadable(String place, Unreadable entry) {
    byte[] bytes = entry.bytes();
    String hex = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN_BYTES));
    return Parking.park(
        ParkedRecord.Kind.UNKNOWN,
        "The record at " + place + " of the ingest log: " + entry.reason(),
        "",
        clock.instant(),
        false,
        hex);
  }

  /** What one batch came to so far. */
  private static final class Progress {
    private final Map<String, ParkedRecord> parked = new LinkedHashMap<>();
    private int stored;
    private int accepted;
    private List<LogRow> left = List.of();

    void parkAccepted(OfParked record) {
      parked.put(record.id(), record.parked());
      accepted++;
    }
  }
}
