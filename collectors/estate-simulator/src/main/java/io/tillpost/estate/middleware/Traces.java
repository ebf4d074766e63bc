package io.tillpost.estate.middleware;

import static io.tillpost.estate.middleware.SpanAttributes.ADDRESS;
import static io.tillpost.estate.middleware.SpanAttributes.CONVERSATION_ID;
import static io.tillpost.estate.middleware.SpanAttributes.DESTINATION;
import static io.tillpost.estate.middleware.SpanAttributes.LIMIT;
import static io.tillpost.estate.middleware.SpanAttributes.MESSAGE_ID;
import static io.tillpost.estate.middleware.SpanAttributes.METHOD;
import static io.tillpost.estate.middleware.SpanAttributes.OPERATION;
import static io.tillpost.estate.middleware.SpanAttributes.PATH;
import static io.tillpost.estate.middleware.SpanAttributes.PEER;
import static io.tillpost.estate.middleware.SpanAttributes.REMAINING;
import static io.tillpost.estate.middleware.SpanAttributes.STATUS;
import static io.tillpost.estate.middleware.SpanAttributes.STORE;
import static io.tillpost.estate.middleware.SpanAttributes.SYSTEM;
import static io.tillpost.estate.middleware.SpanAttributes.WORKFLOW;
import static io.tillpost.estate.middleware.TraceIds.Work.CALL;
import static io.tillpost.estate.middleware.TraceIds.Work.ENQUEUE;
import static io.tillpost.estate.middleware.TraceIds.Work.PROCESS;
import static io.tillpost.estate.middleware.TraceIds.Work.RECEIVE;
import static io.tillpost.estate.middleware.TraceIds.Work.RESEND;
import static io.tillpost.estate.middleware.TraceIds.Work.SEND;
import static io.tillpost.estate.middleware.TraceIds.Work.SERVE;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.tillpost.estate.message.Failure;
import io.tillpost.estate.message.Message;
import io.tillpost.estate.message.Stage;
import io.tillpost.estate.message.Workflow;
import io.tillpost.estate.saas.Loyalty;
import io.tillpost.estate.wire.SpanPlan;
import io.tillpost.estate.wire.Tracing;
import org.jspecify.annotations.Nullable;

/** Writes the spans of an attempt when it is over. */
final class Traces {
  private static final String MIDDLEWARE = "middleware";
  private static final long CONNECT_TIMEOUT = 5_000;
  private static final long WRITE = 4;

  private final Tracing tracing;
  private final TraceIds ids;
  private final Loyalty loyalty;

  Traces(Tracing tracing, TraceIds ids, Loyalty loyalty) {
    this.tracing = tracing;
    this.ids = ids;
    this.loyalty = loyalty;
  }

  /** The store's line is down: the source could not send, and keeps what it has. */
  void lineDown(Message message, long at) {
    Failure failure =
        new Failure("CONNECT_TIMEOUT", "connect to middleware timed out", null, "TRANSIENT", 0, "");
    Attributes attributes = http(message, MIDDLEWARE, 0).build();
    end(message, SEND, 1, null, SpanKind.CLIENT, at, at + CONNECT_TIMEOUT, attributes, failure);
  }

  /** An attempt is over, with a failure or without. */
  void attempt(Message message, long at, @Nullable Failure failure) {
    int first = message.attempt() - message.redeliveries();
    boolean submitted = message.reachedAt(Stage.SUBMITTED) > 0;
    if (message.redeliveries() == 0) {
      entry(message, first, at, submitted ? null : failure);
    }
    if (submitted) {
      delivery(message, first, at, failure);
    }
  }

  private void entry(Message message, int attempt, long at, @Nullable Failure failure) {
    long received = message.reachedAt(Stage.RECEIVED);
    if (received == 0) {
      enqueue(message, attempt, ids.span(message, 1, SEND));
      return;
    }
    String recovery = message.recoveryTraceparent();
    long queued = message.reachedAt(Stage.QUEUED);
    long end = queued > 0 ? queued + 1 : at;
    String parent;
    SpanContext link = null;
    if (recovery != null) {
      parent = recovery.substring(36, 52);
      link = Tracing.context(ids.ownTrace(message), ids.span(message, 1, SEND));
    } else {
      parent = attempt == 1 ? sent(message, end) : ids.span(message, 1, SEND);
    }
    Attributes attributes = http(message, MIDDLEWARE, 202).put(OPERATION, "receive").build();
    tracing.end(
        plan(
            message,
            RECEIVE,
            attempt,
            parent,
            SpanKind.SERVER,
            received - WRITE,
            end,
            attributes,
            failure,
            link));
    enqueue(message, attempt, ids.span(message, attempt, RECEIVE));
  }

  private void enqueue(Message message, int attempt, String parent) {
    long queued = message.reachedAt(Stage.QUEUED);
    if (queued > 0) {
      Attributes queue = queue(message).put(OPERATION, "send").build();
      end(
          message,
          ENQUEUE,
          attempt,
          parent,
          SpanKind.PRODUCER,
          queued - WRITE,
          queued,
          queue,
          null);
    }
  }

  /** The source's call; a second one where the first found the line down. */
  private String sent(Message message, long end) {
    Attributes attributes = http(message, MIDDLEWARE, 202).build();
    String send = ids.span(message, 1, SEND);
    if (!message.heldBack()) {
      end(
          message,
          SEND,
          1,
          null,
          SpanKind.CLIENT,
          message.capturedAt(),
          end + WRITE,
          attributes,
          null);
      return send;
    }
    long start = message.reachedAt(Stage.RECEIVED) - 2 * WRITE;
    end(message, RESEND, 1, send, SpanKind.CLIENT, start, end + WRITE, attributes, null);
    return ids.span(message, 1, RESEND);
  }

  private void delivery(Message message, int first, long at, @Nullable Failure failure) {
    int attempt = message.attempt();
    long submitted = message.reachedAt(Stage.SUBMITTED);
    String target = message.workflow().target();
    Attributes process = queue(message).put(OPERATION, "process").build();
    String enqueue = ids.span(message, first, ENQUEUE);
    end(
        message,
        PROCESS,
        attempt,
        enqueue,
        SpanKind.CONSUMER,
        submitted - WRITE,
        at + WRITE,
        process,
        failure);
    int status = failure == null ? 201 : failure.httpStatus();
    AttributesBuilder call = http(message, target, status);
    if (message.workflow() == Workflow.LOYALTY) {
      call.put(LIMIT, Loyalty.CALLS_PER_MINUTE).put(REMAINING, loyalty.remaining(message, at));
    }
    String processing = ids.span(message, attempt, PROCESS);
    end(message, CALL, attempt, processing, SpanKind.CLIENT, submitted, at, call.build(), failure);
    if (target.equals("erp") && status != 504) {
      String calling = ids.span(message, attempt, CALL);
      Attributes served = http(message, target, status).build();
      long margin = Math.min(3, (at - submitted) / 3);
      end(
          message,
          SERVE,
          attempt,
          calling,
          SpanKind.SERVER,
          submitted + margin,
          at - margin,
          served,
          failure);
    }
  }

  private void end(
      Message message,
      TraceIds.Work work,
      int attempt,
      @Nullable String parent,
      SpanKind kind,
      long start,
      long end,
      Attributes attributes,
      @Nullable Failure failure) {
    tracing.end(plan(message, work, attempt, parent, kind, start, end, attributes, failure, null));
  }

  private SpanPlan plan(
      Message message,
      TraceIds.Work work,
      int attempt,
      @Nullable String parent,
      SpanKind kind,
      long start,
      long end,
      Attributes attributes,
      @Nullable Failure failure,
      @Nullable SpanContext link) {
    Workflow workflow = message.workflow();
    String service =
        switch (work) {
          case SEND, RESEND -> workflow.source();
          case SERVE -> workflow.target();
          default -> MIDDLEWARE;
        };
    String name =
        switch (work) {
          case ENQUEUE -> "send " + workflow.id();
          case PROCESS -> "process " + workflow.id();
          default -> "POST " + workflow.path();
        };
    return new SpanPlan(
        service,
        name,
        kind,
        ids.trace(message),
        ids.span(message, attempt, work),
        parent,
        start,
        Math.max(start, end),
        attributes,
        failure,
        link);
  }

  private static AttributesBuilder http(Message message, String server, int status) {
    AttributesBuilder attributes =
        about(message)
            .put(METHOD, "POST")
            .put(PATH, message.workflow().path())
            .put(ADDRESS, server)
            .put(PEER, server);
    return status == 0 ? attributes : attributes.put(STATUS, status);
  }

  private static AttributesBuilder queue(Message message) {
    return about(message)
        .put(SYSTEM, "activemq")
        .put(DESTINATION, message.workflow().id())
        .put(MESSAGE_ID, message.id())
        .put(CONVERSATION_ID, message.correlationId());
  }

  private static AttributesBuilder about(Message message) {
    return Attributes.builder()
        .put(STORE, message.store().id())
        .put(WORKFLOW, message.workflow().id());
  }
}
