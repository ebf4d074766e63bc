package io.tillpost.ingest.otlp;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tillpost.ingest.receive.Credentials;
import io.tillpost.ingest.receive.Door;
import io.tillpost.ingest.receive.Sender;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets calls with a valid key pass, as long as its sender has quota left. */
final class GrpcKeys implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Context.Key<Sender> SENDER = Context.key("tillpost.sender");

  private final Door door;

  GrpcKeys(Door door) {
    this.door = door;
  }

  /** Who sent the call that this thread works on. */
  static Sender sender() {
    return Objects.requireNonNull(SENDER.get(), "Every call comes through here");
  }

  @Override
  public <I, O> ServerCall.Listener<I> interceptCall(
      ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
    ServiceRequestContext request = ServiceRequestContext.current();
    String address = request.remoteAddress().getAddress().getHostAddress();
    return switch (door.open(Credentials.of(request, headers.get(AUTHORIZATION)), address)) {
      case Door.Opened.Shut(var reason) ->
          refuse(call, Status.UNAUTHENTICATED.withDescription(reason), null);
      case Door.Opened.Later(var away) -> {
        StatusRuntimeException refusal = OtlpExport.unavailable(away);
        yield refuse(call, refusal.getStatus(), refusal.getTrailers());
      }
      case Door.Opened.For(var sender) -> {
        GrpcBodies.letIn(request, sender);
        yield Contexts.interceptCall(
            Context.current().withValue(SENDER, sender), call, headers, next);
      }
    };
  }

  private static <I, O> ServerCall.Listener<I> refuse(
      ServerCall<I, O> call, Status status, @Nullable Metadata trailers) {
    call.close(status, trailers == null ? new Metadata() : trailers);
    return new ServerCall.Listener<>() {};
  }
}
