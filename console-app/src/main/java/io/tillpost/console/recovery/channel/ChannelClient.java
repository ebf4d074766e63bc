package io.tillpost.console.recovery.channel;

import io.tillpost.message.Message;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts recovery requests. Every request ends within the channel's timeout, follows no redirect and
 * is sent once by this class: what is sent again is decided by the caller, with the same key.
 */
public final class ChannelClient implements ChannelTransport, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ChannelClient.class);
  private static final int ANSWER_BYTES = 64 * 1024;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_TIMEOUT)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
  private final Clock clock;

  public ChannelClient(Clock clock) {
    this.clock = clock;
  }

  /**
   * Posts the request and waits for the answer.
   *
   * @param body JSON
   * @param idempotencyKey of the attempt
   * @param traceparent W3C trace context
   */
  @Override
  public ChannelAnswer post(
      RecoveryChannel channel, byte[] body, String idempotencyKey, String traceparent) {
    HttpRequest request =
        HttpRequest.newBuilder(channel.url())
            .timeout(channel.timeout())
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, application/problem+json")
            .header("Idempotency-Key", headerText(idempotencyKey))
            .header("traceparent", traceparent)
            .header(
                "Tillpost-Signature",
                channel.secret().signature(clock.instant().getEpochSecond(), body))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, info -> new LeadingBytes(ANSWER_BYTES));
    try {
      HttpResponse<byte[]> response =
          answer.get(channel.timeout().toMillis() + 100, TimeUnit.MILLISECONDS);
      return ChannelAnswers.read(
          response.statusCode(), response.headers(), response.body(), clock.instant());
    } catch (ExecutionException e) {
      return failed(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException _) {
      answer.cancel(true);
      return new ChannelAnswer.Unknown("The channel did not answer in time");
    } catch (InterruptedException _) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new ChannelAnswer.Unknown("The console stopped while it waited for the channel");
    }
  }

  @Override
  public LookedUp lookUp(RecoveryChannel channel, Message message) {
    URI url = channel.lookUpUrl();
    if (url == null) {
      return new LookedUp.NotKnown("the channel offers no look-up");
    }
    URI address = LookUpRequest.address(url, message);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(channel.timeout())
            .header("Accept", "application/json")
            .header(
                "Tillpost-Signature",
                channel
                    .secret()
                    .signature(clock.instant().getEpochSecond(), LookUpRequest.signed(address)))
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, _ -> new LeadingBytes(ANSWER_BYTES));
    try {
      HttpResponse<byte[]> response =
          answer.get(channel.timeout().toMillis() + 100, TimeUnit.MILLISECONDS);
      return ChannelAnswers.lookedUp(response.statusCode(), response.body());
    } catch (ExecutionException e) {
      log.debug("The look-up of channel {} gave no answer", channel.name(), e);
      return notKnown(failed(e.getCause() == null ? e : e.getCause()));
    } catch (TimeoutException e) {
      log.debug("The look-up of channel {} gave no answer", channel.name(), e);
      answer.cancel(true);
      return notKnown(new ChannelAnswer.Unknown("The channel did not answer in time"));
    } catch (InterruptedException _) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new LookedUp.NotKnown("the console is being stopped");
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private static LookedUp notKnown(ChannelAnswer failed) {
    String why =
        switch (failed) {
          case ChannelAnswer.NotReached a -> a.reason();
          case ChannelAnswer.Unknown a -> a.reason();
          default -> throw new IllegalArgumentException("An answer: " + failed);
        };
    return new LookedUp.NotKnown(Character.toLowerCase(why.charAt(0)) + why.substring(1));
  }

  private static ChannelAnswer failed(Throwable failure) {
    return switch (failure) {
      case HttpConnectTimeoutException _ ->
          new ChannelAnswer.NotReached("The channel cannot be reached: no connection in time");
      case ConnectException _ ->
          new ChannelAnswer.NotReached("The channel cannot be reached: connection refused");
      case UnknownHostException _ ->
          new ChannelAnswer.NotReached("The channel cannot be reached: unknown host");
      case UnresolvedAddressException _ ->
          new ChannelAnswer.NotReached("The channel cannot be reached: unknown host");
      case java.net.http.HttpTimeoutException _ ->
          new ChannelAnswer.Unknown("The channel did not answer in time");
      default -> new ChannelAnswer.Unknown("The connection to the channel was lost");
    };
  }

  /** The text as a header may carry it: what is not printable ASCII is percent-encoded as UTF-8. */
  static String headerText(String text) {
    StringBuilder header = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 127) {
        header.append((char) b);
      } else {
        header.append('%').append("%02X".formatted(b & 0xff));
      }
    }
    return header.toString();
  }
}
