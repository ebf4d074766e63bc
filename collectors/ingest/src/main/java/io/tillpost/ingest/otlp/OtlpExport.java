package io.tillpost.ingest.otlp;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.tillpost.ingest.receive.Backpressure;
import io.tillpost.ingest.receive.Intake;
import io.tillpost.ingest.receive.Load;
import io.tillpost.ingest.receive.Sender;
import io.tillpost.ingest.receive.Taken;
import io.tillpost.ingest.receive.Taken.TurnedAway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One OTLP/gRPC export call: from the bytes of its request to its answer. */
final class OtlpExport {
  private static final Logger LOG = LoggerFactory.getLogger(OtlpExport.class);

  private static final io.grpc.Status UNREADABLE =
      io.grpc.Status.INVALID_ARGUMENT.withDescription(
          "The message is not the expected protobuf message");

  private final Signal signal;
  private final Intake intake;
  private final Load load;
  private final Backpressure backpressure;

  OtlpExport(Signal signal, Intake intake, Load load, Backpressure backpressure) {
    this.signal = signal;
    this.intake = intake;
    this.load = load;
    this.backpressure = backpressure;
  }

  /**
   * Answers the call.
   *
   * @param answerType the response's class
   */
  <T extends Message> void answer(byte[] request, Class<T> answerType, StreamObserver<T> to) {
    Sender sender = GrpcKeys.sender();
    GrpcBodies.arrived();
    sender.sentBytes(request.length);
    TurnedAway full = intake.fullFor(sender, request.length);
    if (full != null) {
      to.onError(unavailable(full));
      return;
    }
    boolean soon =
        load.decode(
            sender,
            request.length,
            () -> {
              try {
                Translation translation = signal.translate(sender, request);
                T done = answerType.cast(signal.answer(translation));
                var _ =
                    intake
                        .take(sender, translation.delivery())
                        .thenAccept(taken -> answer(taken, done, to))
                        .exceptionally(OtlpExport::notAnswered);
              } catch (InvalidProtocolBufferException _) {
                intake.unreadable(sender);
                to.onError(UNREADABLE.asRuntimeException());
              } catch (TooMuchException e) {
                intake.tooLarge(sender);
                to.onError(
                    io.grpc.Status.RESOURCE_EXHAUSTED
                        .withDescription(e.reason())
                        .asRuntimeException());
              } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                LOG.error("A request could not be worked on", e);
                to.onError(busy(sender));
              }
            });
    if (!soon) {
      to.onError(busy(sender));
    }
  }

  private static <T> void answer(Taken taken, T answer, StreamObserver<T> to) {
    switch (taken) {
      case Taken.Durable() -> {
        to.onNext(answer);
        to.onCompleted();
      }
      case TurnedAway away -> to.onError(unavailable(away));
    }
  }

  /** The sender has gone: it will send again. */
  private static @Nullable Void notAnswered(Throwable failure) {
    LOG.debug("A call could not be answered", failure);
    return null;
  }

  private StatusRuntimeException busy(Sender sender) {
    return unavailable(backpressure.busy(sender, "Too much is being sent at once"));
  }

  /** UNAVAILABLE with RetryInfo, as OTLP asks for. */
  static StatusRuntimeException unavailable(TurnedAway away) {
    RetryInfo retry =
        RetryInfo.newBuilder()
            .setRetryDelay(
                Duration.newBuilder()
                    .setSeconds(away.retryAfter().toSeconds())
                    .setNanos(away.retryAfter().toNanosPart()))
            .build();
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(Code.UNAVAILABLE_VALUE)
            .setMessage(away.reason())
            .addDetails(Any.pack(retry))
            .build());
  }
}
