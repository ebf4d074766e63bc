package io.tillpost.console.recovery.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.console.recovery.TestChannel;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestWriter;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What else than a retry is asked for over HTTP: edits, replays, discards and what is restored, and
 * freezes of targets.
 */
abstract class RecoveryActionsOverHttp extends RecoveryOverHttp {
  @Test
  void anEditIsComparedApprovedAndToldFromAnotherOneWithItsKey() throws Exception {
    sale.payload("{\"unit\":\"pcs\",\"amount\":12999}");
    write(Stage.FAILED);
    String edit = "/api/v1/messages/" + sale.messageId() + "/edit";
    String toEach = "{\"fields\":{\"unit\":\"EA\"}}";

    assertThat(post("oncall", edit, null, toEach).statusCode()).isEqualTo(403);
    HttpResponse<String> locked = post("support", edit, null, "{\"fields\":{\"amount\":\"1\"}}");
    assertThat(locked.statusCode()).isEqualTo(400);
    assertThat(json(locked).get("detail").stringValue()).contains("Locked");
    HttpResponse<String> breaking = post("support", edit, null, "{\"fields\":{\"unit\":\"box\"}}");
    assertThat(breaking.statusCode()).isEqualTo(400);
    assertThat(json(breaking).get("detail").stringValue())
        .isEqualTo("unit: One of these is needed: pcs, EA, KG");
    String slow = "{\"unit\":\"EA\",\"amount\":12999,\"slow\":\"%s!\"}".formatted("a".repeat(60));
    HttpResponse<String> unchecked =
        post(
            "support",
            edit,
            null,
            JsonMapper.shared().writeValueAsString(java.util.Map.of("body", slow)));
    assertThat(unchecked.statusCode()).isEqualTo(409);
    assertThat(json(unchecked).get("detail").stringValue())
        .startsWith("This could not be checked, so it cannot be sent;");
    HttpResponse<String> all =
        post(
            "support",
            "/api/v1/operations",
            null,
            "{\"action\":\"EDIT_AND_RETRY\",\"messageIds\":[\"%s\"],\"set\":{\"field\":\"unit\",\"value\":\"box\"}}"
                .formatted(sale.messageId()));
    assertThat(json(all).at("/preview/skipped").propertyNames())
        .containsExactly("With this value they would break the schema of their payload");
    assertThat(json(all).at("/items/0/reason").stringValue())
        .isEqualTo(
            "It would break the schema sale.schema.json: unit: One of these is needed:"
                + " pcs, EA, KG");
    HttpResponse<String> planned = post("support", edit, "edit-1", toEach);
    assertThat(planned.statusCode()).isEqualTo(202);
    String location = planned.headers().firstValue("Location").orElseThrow();
    assertThat(post("support", edit, "edit-1", toEach).headers().firstValue("Location"))
        .contains(location);
    HttpResponse<String> other = post("support", edit, "edit-1", "{\"fields\":{\"unit\":\"KG\"}}");
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(json(other).get("detail").stringValue()).contains("was used for another request");

    JsonNode differences = json(get("support", location + "/differences"));
    // Who approves it sees what changes, and nothing else of the payload.
    assertThat(json(get("manager", location + "/differences"))).isEqualTo(differences);
    assertThat(differences.at("/items/0").propertyNames())
        .containsExactlyInAnyOrder("messageId", "attempt", "changes");
    JsonNode change = differences.at("/items/0/changes/0");
    assertThat(change.get("path").stringValue()).isEqualTo("unit");
    assertThat(change.get("before").stringValue()).isEqualTo("pcs");
    assertThat(change.get("after").stringValue()).isEqualTo("EA");

    String why = "{\"reason\":\"The unit was wrong\"}";
    HttpResponse<String> started = post("support", location + "/start", null, why);
    assertThat(json(started).get("state").stringValue()).isEqualTo("AWAITING_APPROVAL");
    String approval =
        "{\"listHash\":\"%s\"}".formatted(json(started).at("/preview/listHash").stringValue());
    assertThat(post("support", location + "/approve", null, approval).statusCode()).isEqualTo(403);
    assertThat(
            post("manager", location + "/approve", null, "{\"listHash\":\"other\"}").statusCode())
        .isEqualTo(409);
    assertThat(CHANNEL.keys()).doesNotContain(sale.messageId() + ":2");
    assertThat(post("manager", location + "/approve", null, approval).statusCode()).isEqualTo(202);
    await().until(() -> CHANNEL.keys().contains(sale.messageId() + ":2"));
  }

  @Test
  void anEditByRuleIsEditedAgain() throws Exception {
    sale.store("0799").payload("{\"unit\":\"pcs\",\"amount\":12999}");
    write(Stage.FAILED);
    String plan = "/api/v1/operations";
    String rule =
        "{\"action\":\"EDIT_AND_RETRY\",%s,\"set\":{\"field\":\"%s\",\"where\":\"pcs\",\"value\":\"%s\"}}";
    String chosen = "\"messageIds\":[\"%s\"]".formatted(sale.messageId());
    HttpResponse<String> first = post("support", plan, null, rule.formatted(chosen, "unit", "KG"));
    String location = first.headers().firstValue("Location").orElseThrow();
    String againOf = "\"againOf\":\"%s\"".formatted(json(first).get("id").stringValue());

    JsonNode set = json(get("manager", location)).get("set");
    assertThat(set.get("field").stringValue()).isEqualTo("unit");
    assertThat(set.get("where").stringValue()).isEqualTo("pcs");
    assertThat(set.get("value").stringValue()).isEqualTo("KG");
    assertThat(json(get("manager-0412", location)).has("set")).as("of another store").isFalse();

    String right = rule.formatted(againOf, "unit", "EA");
    assertThat(post("oncall", plan, null, right).statusCode()).isEqualTo(403);
    for (String wrong :
        List.of(
            rule.formatted(againOf, "amount", "1"),
            rule.formatted(againOf + "," + chosen, "unit", "EA"),
            "{\"action\":\"EDIT_AND_RETRY\",%s}".formatted(againOf),
            right.replace("EDIT_AND_RETRY", "RETRY"))) {
      assertThat(post("support", plan, null, wrong).statusCode()).as(wrong).isEqualTo(400);
    }
    assertThat(post("support", plan, null, right.replaceAll("(againOf\":\")", "$1x")).statusCode())
        .isEqualTo(404);
    assertThat(operation(location).get("state").stringValue()).isEqualTo("PREVIEWED");
    HttpResponse<String> again = post("support", plan, "rule-again-1", right);
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(json(again).at("/set/value").stringValue()).isEqualTo("EA");
    assertThat(json(again).at("/preview/toSend").intValue()).isOne();
    await()
        .untilAsserted(
            () ->
                assertThat(operation(location).get("state").stringValue()).isEqualTo("CANCELLED"));
    assertThat(json(post("support", plan, "rule-again-1", right)).get("id"))
        .isEqualTo(json(again).get("id"));
    assertThat(
            post("support", plan, "rule-again-1", rule.formatted(againOf, "unit", "box"))
                .statusCode())
        .isEqualTo(409);
    String second = again.headers().firstValue("Location").orElseThrow();
    assertThat(
            post("support", second + "/start", null, "{\"reason\":\"The unit was wrong\"}")
                .statusCode())
        .isEqualTo(202);
    HttpResponse<String> waits =
        post(
            "support",
            plan,
            null,
            right.replace(
                json(first).get("id").stringValue(), json(again).get("id").stringValue()));
    assertThat(waits.statusCode()).isEqualTo(409);
    assertThat(json(waits).get("detail").stringValue()).startsWith("It waits for approval");
  }

  @Test
  void aReplayNeedsItsRightAWindowAndAChannel() throws Exception {
    sale.store("0788").payload("{\"unit\":\"pcs\"}");
    write(Stage.CONFIRMED);
    String body =
        "{\"action\":\"REPLAY\",\"channel\":\"%s\",\"filter\":{\"stores\":[\"0788\"],\"from\":\"%s\",\"to\":\"%s\"}}";
    Instant from = Instant.now().minusSeconds(3_600);
    String right = body.formatted("middleware", from, Instant.now());

    assertThat(post("support", "/api/v1/operations", null, right).statusCode()).isEqualTo(403);
    assertThat(
            post(
                    "admin",
                    "/api/v1/operations",
                    null,
                    body.formatted("nowhere", from, Instant.now()))
                .statusCode())
        .isEqualTo(400);
    assertThat(
            post(
                    "admin",
                    "/api/v1/operations",
                    null,
                    "{\"action\":\"REPLAY\",\"channel\":\"middleware\",\"filter\":{\"stores\":[\"0788\"]}}")
                .statusCode())
        .isEqualTo(400);
    HttpResponse<String> planned = post("admin", "/api/v1/operations", null, right);
    assertThat(planned.statusCode()).isEqualTo(202);
    assertThat(json(planned).at("/preview/toSend").intValue()).isOne();
    assertThat(json(planned).at("/preview/succeeded").intValue()).isOne();
  }

  @Test
  void aMessageIsDiscardedAndRestoredByOneMessageAndByAFilter() throws Exception {
    sale.store("0777")
        .failingWith(Samples.aFailure().code("STORE_CLOSED").message("Store is closed").build());
    write(Stage.FAILED);
    String why = "{\"reason\":\"Booked by hand\"}";
    String message = "/api/v1/messages/" + sale.messageId();

    assertThat(post("oncall", message + "/discard", null, why).statusCode()).isEqualTo(403);
    assertThat(post("support", message + "/restore", null, why).statusCode()).isEqualTo(409);
    HttpResponse<String> discarded = post("support", message + "/discard", "discard-1", why);
    assertThat(discarded.statusCode()).isEqualTo(202);
    assertThat(json(discarded).get("action").stringValue()).isEqualTo("DISCARD");
    String location = discarded.headers().firstValue("Location").orElseThrow();
    assertThat(post("support", message + "/discard", "discard-1", why).headers().map())
        .containsEntry("Location", List.of(location));
    await()
        .untilAsserted(
            () ->
                assertThat(operation(location).at("/items/0/state").stringValue())
                    .isEqualTo("DISCARDED"));
    assertThat(json(get("manager", message)).get("status").stringValue()).isEqualTo("DISCARDED");

    assertThat(post("support", message + "/restore", null, why).statusCode()).isEqualTo(202);
    await()
        .untilAsserted(
            () ->
                assertThat(json(get("manager", message)).get("status").stringValue())
                    .isEqualTo("FAILED"));
    HttpResponse<String> plan =
        post(
            "support",
            "/api/v1/operations",
            null,
            "{\"action\":\"DISCARD\",\"filter\":{\"stores\":[\"0777\"]}}");
    assertThat(plan.statusCode()).isEqualTo(202);
    assertThat(json(plan).at("/preview/toSend").intValue()).isOne();
    assertThat(
            post("support", "/api/v1/operations", null, "{\"action\":\"DISCARD\",\"filter\":{}}")
                .statusCode())
        .isEqualTo(400);
    assertThat(
            post(
                    "support",
                    "/api/v1/operations",
                    null,
                    "{\"action\":\"RESTORE\",\"restOf\":\"none\"}")
                .statusCode())
        .isEqualTo(400);
    assertThat(CHANNEL.keys()).noneMatch(key -> key.startsWith(sale.messageId() + ":"));
  }

  @Test
  void aTargetIsFrozenAndLiftedAndWhatWaitsForItGoesOn() throws Exception {
    sale.target("ledger")
        .failingWith(Samples.aFailure().code("LEDGER_CLOSED").message("Ledger is closed").build());
    write(Stage.FAILED);
    CHANNEL.behave(_ -> TestChannel.Answer.of(202));
    String ledger = "/api/v1/targets/ledger";
    String why = "{\"reason\":\"Year end\"}";
    // Names are remembered for ten seconds, and others have asked already.
    clock.putForward(Duration.ofSeconds(10));
    assertThat(ledger().get("open").booleanValue()).isTrue();

    assertThat(post("support", ledger + "/freeze", null, why).statusCode()).isEqualTo(403);
    assertThat(post("oncall", ledger + "/lift", null, null).statusCode()).isEqualTo(403);
    HttpResponse<String> bound = post("manager-0412", ledger + "/freeze", null, why);
    assertThat(bound.statusCode()).isEqualTo(403);
    assertThat(json(bound).get("detail").stringValue()).startsWith("A target serves all stores");
    assertThat(get("manager", ledger + "/freeze").statusCode()).isEqualTo(405);
    assertThat(ledger().get("open").booleanValue()).isTrue();

    String past = "{\"reason\":\"Year end\",\"until\":\"2020-01-01T00:00:00Z\"}";
    for (String wrong :
        List.of("{}", past, past.replace("2020", "2920"), past.replace("T0", "?"))) {
      assertThat(post("manager", ledger + "/freeze", null, wrong).statusCode())
          .as(wrong)
          .isEqualTo(400);
    }
    assertThat(post("manager", "/api/v1/targets/legder/freeze", null, why).statusCode())
        .isEqualTo(404);
    HttpResponse<String> frozen = post("manager", ledger + "/freeze", "freeze-1", why);
    assertThat(frozen.statusCode()).isEqualTo(200);
    assertThat(json(frozen).get("open").booleanValue()).isFalse();
    assertThat(json(frozen).at("/closed/0/why").stringValue()).isEqualTo("BY_HAND");
    assertThat(json(frozen).at("/closed/0/by").stringValue()).isEqualTo("manager");
    assertThat(post("manager", ledger + "/freeze", "freeze-1", why).body())
        .isEqualTo(frozen.body());
    assertThat(ledger()).isEqualTo(json(frozen));
    String stale = "{\"reason\":\"Year end\",\"version\":\"open\"}";
    assertThat(post("admin", ledger + "/freeze", null, stale).statusCode()).isEqualTo(409);
    assertThat(post("admin", ledger + "/lift", null, stale).statusCode()).isEqualTo(409);

    HttpResponse<String> retried = retry("support", sale.messageId(), null, "It is open now");
    String location = retried.headers().firstValue("Location").orElseThrow();
    assertThat(operation(location).at("/outlook/notices/0").stringValue())
        .isEqualTo("ledger is frozen by manager until somebody lifts it: Year end");
    await()
        .untilAsserted(
            () -> assertThat(ledger().at("/waiting/0/messages").intValue(0)).isEqualTo(1));
    assertThat(CHANNEL.keys()).noneMatch(key -> key.startsWith(sale.messageId() + ":"));

    HttpResponse<String> lifted = post("admin", ledger + "/lift", null, null);
    assertThat(lifted.statusCode()).isEqualTo(200);
    assertThat(json(lifted).get("open").booleanValue()).isTrue();
    assertThat(post("admin", ledger + "/lift", null, why).statusCode()).isEqualTo(200);
    assertThat(post("manager", ledger + "/freeze", "freeze-1", why).statusCode()).isEqualTo(409);
    await()
        .untilAsserted(
            () -> assertThat(operation(location).at("/counts/SENT").intValue(0)).isOne());
    assertThat(CHANNEL.keys()).containsOnlyOnce(sale.messageId() + ":2");
  }

  @Test
  void aTargetWhateverIsInItsNameIsFrozenAndLiftedByABody() throws Exception {
    List<String> names = List.of("erp/stock", "a?b", "ä ö", "..", "50% \\ ;x", "freeze");
    for (String name : names) {
      MessageBuilder odd =
          Samples.aSale()
              .target(name)
              .capturedAt(Instant.now().minusSeconds(600))
              .failingWith(Samples.aFailure().code("ODD").message("It is odd").build());
      stores
          .ingestWriter()
          .write(new IngestWriter.Batch(odd.throughStage(Stage.FAILED), List.of()));
    }
    clock.putForward(Duration.ofSeconds(10));
    for (String name : names) {
      ObjectNode body = JsonMapper.shared().createObjectNode();
      body.put("name", name).put("reason", "Year end");
      assertThat(post("support", "/api/v1/targets/freeze", null, body.toString()).statusCode())
          .isEqualTo(403);
      HttpResponse<String> frozen =
          post("manager", "/api/v1/targets/freeze", "odd-" + names.indexOf(name), body.toString());
      assertThat(frozen.statusCode()).as(frozen.body()).isEqualTo(200);
      assertThat(json(frozen).get("name").stringValue()).isEqualTo(name);
      assertThat(target(name).at("/closed/0/reason").stringValue()).isEqualTo("Year end");

      body.put("version", "open");
      assertThat(post("manager", "/api/v1/targets/lift", null, body.toString()).statusCode())
          .isEqualTo(409);
      body.put("version", target(name).get("version").stringValue());
      assertThat(post("support", "/api/v1/targets/lift", null, body.toString()).statusCode())
          .isEqualTo(403);
      HttpResponse<String> lifted = post("manager", "/api/v1/targets/lift", null, body.toString());
      assertThat(lifted.statusCode()).as(lifted.body()).isEqualTo(200);
      assertThat(target(name).get("open").booleanValue()).isTrue();
    }
    for (String call : List.of("freeze", "lift")) {
      for (String nameless : List.of("{\"reason\":\"Year end\"}", "{\"name\":\" \"}")) {
        assertThat(post("manager", "/api/v1/targets/" + call, null, nameless).statusCode())
            .isEqualTo(400);
      }
      assertThat(
              post(
                      "manager",
                      "/api/v1/targets/" + call,
                      null,
                      "{\"name\":\"erp/stok\",\"reason\":\"Year end\"}")
                  .statusCode())
          .isEqualTo(404);
    }
    String why = "{\"reason\":\"Year end\"}";
    for (String path : List.of("a%3Fb", "%C3%A4%20%C3%B6", "freeze")) {
      assertThat(post("manager", "/api/v1/targets/" + path + "/freeze", null, why).statusCode())
          .isEqualTo(200);
      assertThat(post("manager", "/api/v1/targets/" + path + "/lift", null, why).statusCode())
          .isEqualTo(200);
    }
  }

  private JsonNode ledger() throws Exception {
    return target("ledger");
  }

  private JsonNode target(String name) throws Exception {
    for (JsonNode target : json(get("support", "/api/v1/targets"))) {
      if (target.get("name").stringValue().equals(name)) {
        return target;
      }
    }
    throw new AssertionError("There is no target " + name);
  }
}
