package io.tillpost.ingest.status;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The answers of {@code /v1/message-events}. */
final class Answers {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final MediaType PROBLEM = MediaType.create("application", "problem+json");

  private Answers() {}

  /**
   * One refused event.
   *
   * @param index its place in the batch, from 0
   * @param id its id, or null if it has none
   */
  record Rejected(int index, @Nullable String id, String reason) {}

  /** 200 where anything was accepted or there was nothing, 400 where all was refused. */
  static HttpResponse taken(int accepted, List<Rejected> rejected) {
    boolean nothing = accepted == 0 && !rejected.isEmpty();
    ObjectNode answer =
        nothing
            ? problemOf(HttpStatus.BAD_REQUEST, "No event was accepted")
            : MAPPER.createObjectNode();
    answer.put("accepted", accepted);
    ArrayNode list = answer.putArray("rejected");
    for (Rejected one : rejected) {
      list.addObject().put("index", one.index()).put("id", one.id()).put("reason", one.reason());
    }
    return nothing
        ? answer(HttpStatus.BAD_REQUEST, PROBLEM, answer, HttpHeaders.of())
        : answer(HttpStatus.OK, MediaType.JSON, answer, HttpHeaders.of());
  }

  static HttpResponse problem(HttpStatus status, String detail, HttpHeaders headers) {
    return answer(status, PROBLEM, problemOf(status, detail), headers);
  }

  private static ObjectNode problemOf(HttpStatus status, String detail) {
    return MAPPER
        .createObjectNode()
        .put("type", "about:blank")
        .put("title", status.reasonPhrase())
        .put("status", status.code())
        .put("detail", detail);
  }

  private static HttpResponse answer(
      HttpStatus status, MediaType type, ObjectNode body, HttpHeaders headers) {
    return HttpResponse.of(
        ResponseHeaders.builder(status).contentType(type).add(headers).build(),
        HttpData.wrap(MAPPER.writeValueAsBytes(body)));
  }
}
