package io.tillpost.ingest.otlp;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.tillpost.ingest.receive.ApiKeys;

/** Lets calls with a valid key pass. */
final class GrpcKeys implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ApiKeys keys;

  GrpcKeys(ApiKeys keys) {
    this.keys = keys;
  }

  @Override
  public <I, O> ServerCall.Listener<I> interceptCall(
      ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
    if (keys.admits(headers.get(AUTHORIZATION))) {
      return next.startCall(call, headers);
    }
    call.close(
        Status.UNAUTHENTICATED.withDescription(
            "A valid key is needed: authorization: Bearer <key>"),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
