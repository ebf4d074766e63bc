package io.tillpost.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.AbstractHttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /metrics} in the text format of Prometheus, for who shows the token of {@code
 * tillpost.ingest.metrics-token}: names of senders are among the labels, and the port is open to
 * all of them.
 */
final class MetricsEndpoint extends AbstractHttpService {
  private static final String SCHEME = "Bearer ";
  private static final MediaType TEXT_FORMAT =
      MediaType.parse("text/plain; version=0.0.4; charset=utf-8");

  private final byte @Nullable [] token;
  private final MeterRegistry meters;

  MetricsEndpoint(@Nullable String token, MeterRegistry meters) {
    this.token = token == null || token.isBlank() ? null : token.getBytes(UTF_8);
    this.meters = meters;
  }

  @Override
  protected HttpResponse doGet(ServiceRequestContext context, HttpRequest request) {
    if (token == null || !(meters instanceof PrometheusMeterRegistry registry)) {
      return HttpResponse.of(
          HttpStatus.NOT_FOUND,
          MediaType.PLAIN_TEXT_UTF_8,
          "Metrics are read with the token of tillpost.ingest.metrics-token; none is configured.\n");
    }
    String shown = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    if (!shown.startsWith(SCHEME)
        || !MessageDigest.isEqual(token, shown.substring(SCHEME.length()).getBytes(UTF_8))) {
      return HttpResponse.of(
          ResponseHeaders.of(
              HttpStatus.UNAUTHORIZED,
              HttpHeaderNames.WWW_AUTHENTICATE,
              "Bearer",
              HttpHeaderNames.CONTENT_TYPE,
              MediaType.PLAIN_TEXT_UTF_8),
          HttpData.ofUtf8(
              "Metrics need the token of tillpost.ingest.metrics-token as a bearer token.\n"));
    }
    return HttpResponse.of(HttpStatus.OK, TEXT_FORMAT, registry.scrape());
  }
}
