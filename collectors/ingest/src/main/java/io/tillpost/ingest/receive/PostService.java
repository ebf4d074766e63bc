package io.tillpost.ingest.receive;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.tillpost.ingest.progress.SenderActivity;
import io.tillpost.ingest.receive.Taken.TurnedAway;
import io.tillpost.store.RefusalReason;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a POST through authentication, limits of size and decompression to its endpoint. Whatever
 * goes wrong has its own answer; 500 is none of them, because a sender could not know what to do.
 */
public final class PostService implements HttpService {
  private static final Logger LOG = LoggerFactory.getLogger(PostService.class);

  private final PostEndpoint endpoint;
  private final Door door;
  private final Intake intake;
  private final Load load;
  private final Backpressure backpressure;
  private final SenderActivity activity;
  private final long maxBytes;

  /**
   * For one endpoint.
   *
   * @param maxBytes of a body, before decompression and after it
   */
  public PostService(
      PostEndpoint endpoint,
      Door door,
      Intake intake,
      Load load,
      Backpressure backpressure,
      SenderActivity activity,
      long maxBytes) {
    this.endpoint = endpoint;
    this.door = door;
    this.intake = intake;
    this.load = load;
    this.backpressure = backpressure;
    this.activity = activity;
    this.maxBytes = maxBytes;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    MediaType type = request.contentType();
    if (request.method() != HttpMethod.POST) {
      return refuse(
          request,
          problem(
              type,
              HttpStatus.METHOD_NOT_ALLOWED,
              "Use POST",
              HttpHeaders.of(HttpHeaderNames.ALLOW, "POST")));
    }
    String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION);
    return switch (door.open(
        Credentials.of(context, authorization),
        context.remoteAddress().getAddress().getHostAddress())) {
      case Door.Opened.Shut(var reason) ->
          refuse(
              request,
              problem(
                  type,
                  HttpStatus.UNAUTHORIZED,
                  reason,
                  HttpHeaders.of(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer")));
      case Door.Opened.Later(var away) -> refuse(request, endpoint.turnedAway(type, away));
      case Door.Opened.For(var sender) -> serve(request, type, sender);
    };
  }

  private HttpResponse serve(HttpRequest request, @Nullable MediaType type, Sender sender) {
    HttpResponse refusal = refusal(request, type, sender);
    if (refusal != null || type == null) {
      return refuse(request, refusal == null ? unsupportedType(null) : refusal);
    }
    boolean gzip = isGzip(request);
    return HttpResponse.of(
        BodyReader.read(request, load, sender, maxBytes, gzip)
            .thenCompose(body -> answer(sender, type, gzip, body)));
  }

  private HttpResponse refuse(HttpRequest request, HttpResponse answer) {
    return HttpResponse.of(BodyReader.discard(request, load).thenApply(_ -> answer));
  }

  private @Nullable HttpResponse refusal(
      HttpRequest request, @Nullable MediaType type, Sender sender) {
    if (!endpoint.reads(type)) {
      return unsupportedType(type);
    }
    if (!isGzip(request) && !isPlain(request)) {
      return problem(
          type,
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "The content encoding is not one of: identity, gzip",
          HttpHeaders.of(HttpHeaderNames.ACCEPT_ENCODING, "gzip"));
    }
    if (request.headers().contentLength() > maxBytes) {
      return tooLarge(sender, type);
    }
    return null;
  }

  private static String encoding(HttpRequest request) {
    return request
        .headers()
        .get(HttpHeaderNames.CONTENT_ENCODING, "")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private static boolean isGzip(HttpRequest request) {
    return encoding(request).equals("gzip");
  }

  private static boolean isPlain(HttpRequest request) {
    String encoding = encoding(request);
    return encoding.isEmpty() || encoding.equals("identity");
  }

  private CompletionStage<HttpResponse> answer(
      Sender sender, MediaType type, boolean gzip, Body body) {
    return switch (body) {
      case Body.Complete complete -> decodeSoon(sender, type, gzip, complete);
      case Body.TooLarge() -> {
        sender.sentBytes(maxBytes);
        yield CompletableFuture.completedFuture(tooLarge(sender, type));
      }
      case Body.Busy() -> CompletableFuture.completedFuture(busy(sender, type));
      case Body.Broken() ->
          CompletableFuture.completedFuture(
              problem(
                  type,
                  HttpStatus.REQUEST_TIMEOUT,
                  "The body did not arrive",
                  HttpHeaders.of(HttpHeaderNames.CONNECTION, "close")));
    };
  }

  private CompletionStage<HttpResponse> decodeSoon(
      Sender sender, MediaType type, boolean gzip, Body.Complete body) {
    sender.sentBytes(body.bytes().length);
    TurnedAway full = intake.fullFor(sender, body.bytes().length);
    if (full != null) {
      load.release(sender, body.reserved());
      return CompletableFuture.completedFuture(endpoint.turnedAway(type, full));
    }
    // Not the body: it need not stay in memory until its records are synced.
    long reserved = body.reserved();
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    CompletableFuture<HttpResponse> released =
        answer.whenComplete((_, _) -> load.release(sender, reserved));
    boolean soon =
        load.decode(
            () -> {
              try {
                decode(sender, type, gzip, body.bytes())
                    .whenComplete(
                        (response, failure) ->
                            answer.complete(
                                failure == null ? response : unexpected(sender, type, failure)));
              } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                answer.complete(unexpected(sender, type, e));
              }
            });
    if (!soon) {
      answer.complete(busy(sender, type));
    }
    return released;
  }

  private CompletionStage<HttpResponse> decode(
      Sender sender, MediaType type, boolean gzip, byte[] bytes) {
    if (!gzip) {
      return endpoint.receive(sender, type, bytes);
    }
    return switch (Gunzip.decompress(bytes, maxBytes)) {
      case Gunzip.Result.Plain(var plain) -> endpoint.receive(sender, type, plain);
      case Gunzip.Result.TooLarge() -> CompletableFuture.completedFuture(tooLarge(sender, type));
      case Gunzip.Result.Malformed() -> {
        activity.refused(sender.name(), RefusalReason.UNREADABLE, 1);
        yield CompletableFuture.completedFuture(
            problem(type, HttpStatus.BAD_REQUEST, "The body is not valid gzip", HttpHeaders.of()));
      }
    };
  }

  private HttpResponse unexpected(Sender sender, MediaType type, Throwable failure) {
    LOG.error("A request could not be worked on", failure);
    return busy(sender, type);
  }

  private HttpResponse busy(Sender sender, MediaType type) {
    return endpoint.turnedAway(type, backpressure.busy(sender, "Too much is being sent at once"));
  }

  private HttpResponse tooLarge(Sender sender, @Nullable MediaType type) {
    activity.refused(sender.name(), RefusalReason.TOO_LARGE, 1);
    return problem(
        type,
        HttpStatus.REQUEST_ENTITY_TOO_LARGE,
        "The body is larger than " + maxBytes + " bytes",
        HttpHeaders.of());
  }

  private HttpResponse unsupportedType(@Nullable MediaType type) {
    return problem(
        type,
        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
        "The content type is not one of: " + endpoint.readableTypes(),
        HttpHeaders.of());
  }

  private HttpResponse problem(
      @Nullable MediaType type, HttpStatus status, String detail, HttpHeaders headers) {
    return endpoint.problem(type, status, detail, headers);
  }
}
