package io.tillpost.ingest.otlp;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tillpost.ingest.receive.ApiKeys;
import io.tillpost.ingest.receive.Backpressure;
import io.tillpost.ingest.receive.Sender;
import io.tillpost.ingest.receive.Taken.TurnedAway;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets calls with a valid key pass, as long as its sender has quota left. */
final class GrpcKeys implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Context.Key<Sender> SENDER = Context.key("tillpost.sender");

  private final ApiKeys keys;
  private final Backpressure backpressure;

  GrpcKeys(ApiKeys keys, Backpressure backpressure) {
    this.keys = keys;
    this.backpressure = backpressure;
  }

  /** Who sent the call that this thread works on. */
  static Sender sender() {
    return Objects.requireNonNull(SENDER.get(), "Every call comes through here");
  }

  @Override
  public <I, O> ServerCall.Listener<I> interceptCall(
      ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
    Sender sender = keys.sender(headers.get(AUTHORIZATION));
    if (sender == null) {
      return refuse(
          call,
          Status.UNAUTHENTICATED.withDescription(
              "A valid key is needed: authorization: Bearer <key>"),
          null);
    }
    TurnedAway away = backpressure.overQuota(sender);
    if (away != null) {
      StatusRuntimeException refusal = OtlpExport.unavailable(away);
      return refuse(call, refusal.getStatus(), refusal.getTrailers());
    }
    return Contexts.interceptCall(Context.current().withValue(SENDER, sender), call, headers, next);
  }

  private static <I, O> ServerCall.Listener<I> refuse(
      ServerCall<I, O> call, Status status, @Nullable Metadata trailers) {
    call.close(status, trailers == null ? new Metadata() : trailers);
    return new ServerCall.Listener<>() {};
  }
}
