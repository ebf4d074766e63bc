package io.tillpost.console.security;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.browser.Pages;
import io.tillpost.console.browser.TestUsers;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

/**
 * Every role against every page and every call of the HTTP API, and those about messages in every
 * store: what is there is what is tried.
 */
class EveryRoleIT extends BrowserTest {

  /** Something that every call that takes a body can read, so that only the right is missing. */
  private static final String BODY =
      "{\"reason\":\"Try again\",\"messageIds\":[\"none\"],\"listHash\":\"none\",\"stopped\":true,\"basedOn\":0}";

  private static final JsonMapper JSON = new JsonMapper();

  /** The calls that open or move messages, and so are for own stores only. */
  private static final Map<String, Permission> STORE_CALLS =
      Doors.CALLS.entrySet().stream()
          .filter(
              call ->
                  call.getKey().contains("{messageId}")
                      || call.getKey().startsWith("POST /api/v1/operations/")
                      || call.getKey().endsWith("/automatic-retry"))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Autowired private InMemoryStores stores;

  @Autowired
  @Qualifier("requestMappingHandlerMapping") private RequestMappingHandlerMapping mapping;

  @ParameterizedTest
  @EnumSource
  void opensThePagesOfARoleAndSaysWhichItMayNot(Role role) {
    expectConsoleError("status of 40");
    logIn(role);

    Doors.PAGES.forEach(
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
    for (String page : Doors.PAGES.keySet()) {
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
    assertThat(Pages.addresses()).isEqualTo(new TreeSet<>(Doors.PAGES.keySet()));
    assertThat(calls()).isEqualTo(new TreeSet<>(Doors.CALLS.keySet()));
  }

  @ParameterizedTest
  @EnumSource
  void answersTheCallsOfARoleAndRefusesTheOthersAsAProblem(Role role) {
    Doors.CALLS.forEach(
        (call, needed) -> {
          APIResponse answer = make(call, basic(TestUsers.login(role), TestUsers.login(role)));

          if (needed.allows(Set.of(role))) {
            assertThat(answer.status()).as(call + " by " + role).isNotIn(401, 403).isLessThan(500);
          } else {
            assertThat(answer.status()).as(call + " by " + role).isEqualTo(403);
            assertProblem(answer, 403, "Your roles do not allow this");
          }
        });

    // What was refused is in the trail, each as the act that it would have been.
    assertThat(audited(role, AuditAction.ADMINISTER)).isEmpty();
    if (role == Role.MANAGER) {
      assertThat(audited(role, AuditAction.RETRY))
          .first()
          .satisfies(
              entry -> {
                assertThat(entry.get("outcome").stringValue()).isEqualTo("REFUSED");
                assertThat(entry.get("subject").stringValue()).isEqualTo("none");
                assertThat(entry.get("detail").stringValue())
                    .isEqualTo("Not allowed to the roles Manager");
              });
    }
  }

  private List<JsonNode> audited(Role role, AuditAction action) {
    JsonNode answer =
        JSON.readTree(
            make(
                    "GET /api/v1/audit?who=%s&what=%s".formatted(TestUsers.login(role), action),
                    basic("admin", "admin"))
                .text());
    List<JsonNode> entries = new ArrayList<>();
    answer.get("items").forEach(entries::add);
    return entries;
  }

  @Test
  void nobodyGetsAnAnswerWithoutALoginOrWithAWrongOne() {
    for (String call : Doors.CALLS.keySet()) {
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

  @ParameterizedTest
  @EnumSource
  void answersTheCallsAboutMessagesOfOwnStoresAndRefusesTheOthers(Role role) {
    String login = TestUsers.boundLogin(role);
    for (String store : Arrays.asList("0412", "0413", null)) {
      STORE_CALLS.forEach(
          (call, needed) -> {
            String what = call + " by " + login + " of store " + store;
            APIResponse answer = make(filledIn(call, failedSale(store)), basic(login, login));
            if (!needed.allows(Set.of(role))) {
              assertProblem(answer, 403, "Your roles do not allow this");
            } else if ("0412".equals(store) && mayGoOn(call, role)) {
              assertThat(answer.status()).as(what).isNotIn(401, 403).isLessThan(500);
            } else if ("0412".equals(store)) {
              assertProblem(answer, 403, "You may not discard messages");
            } else {
              assertThat(answer.status()).as(what).isEqualTo(403);
              assertThat(JSON.readTree(answer.text()).get("detail").stringValue())
                  .as(what)
                  .contains("you work for the store 0412. Ask a colleague");
            }
          });
    }
  }

  /** The operation in the calls is a discard: to begin it and to go on with it takes that right. */
  private static boolean mayGoOn(String call, Role role) {
    return Permission.DISCARD.allows(Set.of(role))
        || !(call.endsWith("/start") || call.endsWith("/resume"));
  }

  @Test
  void whatIsSharedIsNotRefusedAndTellsNoMoreThanThePageOfTheMessage() {
    String bound = TestUsers.boundLogin(Role.SUPPORT);
    MessageId own = failedSale("0412");
    MessageId other = failedSale("0413");
    String exceptions = "POST /api/v1/exceptions/" + exceptionOf(other);

    for (String act : List.of("classify", "assign", "comment", "ignore")) {
      assertThat(make(exceptions + "/" + act, basic(bound, bound)).status())
          .as(act)
          .isNotIn(401, 403);
    }
    assertThat(search(own, bound)).contains("R-" + own, "pcs is no unit");
    assertThat(search(other, bound)).contains(other.value(), "0413").doesNotContain("R-" + other);
    assertThat(search(other, bound)).doesNotContain("pcs is no unit", "amount");
    assertThat(search(other, TestUsers.login(Role.SUPPORT))).contains("R-" + other);
    assertThat(make("GET /api/v1/exceptions.csv", basic(bound, bound)).text())
        .doesNotContain("R-" + own, "R-" + other);

    JsonNode me = JSON.readTree(make("GET /api/v1/me", basic(bound, bound)).text());
    assertThat(me.get("stores").get(0).stringValue()).isEqualTo("0412");

    // The preview of a list says what was left out of it.
    JsonNode plan = plan(List.of(own, other), bound);
    assertThat(plan.get("preview").get("toSend").intValue()).isEqualTo(1);
    assertThat(plan.get("preview").get("skipped").get("Not one of your stores").intValue())
        .isEqualTo(1);
  }

  @Test
  void pagesOfMessagesOfOtherStoresSayWhyTheyAreNotShown() {
    expectConsoleError("status of 40");
    MessageId own = failedSale("0412");
    MessageId other = failedSale("0413");
    String all = plan(List.of(own, other), TestUsers.login(Role.SUPPORT)).get("id").stringValue();
    String mine =
        plan(List.of(own, other), TestUsers.boundLogin(Role.SUPPORT)).get("id").stringValue();
    logIn(TestUsers.boundLogin(Role.SUPPORT));
    Locator title = page().locator(".tillpost-title");

    follow("messages/" + own);
    assertThat(title).hasText(own.value());
    assertThat(page().getByText("R-" + own).first()).isVisible();
    assertThat(button("Discard")).isEnabled();

    for (String page : List.of("messages/" + other, "messages/" + other + "/edit")) {
      follow(page);
      page().waitForURL("**/" + page);
      assertThat(title).hasText("Not one of your stores");
      assertThat(
              page().getByText("This message is of store 0413, and you work for the store 0412."))
          .isVisible();
    }
    screenshot("message-of-another-store");

    follow("messages?q=" + own);
    assertThat(page().getByText("R-" + own)).isVisible();
    follow("messages?q=" + other);
    assertThat(page().getByText(other.value()).first()).isVisible();
    assertThat(page().getByText("R-" + other)).hasCount(0);

    follow("operations/" + all);
    assertThat(page().getByText("1 of its messages is of stores that are not yours")).isVisible();
    assertThat(button("Cancel operation")).isDisabled();
    follow("operations/" + mine);
    assertThat(page().getByText("Not one of your stores").first()).isVisible();
    assertThat(button("Cancel operation")).isEnabled();
    assertThat(button("Start")).isEnabled();

    follow("exceptions/" + exceptionOf(other));
    assertThat(page().getByText("none of those looked through is of your stores")).isVisible();
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

  private Locator button(String name) {
    return page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** What the search for a message answers. */
  private String search(MessageId id, String login) {
    return make("GET /api/v1/messages?q=" + id, basic(login, login)).text();
  }

  /** A sale of that store that failed in a way of its own. */
  private MessageId failedSale(@Nullable String store) {
    int number = NUMBER.incrementAndGet();
    String id = "sale-of-a-store-" + number;
    MessageBuilder sale =
        Samples.aSale()
            .id(id)
            .capturedAt(Instant.now().minusSeconds(600))
            .store(store)
            .key("receipt", "R-" + id)
            .payload("{\"unit\":\"pcs\"}")
            .failingWith(
                Samples.aFailure().code("UNIT_" + number).message("pcs is no unit").build());
    stores.ingestWriter().write(new IngestWriter.Batch(sale.throughStage(Stage.FAILED), List.of()));
    return sale.messageId();
  }

  private String exceptionOf(MessageId id) {
    return stores
        .messages()
        .find(id)
        .flatMap(stored -> stored.message().fingerprint())
        .orElseThrow()
        .value();
  }

  /** The call about that message, the exception that it is in, or an operation over it. */
  private String filledIn(String call, MessageId id) {
    if (call.contains("/exceptions/")) {
      return call.replace("{id}", exceptionOf(id));
    }
    if (call.contains("/operations/")) {
      JsonNode plan = plan(List.of(id), TestUsers.login(Role.ADMIN));
      return call.replace("{id}", plan.get("id").stringValue()).replace("{messageId}", id.value());
    }
    return call.replace("{messageId}", id.value());
  }

  /** A discard of these messages, previewed. */
  private JsonNode plan(List<MessageId> ids, String login) {
    String listed = ids.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
    RequestOptions options =
        RequestOptions.create()
            .setMethod("POST")
            .setHeader("Authorization", basic(login, login))
            .setHeader("Content-Type", "application/json")
            .setData("{\"action\":\"DISCARD\",\"messageIds\":[" + listed + "]}");
    APIResponse answer = page().request().fetch("/api/v1/operations", options);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return JSON.readTree(answer.text());
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
