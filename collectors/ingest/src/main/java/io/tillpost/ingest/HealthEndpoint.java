package io.tillpost.ingest;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.AbstractHttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.tillpost.store.IngestProcess;
import io.tillpost.store.IngestProcess.State;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /health}, the readiness of an ingest process for a load balancer: 200 while requests
 * are taken, 503 while they are turned away. A store that is away makes no difference: records wait
 * for it.
 */
final class HealthEndpoint extends AbstractHttpService {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Supplier<IngestProcess> progress;

  HealthEndpoint(Supplier<IngestProcess> progress) {
    this.progress = progress;
  }

  @Override
  protected HttpResponse doGet(ServiceRequestContext context, HttpRequest request) {
    IngestProcess now = progress.get();
    boolean takes = now.state() != State.OVER_CAPACITY;
    ObjectNode body =
        MAPPER
            .createObjectNode()
            .put("status", takes ? "UP" : "OUT_OF_SERVICE")
            .put("state", now.state().name())
            .put("backlog", now.backlog())
            .put("lagSeconds", now.lagSeconds());
    if (now.lastError() != null) {
      body.put("lastError", now.lastError());
    }
    return HttpResponse.of(
        takes ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
        MediaType.JSON,
        HttpData.wrap(MAPPER.writeValueAsBytes(body)));
  }
}
