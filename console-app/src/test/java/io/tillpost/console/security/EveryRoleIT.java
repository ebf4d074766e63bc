package io.tillpost.console.security;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.RequestOptions;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.browser.Pages;
import io.tillpost.console.browser.TestUsers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every role against every page and every call of the HTTP API: what is there is what is tried. */
class EveryRoleIT extends BrowserTest {

  /** What each page needs; a part in braces is filled in. A new page has to be added here. */
  private static final Map<String, Permission> PAGES =
      Map.ofEntries(
          entry("impact", Permission.VIEW),
          entry("exceptions", Permission.VIEW),
          entry("rules", Permission.VIEW),
          entry("operations", Permission.VIEW),
          entry("operations/none", Permission.VIEW),
          entry("unconfirmed", Permission.VIEW),
          entry("messages", Permission.VIEW),
          entry("messages/none", Permission.VIEW),
          entry("messages/none/edit", Permission.EDIT_AND_RETRY),
          entry("replay", Permission.REPLAY),
          entry("traces", Permission.VIEW),
          entry("traces/none", Permission.VIEW),
          entry("alerts", Permission.VIEW),
          entry("ingest", Permission.VIEW),
          entry("senders", Permission.ADMINISTER),
          entry("senders/none", Permission.ADMINISTER),
          entry("audit", Permission.VIEW_AUDIT));

  /** What each call needs. A new call has to be added here. */
  private static final Map<String, Permission> CALLS =
      Map.ofEntries(
          entry("GET /api/v1/me", Permission.VIEW),
          entry("GET /api/v1/impact", Permission.VIEW),
          entry("GET /api/v1/messages", Permission.VIEW),
          entry("GET /api/v1/messages/{messageId}", Permission.VIEW),
          entry("POST /api/v1/messages/{messageId}/retry", Permission.RETRY),
          entry("POST /api/v1/messages/{messageId}/discard", Permission.DISCARD),
          entry("POST /api/v1/messages/{messageId}/restore", Permission.DISCARD),
          entry("POST /api/v1/messages/{messageId}/ask-target", Permission.RETRY),
          entry("POST /api/v1/messages/{messageId}/edit", Permission.EDIT_AND_RETRY),
          entry("GET /api/v1/operations/{id}/differences", Permission.VIEW_PAYLOAD),
          entry("GET /api/v1/traces/{traceId}", Permission.VIEW),
          entry("GET /api/v1/exceptions", Permission.VIEW),
          entry("GET /api/v1/exceptions.csv", Permission.VIEW),
          entry("GET /api/v1/exceptions.xlsx", Permission.VIEW),
          entry("GET /api/v1/exceptions/{id}", Permission.VIEW),
          entry("POST /api/v1/exceptions/{id}/classify", Permission.CLASSIFY),
          entry("POST /api/v1/exceptions/{id}/owner", Permission.CLASSIFY),
          entry("POST /api/v1/exceptions/{id}/assign", Permission.ASSIGN),
          entry("POST /api/v1/exceptions/{id}/comment", Permission.COMMENT),
          entry("POST /api/v1/exceptions/{id}/ignore", Permission.CLASSIFY),
          entry("POST /api/v1/exceptions/{id}/notice", Permission.CLASSIFY),
          entry("POST /api/v1/exceptions/{id}/ticket", Permission.COMMENT),
          entry("POST /api/v1/exceptions/{id}/automatic-retry", Permission.RETRY),
          entry("POST /api/v1/exceptions/triage", Permission.COMMENT),
          entry("POST /api/v1/exceptions/{id}/merge", Permission.CLASSIFY),
          entry("POST /api/v1/exceptions/{id}/take-apart", Permission.CLASSIFY),
          entry("POST /api/v1/exceptions/{id}/split", Permission.CLASSIFY),
          entry("POST /api/v1/exceptions/{id}/put-back", Permission.CLASSIFY),
          entry("GET /api/v1/operations", Permission.VIEW),
          entry("POST /api/v1/operations", Permission.RETRY),
          entry("GET /api/v1/operations/{id}", Permission.VIEW),
          entry("POST /api/v1/operations/{id}/start", Permission.RETRY),
          entry("POST /api/v1/operations/{id}/approve", Permission.APPROVE),
          entry("POST /api/v1/operations/{id}/decline", Permission.APPROVE),
          entry("POST /api/v1/operations/{id}/pause", Permission.RETRY),
          entry("POST /api/v1/operations/{id}/resume", Permission.RETRY),
          entry("POST /api/v1/operations/{id}/cancel", Permission.RETRY),
          entry("POST /api/v1/operations/{id}/ask-target", Permission.RETRY),
          entry("GET /api/v1/questions/{id}", Permission.VIEW),
          entry("GET /api/v1/unconfirmed", Permission.VIEW),
          entry("GET /api/v1/parked-records", Permission.VIEW),
          entry("POST /api/v1/parked-records/{id}/send-again", Permission.ADMINISTER),
          entry("GET /api/v1/refusals", Permission.VIEW),
          entry("GET /api/v1/senders", Permission.ADMINISTER),
          entry("POST /api/v1/senders", Permission.ADMINISTER),
          entry("GET /api/v1/senders/{name}", Permission.ADMINISTER),
          entry("PUT /api/v1/senders/{name}/bounds", Permission.ADMINISTER),
          entry("POST /api/v1/senders/{name}/rotate", Permission.ADMINISTER),
          entry("POST /api/v1/senders/{name}/keys/{keyId}/revoke", Permission.ADMINISTER),
          entry("GET /api/v1/audit.csv", Permission.VIEW_AUDIT),
          entry("POST /api/v1/audit/verify", Permission.VIEW_AUDIT),
          entry("GET /v3/api-docs", Permission.VIEW),
          entry("GET /v3/api-docs.yaml", Permission.VIEW));

  /** Something that every call that takes a body can read, so that only the right is missing. */
  private static final String BODY =
      "{\"reason\":\"Try again\",\"messageIds\":[\"none\"],\"listHash\":\"none\",\"stopped\":true}";

  private static final JsonMapper JSON = new JsonMapper();

  @Autowired
  @Qualifier("requestMappingHandlerMapping") private RequestMappingHandlerMapping mapping;

  @ParameterizedTest
  @EnumSource
  void opensThePagesOfARoleAndSaysWhichItMayNot(Role role) {
    expectConsoleError("status of 40");
    logIn(role);

    PAGES.forEach(
        (page, permission) -> {
          follow(page);
          page().waitForURL("**/" + page);
          Locator title = page().locator(".tillpost-title");
          if (permission.allows(Set.of(role))) {
            assertThat(title).hasText(Pattern.compile("\\S"));
            assertThat(title).not().hasText("Not allowed");
          } else {
            assertThat(title).hasText("Not allowed");
            assertThat(page().getByText("You may not open this page")).isVisible();
            assertThat(
                    page()
                        .getByText(
                            "Your roles (%s) do not allow /%s.".formatted(role.title(), page)))
                .isVisible();
          }
        });
  }

  @Test
  void aPageWithoutALoginLeadsToTheLogin() {
    for (String page : PAGES.keySet()) {
      APIResponse answer =
          page().request().get("/" + page, RequestOptions.create().setMaxRedirects(0));
      assertThat(answer.status()).as(page).isEqualTo(302);
      assertThat(answer.headers().get("location")).as(page).endsWith("/login");
    }
    page().navigate("/audit");
    assertThat(page().locator("input[name=username]")).isVisible();
  }

  @Test
  void everyPageAndEveryCallThereIsIsTried() {
    assertThat(Pages.addresses()).isEqualTo(new TreeSet<>(PAGES.keySet()));
    assertThat(calls()).isEqualTo(new TreeSet<>(CALLS.keySet()));
  }

  @ParameterizedTest
  @EnumSource
  void answersTheCallsOfARoleAndRefusesTheOthersAsAProblem(Role role) {
    CALLS.forEach(
        (call, needed) -> {
          APIResponse answer = make(call, basic(TestUsers.login(role), TestUsers.login(role)));

          if (needed.allows(Set.of(role))) {
            assertThat(answer.status()).as(call + " by " + role).isNotIn(401, 403).isLessThan(500);
          } else {
            assertThat(answer.status()).as(call + " by " + role).isEqualTo(403);
            assertProblem(answer, 403, "Your roles do not allow this");
          }
        });
  }

  @Test
  void nobodyGetsAnAnswerWithoutALoginOrWithAWrongOne() {
    for (String call : CALLS.keySet()) {
      APIResponse without = make(call, null);
      assertThat(without.headers()).as(call).containsKey("www-authenticate");
      assertProblem(without, 401, "This needs a login");
    }
    assertProblem(
        make("GET /api/v1/me", basic("support", "wrong")),
        401,
        "The name or the password is wrong.");
  }

  @Test
  void aChangeBySessionNeedsTheTokenThatTellsThatItComesFromThere() {
    logIn(Role.SUPPORT);
    JsonNode csrf = JSON.readTree(make("GET /api/v1/me", null).text()).get("csrf");
    String change = "POST /api/v1/operations/{id}/pause";

    assertProblem(make(change, null), 403, "A request that uses the console's session");
    APIResponse with =
        page()
            .request()
            .post(
                "/api/v1/operations/none/pause",
                RequestOptions.create()
                    .setHeader(csrf.get("header").stringValue(), csrf.get("token").stringValue()));
    assertThat(with.status()).isEqualTo(404);
  }

  @Test
  void metricsAreForAdministratorsAndHealthIsForEverybody() {
    assertThat(make("GET /actuator/health/readiness", null).status()).isEqualTo(200);
    for (Role role : Role.values()) {
      APIResponse answer =
          make("GET /actuator/prometheus", basic(TestUsers.login(role), TestUsers.login(role)));
      assertThat(answer.status()).as(role.name()).isEqualTo(role == Role.ADMIN ? 200 : 403);
    }
    assertThat(make("GET /actuator/prometheus", null).status()).isEqualTo(401);
  }

  private static void assertProblem(APIResponse answer, int status, String detail) {
    assertThat(answer.headers().get("content-type")).startsWith("application/problem+json");
    JsonNode problem = JSON.readTree(answer.text());
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("detail").stringValue()).startsWith(detail);
  }

  /** Method and pattern of every call there is, but for the page of an error. */
  private Set<String> calls() {
    Set<String> calls = new TreeSet<>();
    for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
      for (String pattern : info.getPatternValues()) {
        for (RequestMethod method : info.getMethodsCondition().getMethods()) {
          calls.add(method + " " + pattern);
        }
      }
    }
    return calls;
  }

  private APIResponse make(String call, String authorization) {
    List<String> parts = List.of(call.split(" ", 2));
    RequestOptions options = RequestOptions.create().setMethod(parts.getFirst());
    if (authorization != null) {
      options.setHeader("Authorization", authorization);
    }
    if (!parts.getFirst().equals("GET")) {
      options.setHeader("Content-Type", "application/json").setData(BODY);
    }
    String path = parts.getLast().replaceAll("\\{[^}]+}", "none");
    return page().request().fetch(path, options);
  }

  private static String basic(String name, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
  }
}
