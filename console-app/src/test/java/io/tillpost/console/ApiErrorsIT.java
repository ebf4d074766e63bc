package io.tillpost.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.options.RequestOptions;
import io.tillpost.console.browser.BrowserTest;
import org.junit.jupiter.api.Test;

/** What the HTTP API answers to requests that reach no feature, or none that is there. */
class ApiErrorsIT extends BrowserTest {
  @Test
  void whatReachesNoFeatureSaysWhatHappenedAndWhatToDo() {
    problem(
        get("/api/v1/nothing"),
        404,
        "There is nothing at GET /api/v1/nothing. GET /v3/api-docs tells all addresses.");
    APIResponse read = get("/api/v1/operations/x/start");
    problem(read, 405, "GET does nothing here; use POST. Nothing was done.");
    assertThat(read.headers().get("allow")).contains("POST");
    problem(
        post("support", "/api/v1/operations", "{\"action\":"),
        400,
        "The body is not JSON: look at line 1, column");
    problem(
        post("support", "/api/v1/operations", "{\"action\":\"RESEND\"}"),
        400,
        "action: 'RESEND' is not possible here; possible are RETRY,");
    problem(
        post("support", "/api/v1/operations", "{\"messageIds\":\"one\"}"),
        400,
        "messageIds: this is not what is expected there. Nothing was done.");
    problem(post("support", "/api/v1/operations", ""), 400, "A body of JSON is needed, like {}");
    problem(get("/api/v1/operations?state=GONE"), 400, "state: 'GONE' is not possible here");
  }

  @Test
  void anAlertThatIsNotThereIsSaidToWhoMayTakeOne() {
    problem(post("oncall", "/api/v1/alerts/none/acknowledge", "{}"), 404, "There is no alert");
    assertThat(post("manager", "/api/v1/alerts/none/acknowledge", "{}").status()).isEqualTo(403);
    assertThat(json(page().request().get("/api/v1/alerts", as("manager"))).isArray()).isTrue();
  }

  private APIResponse get(String path) {
    return page().request().get(path, as("support"));
  }

  private APIResponse post(String user, String path, String body) {
    RequestOptions options = as(user).setHeader("Content-Type", "application/json").setData(body);
    return page().request().post(path, options);
  }

  private static void problem(APIResponse answer, int status, String beginning) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.headers().get("content-type")).startsWith("application/problem+json");
    assertThat(json(answer).get("detail").stringValue()).startsWith(beginning);
  }
}
