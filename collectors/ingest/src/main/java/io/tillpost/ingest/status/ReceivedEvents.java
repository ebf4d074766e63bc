package io.tillpost.ingest.status;

import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.receive.Sender;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The events of one request, read as they stream by. */
final class ReceivedEvents {
  private final Sender sender;
  private final EventRules rules;
  private final int most;
  private final List<@Nullable IngestRecord> events = new ArrayList<>();
  private int notGood;
  private int beyond;
  private boolean noBatch;

  /**
   * Nothing read yet.
   *
   * @param most events that are looked at; more are only counted
   */
  ReceivedEvents(Sender sender, EventRules rules, int most) {
    this.sender = sender;
    this.rules = rules;
    this.most = most;
  }

  /** Reads a single event. */
  void one(JsonParser json) {
    add(new CloudEventReader(json));
  }

  /** Reads an array of events. */
  void batch(JsonParser json) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      noBatch = true;
      json.skipChildren();
      return;
    }
    CloudEventReader reader = new CloudEventReader(json);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (hasRoom()) {
        add(reader);
      } else {
        beyond++;
        json.skipChildren();
      }
    }
  }

  /** Whether one more is looked at. */
  boolean hasRoom() {
    return events.size() < most;
  }

  /** One that is good. */
  void add(IngestRecord good) {
    events.add(good);
  }

  private void add(CloudEventReader reader) {
    EventInput input = reader.read();
    if (input != null && rules.read(sender, input) instanceof EventRules.Read.Good(var event)) {
      events.add(new OfEvent(event));
    } else {
      events.add(null);
      notGood++;
    }
  }

  boolean isNoBatch() {
    return noBatch;
  }

  /** How many there are. */
  int count() {
    return events.size() + beyond;
  }

  boolean areAllGood() {
    return notGood == 0;
  }

  /** The event, or null if it is wrong, or not of the usual shape. */
  @Nullable IngestRecord at(int index) {
    return events.get(index);
  }

  /** All that are good, in order. */
  List<IngestRecord> good() {
    List<IngestRecord> good = new ArrayList<>(events.size());
    for (IngestRecord event : events) {
      if (event != null) {
        good.add(event);
      }
    }
    return good;
  }
}
