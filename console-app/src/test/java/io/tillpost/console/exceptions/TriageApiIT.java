package io.tillpost.console.exceptions;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.options.RequestOptions;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.Failure;
import io.tillpost.failure.OwnerSide;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.Stores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Triage by other systems: every act over HTTP, once however often it is asked. */
class TriageApiIT extends BrowserTest {
  @Autowired private Stores stores;

  @Test
  void whatPeopleDecideCanBeDecidedOverHttpOnce() {
    stores
        .ingestWriter()
        .write(new IngestWriter.Batch(failed("0415", "PERIOD_CLOSED", "Closed"), List.of()));
    String id =
        json(page().request().get("/api/v1/exceptions?q=PERIOD_CLOSED", as("support")))
            .at("/0/id")
            .stringValue();

    String comment = "{\"text\":\"Seen by the till vendor, @support\"}";
    Assertions.assertThat(act(id, "comment", "oncall", "k-1", comment).status()).isEqualTo(200);
    Assertions.assertThat(act(id, "comment", "oncall", "k-1", comment).status()).isEqualTo(200);
    APIResponse other = act(id, "comment", "oncall", "k-1", "{\"text\":\"Something else\"}");
    Assertions.assertThat(other.status()).isEqualTo(409);
    act(id, "classify", "oncall", null, "{\"failureClass\":\"MASTER_DATA\"}");
    act(id, "owner", "oncall", null, "{\"side\":\"IT\",\"note\":\"Look at the calendar\"}");
    act(id, "ticket", "oncall", null, "{\"ticket\":\"https://tickets.example/RET-1\"}");
    Assertions.assertThat(act(id, "assign", "oncall", null, "{\"assignee\":\"x\"}").status())
        .isEqualTo(400);
    Assertions.assertThat(act("0123456789abcdef", "comment", "oncall", null, comment).status())
        .isEqualTo(404);
    JsonNode detail = json(page().request().get("/api/v1/exceptions/" + id, as("support")));
    Assertions.assertThat(detail.get("comments")).hasSize(1);
    Assertions.assertThat(detail.get("handOvers")).hasSize(2);
    Assertions.assertThat(detail.hasNonNull("earlierHandOvers")).isFalse();

    handOver(id, 100);
    JsonNode often = json(page().request().get("/api/v1/exceptions/" + id, as("support")));
    Assertions.assertThat(often.get("handOvers")).hasSize(100);
    Assertions.assertThat(often.at("/earlierHandOvers/handOvers").intValue()).isEqualTo(2);
    Assertions.assertThat(often.at("/earlierHandOvers/with/BUSINESS").stringValue())
        .startsWith("PT");
  }

  /** To and fro by hand, as it comes to be written over months. */
  private void handOver(String id, int times) {
    Documents<ExceptionGroup> exceptions =
        stores
            .documents()
            .of(new DocumentKind<>("exceptions", ExceptionGroup.class, Map.of(), true));
    Versioned<ExceptionGroup> before;
    ExceptionGroup group;
    do {
      before = exceptions.get(id).orElseThrow();
      group = before.value();
      Instant last = group.sides().getLast().at();
      for (int i = 1; i <= times; i++) {
        OwnerSide from = group.sides().getLast().to();
        OwnerSide to = from == OwnerSide.IT ? OwnerSide.BUSINESS : OwnerSide.IT;
        group = group.handedOver(from, to, null, "oncall", last.plusMillis(i));
      }
      // The sweep of the console may write it too.
    } while (!exceptions.replace(before, group));
  }

  @Test
  void rulesAreReadTriedAndSavedOverHttp() {
    stores
        .ingestWriter()
        .write(
            new IngestWriter.Batch(
                failing("0416", "UNIT_ODD", "The unit is odd")
                    .payload("{\"unit\": \"pcs\"}")
                    .throughStage(Stage.FAILED),
                List.of()));
    JsonNode now = json(page().request().get("/api/v1/classification-rules", as("manager")));
    int number = now.get("number").intValue();
    JsonNode versions =
        json(page().request().get("/api/v1/classification-rules/versions", as("manager")));
    JsonNode shipped = versions.get(versions.size() - 1);
    Assertions.assertThat(shipped.get("number").intValue()).isZero();
    Assertions.assertThat(shipped.hasNonNull("at")).as("the time of %s", shipped).isFalse();
    String text =
        "rules: [{rule: Unit, class: mapping, team: Units, assignee: oncall, code: UNIT_ODD,"
            + " payload: {unit: pcs}}]";
    String body = "{\"text\": \"%s\", \"basedOn\": %d, \"reason\": \"Odd units\"}";

    JsonNode seen = rules("support", "post", "/try", body.formatted(text, number), 200);
    Assertions.assertThat(seen.at("/changes/0/matched/0/text").stringValue()).isEqualTo("pcs");
    JsonNode counted = rules("manager", "post", "/try", body.formatted(text, number), 200);
    Assertions.assertThat(counted.toString()).doesNotContain("UNIT_ODD", "matched\":[{");
    Assertions.assertThat(counted.at("/changesNotNamed/exceptions").intValue()).isEqualTo(1);
    Assertions.assertThat(counted.at("/ownerChangesNotNamed/messages").intValue()).isEqualTo(1);
    Assertions.assertThat(counted.at("/ownerChanges")).isEmpty();
    Assertions.assertThat(seen.at("/ownerChanges/0/before").hasNonNull("assignee")).isFalse();
    Assertions.assertThat(seen.at("/ownerChanges/0/after/team").stringValue()).isEqualTo("Units");
    JsonNode wrong = rules("support", "put", "", body.formatted("rules: 1", number), 400);
    Assertions.assertThat(wrong.at("/problems/0/column").intValue()).isEqualTo(8);
    for (String nobody : List.of("manager", "stranger")) {
      String named = body.formatted(text.replace("oncall", nobody), number);
      JsonNode unknown = rules("support", "put", "", named, 400);
      Assertions.assertThat(unknown.at("/problems/0/column").intValue()).isEqualTo(61);
      Assertions.assertThat(unknown.at("/detail").stringValue()).contains(nobody);
    }
    rules("manager", "put", "", body.formatted(text, number), 403);
    for (int i = 0; i < 2; i++) {
      JsonNode saved = rules("support", "put", "", body.formatted(text, number), 200);
      Assertions.assertThat(saved.get("number").intValue()).isEqualTo(number + 1);
    }
    rules("oncall", "put", "", body.formatted(text, number), 403);
    rules("admin", "put", "", body.formatted(text, number), 409);
    String unit = "/api/v1/exceptions/" + idOf("UNIT_ODD");
    Assertions.assertThat(
            json(page().request().get(unit, as("oncall"))).at("/classOrigin").stringValue())
        .isEqualTo("by rule 1 “Unit”, because unit is “pcs”");
    Assertions.assertThat(page().request().get(unit, as("manager")).text())
        .contains("which you may not see")
        .doesNotContain("pcs");
    itIsAssignedByRuleUnlessSomebodyDecided(idOf("UNIT_ODD"));
  }

  private void itIsAssignedByRuleUnlessSomebodyDecided(String id) {
    String mine = "/api/v1/exceptions?q=UNIT_ODD&assignee=me";
    JsonNode byRule = json(page().request().get(mine, as("oncall")));
    Assertions.assertThat(byRule.at("/0/team").stringValue()).isEqualTo("Units");
    JsonNode nobody = json(act(id, "assign", "support", null, "{}"));
    Assertions.assertThat(nobody.at("/assigneeByHand").booleanValue()).isTrue();
    Assertions.assertThat(json(page().request().get(mine, as("oncall")))).isEmpty();
    Assertions.assertThat(
            act(id, "assign", "support", null, "{\"byRule\":true,\"team\":\"A\"}").status())
        .isEqualTo(400);
    bulk("support", null, "{\"exceptions\":[\"" + id + "\"],\"assign\":{\"byRule\":true}}", 200);
    Assertions.assertThat(
            json(page().request().get("/api/v1/exceptions/" + id, as("oncall")))
                .at("/ownerOrigin")
                .stringValue())
        .isEqualTo("team Units by rule 1 “Unit”, oncall by rule 1 “Unit”");
  }

  private JsonNode rules(String user, String method, String path, String body, int status) {
    APIResponse answer =
        page()
            .request()
            .fetch(
                "/api/v1/classification-rules" + path,
                as(user)
                    .setMethod(method)
                    .setHeader("Content-Type", "application/json")
                    .setData(body));
    Assertions.assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    return json(answer);
  }

  @Test
  void exceptionsAreMergedAndSplitOverHttpOnceAndTakenApart() {
    List<MessageEvent> events = new ArrayList<>();
    events.addAll(failed("0416", "MERGED_ONE", "One"));
    events.addAll(failed("0417", "MERGED_OTHER", "Other"));
    stores.ingestWriter().write(new IngestWriter.Batch(events, List.of()));
    String one = idOf("MERGED_ONE");
    String other = idOf("MERGED_OTHER");
    String body = "{\"exceptions\":[\"" + other + "\"],\"reason\":\"Alike\"}";

    APIResponse merged = act(one, "merge", "oncall", "m-1", body);
    Assertions.assertThat(merged.status()).as(merged.text()).isEqualTo(200);
    Assertions.assertThat(json(merged).at("/merges/0/from").stringValue()).isEqualTo(other);
    APIResponse again = act(one, "merge", "oncall", "m-1", body);
    Assertions.assertThat(again.status()).as(again.text()).isEqualTo(200);
    Assertions.assertThat(act(one, "merge", "oncall", null, body).status()).isEqualTo(400);
    Assertions.assertThat(act(one, "merge", "oncall", "m-1", "{\"exceptions\":[\"x\"]}").status())
        .isEqualTo(409);
    JsonNode detail = json(page().request().get("/api/v1/exceptions/" + other, as("support")));
    Assertions.assertThat(detail.at("/mergedInto/into").stringValue()).isEqualTo(one);
    Assertions.assertThat(detail.get("status").stringValue()).isEqualTo("MERGED");
    String comment = "{\"text\":\"Both are the same till\"}";
    for (String id : List.of(other, other, one)) {
      Assertions.assertThat(act(id, "comment", "oncall", "c-1", comment).status()).isEqualTo(200);
    }
    String another = "{\"text\":\"Something else\"}";
    Assertions.assertThat(act(other, "comment", "oncall", "c-1", another).status()).isEqualTo(409);
    Assertions.assertThat(
            json(page().request().get("/api/v1/exceptions/" + one, as("support"))).get("comments"))
        .hasSize(1);
    String sample =
        json(page().request().get("/api/v1/messages?store=0417", as("support"))).toString();
    Assertions.assertThat(sample).contains("\"exceptionId\":\"" + one + "\"");

    String split = "{\"condition\":{\"storeIds\":[\"0417\"]},\"reason\":\"Another\"}";
    APIResponse apart = act(one, "split", "oncall", "s-1", split);
    Assertions.assertThat(apart.status()).as(apart.text()).isEqualTo(200);
    Assertions.assertThat(act(one, "split", "oncall", "s-1", split).status()).isEqualTo(200);
    String part = json(apart).at("/splits/0/part").stringValue();
    Assertions.assertThat(
            json(page().request().get("/api/v1/exceptions/" + part, as("support")))
                .at("/splitOff/condition/storeIds/0")
                .stringValue())
        .isEqualTo("0417");
    Assertions.assertThat(act(one, "split", "oncall", null, "{}").status()).isEqualTo(400);
    Assertions.assertThat(act(part, "put-back", "oncall", "p-1", "{}").status()).isEqualTo(200);
    Assertions.assertThat(act(part, "put-back", "oncall", "p-1", "{}").status()).isEqualTo(200);

    Assertions.assertThat(act(other, "take-apart", "oncall", null, "{}").status()).isEqualTo(200);
    Assertions.assertThat(act(other, "take-apart", "oncall", null, "{}").status()).isEqualTo(400);
  }

  @Test
  void severalAreDecidedOverHttpAndARepeatIsAboutTheSameOnes() {
    stores
        .ingestWriter()
        .write(new IngestWriter.Batch(failed("0418", "BULK_ONE", "Bulk one"), List.of()));
    String filtered =
        "{\"filter\":{\"q\":[\"bulk\"]},\"comment\":{\"text\":\"Known since Monday\"}}";
    JsonNode first = bulk("oncall", "b-1", filtered, 200);
    Assertions.assertThat(first.at("/done").intValue()).isEqualTo(1);
    String one = first.at("/outcomes/0/id").stringValue();
    stores
        .ingestWriter()
        .write(new IngestWriter.Batch(failed("0418", "BULK_TWO", "Bulk two"), List.of()));
    String two = idOf("BULK_TWO");

    JsonNode again = bulk("oncall", "b-1", filtered, 200);
    Assertions.assertThat(again).isEqualTo(first);
    JsonNode detail = json(page().request().get("/api/v1/exceptions/" + one, as("support")));
    Assertions.assertThat(detail.get("comments")).hasSize(1);
    bulk("oncall", "b-1", filtered.replace("Monday", "Sunday"), 409);

    String ids = "{\"exceptions\":[\"%s\",\"%s\",\"%s\"],%s}";
    JsonNode assigned =
        bulk(
            "manager",
            null,
            ids.formatted(two, one, two, "\"assign\":{\"assignee\":\"support\"}"),
            200);
    Assertions.assertThat(assigned.at("/chosen").intValue()).isEqualTo(2);
    Assertions.assertThat(assigned.at("/outcomes/0/exception/assignee").stringValue())
        .isEqualTo("support");
    String toTeam = "\"assign\":{\"team\":\"%s\",\"keep\":\"ASSIGNEE\"}";
    JsonNode given =
        bulk("manager", "b-2", ids.formatted(two, one, two, toTeam.formatted("BANKING")), 200);
    Assertions.assertThat(given.at("/done").intValue()).isEqualTo(2);
    Assertions.assertThat(given.at("/outcomes/0/exception/team").stringValue())
        .isEqualTo("Banking");
    Assertions.assertThat(given.at("/outcomes/1/exception/assignee").stringValue())
        .isEqualTo("support");
    bulk("manager", "b-2", ids.formatted(two, one, two, toTeam.formatted("Other")), 409);
    JsonNode twice =
        bulk(
            "manager",
            null,
            ids.formatted(
                one,
                one,
                one,
                "\"assign\":{\"assignee\":\"support\",\"team\":\"A\",\"keep\":\"TEAM\"}"),
            200);
    Assertions.assertThat(twice.at("/done").intValue()).isZero();
    Assertions.assertThat(twice.at("/outcomes/0/reason").stringValue())
        .startsWith("What is kept is not given");
    JsonNode notIgnored = bulk("oncall", null, ids.formatted(one, one, one, "\"notice\":{}"), 200);
    Assertions.assertThat(notIgnored.at("/outcomes/0/reason").stringValue())
        .isEqualTo("It is not ignored");
    String classify = "\"classify\":{\"failureClass\":\"MAPPING\"}";
    bulk("manager", null, ids.formatted(one, one, one, classify), 403);
    bulk("oncall", null, ids.formatted(one, one, one, classify + ",\"notice\":{}"), 400);
    bulk("oncall", null, "{" + classify + "}", 400);
    bulk("oncall", null, "{\"filter\":{\"age\":[\"x\"]}," + classify + "}", 400);
    bulk("oncall", null, ids.formatted(one, "0123456789abcdef", one, classify), 400);
  }

  private JsonNode bulk(String user, String key, String body, int status) {
    RequestOptions options = as(user).setHeader("Content-Type", "application/json").setData(body);
    if (key != null) {
      options.setHeader("Idempotency-Key", key);
    }
    APIResponse answer = page().request().post("/api/v1/exceptions/triage", options);
    Assertions.assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    return json(answer);
  }

  private String idOf(String code) {
    return json(page().request().get("/api/v1/exceptions?q=" + code, as("support")))
        .at("/0/id")
        .stringValue();
  }

  @Test
  void exceptionsAreListedAndShownInFull() {
    stores
        .ingestWriter()
        .write(
            new IngestWriter.Batch(
                failed("0412", "PERIOD_ENDED", "Period 2026-10 has ended"), List.of()));
    JsonNode list = json(page().request().get("/api/v1/exceptions?q=PERIOD_ENDED", as("manager")));
    Assertions.assertThat(list.at("/0/title").stringValue())
        .isEqualTo("Period … has ended (PERIOD_ENDED)");
    Assertions.assertThat(list.at("/0/money/0/minor").intValue()).isEqualTo(12_999);
    JsonNode full =
        json(
            page()
                .request()
                .get("/api/v1/exceptions/" + list.at("/0/id").stringValue(), as("manager")));
    Assertions.assertThat(full.get("template").stringValue()).isEqualTo("Period * has ended");
    Assertions.assertThat(full.at("/stores/0/storeId").stringValue()).isEqualTo("0412");
  }

  @Test
  void anExportIsInTheAuditTrail() {
    for (String format : List.of("csv", "xlsx")) {
      String path = "/api/v1/exceptions." + format + "?class=MAPPING";
      Assertions.assertThat(page().request().get(path, as("support")).status()).isEqualTo(200);
      JsonNode newest =
          json(page().request().get("/api/v1/audit?what=EXPORT&size=1", as("manager")))
              .at("/items/0");
      Assertions.assertThat(newest.at("/who").stringValue()).isEqualTo("support");
      Assertions.assertThat(newest.at("/subjectKind").stringValue()).isEqualTo("LIST");
      Assertions.assertThat(newest.at("/after").stringValue()).isEqualTo("class=MAPPING");
      Assertions.assertThat(newest.at("/detail").stringValue())
          .matches("\\d+ exceptions? as " + format.toUpperCase(Locale.ROOT));
    }
    Assertions.assertThat(
            page().request().get("/api/v1/exceptions.csv?class=none", as("support")).status())
        .isEqualTo(400);
  }

  private APIResponse act(String id, String act, String user, String key, String body) {
    RequestOptions options = as(user).setHeader("Content-Type", "application/json").setData(body);
    if (key != null) {
      options.setHeader("Idempotency-Key", key);
    }
    return page().request().post("/api/v1/exceptions/" + id + "/" + act, options);
  }

  @Test
  void viewsAreKeptChangedSharedAndTakenAwayOverHttp() {
    String sales = "{\"name\":\"Sales of Cork\",\"query\":\"workflow=sales-posting&store=0412\"}";
    APIResponse made = views("POST", "", "support", "v-1", sales);
    Assertions.assertThat(made.status()).isEqualTo(201);
    String id = json(made).get("id").stringValue();
    Assertions.assertThat(made.headers().get("location")).isEqualTo("/api/v1/views/" + id);
    Assertions.assertThat(json(views("POST", "", "support", "v-1", sales)).get("id").stringValue())
        .isEqualTo(id);
    Assertions.assertThat(
            views("POST", "", "support", "v-1", sales.replace("Cork", "Berlin")).status())
        .isEqualTo(409);
    Assertions.assertThat(views("POST", "", "support", null, sales).status()).isEqualTo(409);
    APIResponse odd = views("POST", "", "support", null, sales.replace("store=", "stroe="));
    Assertions.assertThat(odd.status()).isEqualTo(400);
    Assertions.assertThat(json(odd).get("detail").stringValue())
        .startsWith("query: stroe: there is no such filter");
    Assertions.assertThat(json(views("GET", "", "oncall", null, null)).findValuesAsString("id"))
        .doesNotContain(id);
    Assertions.assertThat(views("PUT", "/" + id, "oncall", null, sales).status()).isEqualTo(404);

    String shared = sales.replace("{", "{\"shared\":true,");
    JsonNode now = json(views("PUT", "/" + id, "support", null, shared));
    Assertions.assertThat(now.get("shared").booleanValue()).isTrue();
    JsonNode seen = json(views("GET", "", "oncall", null, null));
    Assertions.assertThat(seen.findValuesAsString("id")).contains(id);
    APIResponse foreign = views("DELETE", "/" + id, "oncall", null, null);
    Assertions.assertThat(foreign.status()).isEqualTo(403);
    Assertions.assertThat(json(foreign).get("detail").stringValue())
        .startsWith("This view is kept by support");
    Assertions.assertThat(views("DELETE", "/" + id, "support", null, null).status()).isEqualTo(204);
    Assertions.assertThat(views("DELETE", "/" + id, "support", null, null).status()).isEqualTo(204);
    Assertions.assertThat(views("PUT", "/" + id, "support", null, sales).status()).isEqualTo(404);
    Assertions.assertThat(
            json(page().request().get("/api/v1/audit?subject=" + id, as("admin")))
                .findValuesAsString("what"))
        .containsExactly("REMOVE_VIEW", "REMOVE_VIEW", "SHARE_VIEW", "KEEP_VIEW");
  }

  private APIResponse views(String method, String path, String user, String key, String body) {
    RequestOptions options = as(user).setMethod(method);
    if (body != null) {
      options.setHeader("Content-Type", "application/json").setData(body);
    }
    if (key != null) {
      options.setHeader("Idempotency-Key", key);
    }
    return page().request().fetch("/api/v1/views" + path, options);
  }

  private static List<MessageEvent> failed(String store, String code, String text) {
    return failing(store, code, text).throughStage(Stage.FAILED);
  }

  private static MessageBuilder failing(String store, String code, String text) {
    return Samples.aSale()
        .store(store)
        .capturedAt(Instant.now().minus(Duration.ofMinutes(20)))
        .failingWith(new Failure(code, text, null, null));
  }
}
