package io.tillpost.ingest.otlp;

import com.google.protobuf.TextFormat;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import io.tillpost.ingest.receive.Delivery;
import io.tillpost.ingest.receive.Parking;
import io.tillpost.ingest.receive.Sender;
import io.tillpost.ingest.status.EventRules;
import io.tillpost.store.ParkedRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes message events of an OTLP log request; other log records are none of our kind. */
final class LogTranslator {
  private final EventRules rules;
  private final Clock clock;

  LogTranslator(EventRules rules, Clock clock) {
    this.rules = rules;
    this.clock = clock;
  }

  Translation translate(Sender sender, ExportLogsServiceRequest request) {
    List<IngestRecord> accepted = new ArrayList<>();
    List<OfParked> rejected = new ArrayList<>();
    int dropped = 0;
    String first = null;
    for (ResourceLogs ofResource : request.getResourceLogsList()) {
      String service = Resources.of(ofResource.getResource()).service();
      for (ScopeLogs ofScope : ofResource.getScopeLogsList()) {
        for (LogRecord log : ofScope.getLogRecordsList()) {
          LogRecordInput input = new LogRecordInput(log, service);
          if (!input.isMessageEvent()) {
            dropped++;
            continue;
          }
          switch (rules.read(sender, input)) {
            case EventRules.Read.Good(var event) -> accepted.add(new OfEvent(event));
            case EventRules.Read.Wrong(var reason) -> {
              first = first == null ? reason : first;
              rejected.add(park(log, service, reason));
            }
          }
        }
      }
    }
    return new Translation(
        new Delivery(accepted, rejected, dropped), refusals(rejected.size(), first, dropped));
  }

  private static String refusals(int rejected, @Nullable String first, int dropped) {
    List<String> parts = new ArrayList<>();
    if (first != null) {
      parts.add(rejected + " message events can never be stored, the first: " + first);
    }
    if (dropped > 0) {
      parts.add(
          dropped
              + " log records are not message events (event_name is not tillpost.message) and were"
              + " dropped");
    }
    return String.join("; ", parts);
  }

  private OfParked park(LogRecord log, String service, String reason) {
    return Parking.park(
        rules.masking(),
        ParkedRecord.Kind.LOG_RECORD,
        reason,
        service,
        clock.instant(),
        true,
        TextFormat.printer().escapingNonAscii(false).emittingSingleLine(true).printToString(log));
  }
}
