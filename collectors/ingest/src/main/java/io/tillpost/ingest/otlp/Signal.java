package io.tillpost.ingest.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.tillpost.ingest.receive.Sender;

/** What differs between traces and logs. */
sealed interface Signal {
  /** Checks and translates a request of this sender in protobuf. */
  Translation translate(Sender sender, byte[] body) throws InvalidProtocolBufferException;

  /** An empty request, to be filled from JSON. */
  Message.Builder empty();

  /** Checks and translates a decoded request of this sender. */
  Translation translate(Sender sender, Message request);

  /** The answer to a request whose records are durable. */
  Message answer(Translation translation);

  /** Traces. */
  record Traces(SpanTranslator translator) implements Signal {
    @Override
    public Translation translate(Sender sender, byte[] body) throws InvalidProtocolBufferException {
      RequestBounds.checkRecords(body);
      return translator.translate(sender, body);
    }

    @Override
    public Message.Builder empty() {
      return ExportTraceServiceRequest.newBuilder();
    }

    @Override
    public Translation translate(Sender sender, Message request) {
      return translator.translate(sender, (ExportTraceServiceRequest) request);
    }

    @Override
    public ExportTraceServiceResponse answer(Translation translation) {
      if (translation.refused() == 0) {
        return ExportTraceServiceResponse.getDefaultInstance();
      }
      return ExportTraceServiceResponse.newBuilder()
          .setPartialSuccess(
              ExportTracePartialSuccess.newBuilder()
                  .setRejectedSpans(translation.refused())
                  .setErrorMessage(translation.refusals()))
          .build();
    }
  }

  /** Message events as log records. */
  record Logs(LogTranslator translator) implements Signal {
    @Override
    public Translation translate(Sender sender, byte[] body) throws InvalidProtocolBufferException {
      RequestBounds.checkRecords(body);
      RequestBounds.checkParts(ExportLogsServiceRequest.getDescriptor(), body, 0, body.length);
      return translator.translate(sender, ExportLogsServiceRequest.parseFrom(body));
    }

    @Override
    public Message.Builder empty() {
      return ExportLogsServiceRequest.newBuilder();
    }

    @Override
    public Translation translate(Sender sender, Message request) {
      return translator.translate(sender, (ExportLogsServiceRequest) request);
    }

    @Override
    public ExportLogsServiceResponse answer(Translation translation) {
      if (translation.refused() == 0) {
        return ExportLogsServiceResponse.getDefaultInstance();
      }
      return ExportLogsServiceResponse.newBuilder()
          .setPartialSuccess(
              ExportLogsPartialSuccess.newBuilder()
                  .setRejectedLogRecords(translation.refused())
                  .setErrorMessage(translation.refusals()))
          .build();
    }
  }
}
