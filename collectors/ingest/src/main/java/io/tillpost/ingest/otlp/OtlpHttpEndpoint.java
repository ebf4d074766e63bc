package io.tillpost.ingest.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.Status;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import io.tillpost.ingest.receive.Intake;
import io.tillpost.ingest.receive.JsonBodies;
import io.tillpost.ingest.receive.JsonBodies.Parsed.Document;
import io.tillpost.ingest.receive.JsonBodies.Parsed.NotJson;
import io.tillpost.ingest.receive.PostEndpoint;
import io.tillpost.ingest.receive.Sender;
import io.tillpost.ingest.receive.Taken;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** OTLP/HTTP for one signal, in protobuf and JSON. Errors are a {@code google.rpc.Status}. */
final class OtlpHttpEndpoint implements PostEndpoint {
  private static final MediaType PROTOBUF = MediaType.create("application", "x-protobuf");

  private final Signal signal;
  private final Intake intake;
  private final JsonBodies json;

  OtlpHttpEndpoint(Signal signal, Intake intake, JsonBodies json) {
    this.signal = signal;
    this.intake = intake;
    this.json = json;
  }

  @Override
  public boolean reads(@Nullable MediaType type) {
    return isProtobuf(type) || isJson(type);
  }

  private static boolean isProtobuf(@Nullable MediaType type) {
    return type != null && type.is(PROTOBUF);
  }

  private static boolean isJson(@Nullable MediaType type) {
    return type != null && type.type().equals("application") && type.subtype().equals("json");
  }

  @Override
  public String readableTypes() {
    return "application/x-protobuf, application/json";
  }

  @Override
  public CompletionStage<HttpResponse> receive(Sender sender, MediaType type, byte[] body) {
    return isJson(type) ? receiveJson(sender, type, body) : receiveProtobuf(sender, type, body);
  }

  private CompletionStage<HttpResponse> receiveProtobuf(
      Sender sender, MediaType type, byte[] body) {
    try {
      return take(sender, type, signal.translate(sender, body));
    } catch (InvalidProtocolBufferException e) {
      return bad(sender, type, "The body is not the expected protobuf message: " + e.getMessage());
    } catch (TooMuchException e) {
      return tooMuch(sender, type, e);
    }
  }

  private CompletionStage<HttpResponse> receiveJson(Sender sender, MediaType type, byte[] body) {
    try {
      return switch (json.parse(body)) {
        case NotJson(var reason) -> bad(sender, type, reason);
        case Document(var root) ->
            take(sender, type, signal.translate(sender, OtlpJson.fill(signal.empty(), root)));
      };
    } catch (OtlpJson.WrongShapeException e) {
      return bad(sender, type, String.valueOf(e.getMessage()));
    } catch (TooMuchException e) {
      return tooMuch(sender, type, e);
    }
  }

  private CompletionStage<HttpResponse> tooMuch(Sender sender, MediaType type, TooMuchException e) {
    intake.tooLarge(sender);
    return CompletableFuture.completedFuture(
        problem(type, HttpStatus.REQUEST_ENTITY_TOO_LARGE, e.reason(), HttpHeaders.of()));
  }

  private CompletionStage<HttpResponse> take(
      Sender sender, MediaType type, Translation translation) {
    // Made now: what is accepted need not stay in memory until it is synced.
    Message done = signal.answer(translation);
    return intake
        .take(sender, translation.delivery())
        .thenApply(
            taken ->
                switch (taken) {
                  case Taken.Durable() -> answer(type, HttpStatus.OK, done, HttpHeaders.of());
                  case Taken.TurnedAway away -> turnedAway(type, away);
                });
  }

  private CompletionStage<HttpResponse> bad(Sender sender, MediaType type, String detail) {
    intake.unreadable(sender);
    return CompletableFuture.completedFuture(
        problem(type, HttpStatus.BAD_REQUEST, detail, HttpHeaders.of()));
  }

  @Override
  public HttpResponse problem(
      @Nullable MediaType type, HttpStatus status, String detail, HttpHeaders headers) {
    Status body = Status.newBuilder().setCode(code(status).getNumber()).setMessage(detail).build();
    return answer(type, status, body, headers);
  }

  private static Code code(HttpStatus status) {
    return switch (status.code()) {
      case 401 -> Code.UNAUTHENTICATED;
      case 404, 405 -> Code.UNIMPLEMENTED;
      case 413 -> Code.RESOURCE_EXHAUSTED;
      case 429, 503 -> Code.UNAVAILABLE;
      default -> Code.INVALID_ARGUMENT;
    };
  }

  private static HttpResponse answer(
      @Nullable MediaType requestType, HttpStatus status, Message body, HttpHeaders headers) {
    boolean protobuf = isProtobuf(requestType);
    return HttpResponse.of(
        ResponseHeaders.builder(status)
            .contentType(protobuf ? PROTOBUF : MediaType.JSON)
            .add(headers)
            .build(),
        HttpData.wrap(protobuf ? body.toByteArray() : AnswerJson.of(body)));
  }
}
