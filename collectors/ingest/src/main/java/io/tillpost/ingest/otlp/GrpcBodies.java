package io.tillpost.ingest.otlp;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.FilteredHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import io.grpc.Status;
import io.netty.util.AttributeKey;
import io.tillpost.ingest.receive.ArrivingMessage;
import io.tillpost.ingest.receive.Backpressure;
import io.tillpost.ingest.receive.Intake;
import io.tillpost.ingest.receive.Load;
import io.tillpost.ingest.receive.Sender;
import org.jspecify.annotations.Nullable;

/**
 * Ends calls whose message is too much while it arrives. {@link GrpcKeys} tells whose it is before
 * the first part comes.
 */
final class GrpcBodies extends SimpleDecoratingHttpService {
  private static final AttributeKey<Arriving> ARRIVING =
      AttributeKey.valueOf(GrpcBodies.class, "arriving");

  private final Intake intake;
  private final Load load;
  private final Backpressure backpressure;
  private final int maxBytes;

  GrpcBodies(HttpService calls, Intake intake, Load load, Backpressure backpressure, int maxBytes) {
    super(calls);
    this.intake = intake;
    this.load = load;
    this.backpressure = backpressure;
    this.maxBytes = maxBytes;
  }

  /** The message of a call, and who sends it once that is known. */
  private static final class Arriving {
    private final ArrivingMessage message;
    private @Nullable Sender sender;

    Arriving(ArrivingMessage message) {
      this.message = message;
    }
  }

  /** The call is let in, for this sender. */
  static void letIn(ServiceRequestContext call, Sender sender) {
    Arriving arriving = call.attr(ARRIVING);
    if (arriving != null) {
      arriving.sender = sender;
      arriving.message.of(sender);
    }
  }

  /** The message of the call that this thread works on is there as a whole: its room is free. */
  static void arrived() {
    Arriving arriving = ServiceRequestContext.current().attr(ARRIVING);
    if (arriving != null) {
      arriving.message.close();
    }
  }

  /**
   * What takes one message and no stream of them is else called when its body was collected as a
   * whole, by the server.
   */
  @Override
  public ExchangeType exchangeType(RoutingContext call) {
    return ExchangeType.REQUEST_STREAMING;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext call, HttpRequest request) throws Exception {
    boolean gzip = request.headers().get("grpc-encoding", "").equals("gzip");
    Arriving arriving = new Arriving(new ArrivingMessage(load, maxBytes, gzip));
    call.setAttr(ARRIVING, arriving);
    var _ = call.log().whenComplete().thenRun(arriving.message::close);
    return unwrap().serve(call, new Bounded(request, arriving));
  }

  /**
   * The request, part by part. What maps a stream ({@code peekData}) would do here at first sight:
   * it sees nothing before all of it was collected.
   */
  private final class Bounded extends FilteredHttpRequest {
    private final Arriving arriving;

    Bounded(HttpRequest request, Arriving arriving) {
      super(request, true);
      this.arriving = arriving;
    }

    @Override
    protected HttpObject filter(HttpObject part) {
      if (part instanceof HttpData data) {
        take(arriving, data);
      }
      return part;
    }
  }

  /** What is thrown here ends the call. */
  private void take(Arriving arriving, HttpData part) {
    ArrivingMessage.Verdict verdict = arriving.message.take(part);
    Sender sender = arriving.sender;
    if (verdict == ArrivingMessage.Verdict.FINE) {
      return;
    }
    if (sender == null || verdict == ArrivingMessage.Verdict.UNWANTED) {
      throw Status.CANCELLED.withDescription("The call is over").asRuntimeException();
    }
    if (verdict == ArrivingMessage.Verdict.BUSY) {
      throw OtlpExport.unavailable(backpressure.busy(sender, "Too much is being sent at once"));
    }
    sender.sentBytes(maxBytes);
    intake.tooLarge(sender);
    throw Status.RESOURCE_EXHAUSTED
        .withDescription("The message is larger than " + maxBytes + " bytes")
        .asRuntimeException();
  }
}
