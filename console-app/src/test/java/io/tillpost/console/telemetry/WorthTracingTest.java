package io.tillpost.console.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class WorthTracingTest {
  private final WorthTracing worth = new WorthTracing();
  private final RequestSpans spans = new RequestSpans();

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "GET,  /api/v1/messages/m-1, -, true",
        "GET,  /messages/m-1,        -, true",
        "POST, /,                    v-r=uidl&v-uiId=0, true",
        "GET,  /,                    v-r=init&location=x, true",
        "POST, /,                    v-r=heartbeat&v-uiId=0, false",
        "GET,  /VAADIN/push,         v-r=push&v-uiId=0, false",
        "GET,  /VAADIN/build/a.js,   -, false",
        "GET,  /tillpost/tokens.css, -, false",
        "GET,  /actuator/health,     -, false"
      })
  void whatTellsNothingIsLeftOut(String method, String path, String query, boolean traced) {
    assertThat(worth.test("http.server.requests", context(method, path, query))).isEqualTo(traced);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "GET,  /api/v1/messages/m-1, -, /api/v1/messages/{messageId}, GET /api/v1/messages/{messageId}",
        "GET,  /messages/m-1,        -, /**,                          GET /messages",
        "GET,  /messages/m-1,        -, -,                            GET /messages",
        "POST, /,   v-r=uidl&v-uiId=0, /**,                           POST page interaction"
      })
  void aRequestIsNamedAfterWhatIsAskedFor(
      String method, String path, String query, String route, String name) {
    ServerRequestObservationContext context = context(method, path, query);
    context.setPathPattern(route);

    assertThat(spans.getContextualName(context)).isEqualTo(name);
  }

  private static ServerRequestObservationContext context(String method, String path, String query) {
    MockHttpServletRequest request = new MockHttpServletRequest(method, path);
    request.setQueryString(query);
    return new ServerRequestObservationContext(request, new MockHttpServletResponse());
  }
}
