package io.tillpost.store.memory;

import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageFold;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.WrittenEvent;
import io.tillpost.store.WrittenSpan;
import io.tillpost.store.json.SpanJson;
import io.tillpost.store.json.WrittenEvents;
import io.tillpost.trace.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.json.JsonMapper;

final class MemoryIngestWriter implements IngestWriter {
  private static final JsonMapper JSON = new JsonMapper();

  private final Memory memory;

  MemoryIngestWriter(Memory memory) {
    this.memory = memory;
  }

  @Override
  public Result write(Batch batch, List<WrittenEvent> before, BooleanSupplier more) {
    synchronized (memory) {
      return memory
          .brokenBecause()
          .<Result>map(Result.Unavailable::new)
          .orElseGet(() -> written(batch, before));
    }
  }

  /** It never leaves anything, and takes what another one has left. */
  private Result written(Batch batch, List<WrittenEvent> before) {
    Tally tally = new Tally();
    before.stream().map(WrittenEvents::whole).forEach(this::addToState);
    for (MessageEvent event : batch.events()) {
      add(event, tally);
    }
    // One by one: where one of them cannot be read, those before it are stored.
    for (WrittenEvent event : batch.writtenEvents()) {
      add(WrittenEvents.whole(event), tally);
    }
    for (Span span : batch.spans()) {
      tally.add(memory, memory.spans, span.documentId(), span);
    }
    for (WrittenSpan span : batch.writtenSpans()) {
      tally.add(memory, memory.spans, span.documentId(), read(span));
    }
    return new Result.Written(tally.stored, tally.alreadyStored, tally.refused);
  }

  private void add(MessageEvent event, Tally tally) {
    if (tally.add(memory, memory.events, event.id().documentId(), event)) {
      addToState(event);
    }
  }

  private void addToState(MessageEvent event) {
    memory.states.merge(event.messageId(), MessageFold.of(event), MessageFold::merge);
  }

  private static Span read(WrittenSpan span) {
    return SpanJson.read(JSON.readTree(span.bytes(), span.from(), span.to() - span.from()));
  }

  private static final class Tally {
    private int stored;
    private int alreadyStored;
    private final List<Refused> refused = new ArrayList<>();

    /** Whether the record is kept now, be it new or not. */
    <T> boolean add(Memory memory, Map<String, T> kept, String documentId, T value) {
      String refusal = memory.refusals.get(documentId);
      if (refusal != null) {
        refused.add(new Refused(documentId, refusal));
        return false;
      }
      if (kept.putIfAbsent(documentId, value) == null) {
        stored++;
      } else {
        alreadyStored++;
      }
      return true;
    }
  }
}
