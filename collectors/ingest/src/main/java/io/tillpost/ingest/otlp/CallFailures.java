package io.tillpost.ingest.otlp;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestContext;
import com.linecorp.armeria.common.grpc.GrpcExceptionHandlerFunction;
import com.linecorp.armeria.common.grpc.protocol.ArmeriaStatusException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.EOFException;
import java.util.Set;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The codes of calls that never came to be an export: a sender gives up after some of them and
 * sends again after others, so each has to be the right one.
 */
final class CallFailures implements GrpcExceptionHandlerFunction {
  private static final Set<String> ENCODINGS = Set.of("", "identity", "gzip");

  @Override
  public @Nullable Status apply(
      RequestContext context, Status status, Throwable cause, Metadata metadata) {
    HttpRequest request = context.request();
    String encoding = request == null ? "" : request.headers().get("grpc-encoding", "");
    if (!ENCODINGS.contains(encoding)) {
      return Status.UNIMPLEMENTED.withDescription(
          "The compression '" + encoding + "' is not one of: identity, gzip");
    }
    Throwable root = root(cause);
    return switch (root) {
      case ZipException _, EOFException _ ->
          Status.INVALID_ARGUMENT.withDescription("The message is not valid gzip");
      case StatusRuntimeException known when cause.getCause() != null -> known.getStatus();
      case ArmeriaStatusException known ->
          Status.fromCodeValue(known.getCode()).withDescription(known.getMessage());
      default -> null;
    };
  }

  /** A message that cannot be read comes as an internal error, with the reason within. */
  private static Throwable root(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
