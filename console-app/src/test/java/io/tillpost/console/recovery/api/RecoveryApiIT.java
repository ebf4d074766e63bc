package io.tillpost.console.recovery.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.failure.FailureClass;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.Preparation;
import io.tillpost.store.IngestWriter;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Recovery over HTTP, as a script would use it. */
class RecoveryApiIT extends RecoveryActionsOverHttp {
  @Test
  void aRetryIsAcceptedFollowedAndRepeatedWithoutASecondOne() throws Exception {
    write(Stage.FAILED);
    HttpResponse<String> accepted =
        retry("support", sale.messageId(), "key-1", "Tax code is there");

    assertThat(accepted.statusCode()).isEqualTo(202);
    String location = accepted.headers().firstValue("Location").orElseThrow();
    assertThat(location).startsWith("/api/v1/operations/");
    HttpResponse<String> repeated =
        retry("support", sale.messageId(), "key-1", "Tax code is there");
    assertThat(repeated.headers().firstValue("Location")).contains(location);
    await()
        .untilAsserted(
            () -> assertThat(operation(location).at("/counts/SENT").intValue(0)).isOne());

    HttpResponse<String> second = retry("oncall", sale.messageId(), "key-2", "Me too");
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(json(second).get("detail").stringValue())
        .isEqualTo("Attempt 2 is being made by support");
    assertThat(second.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");

    sale.attempt(2, Instant.now());
    write(Stage.CONFIRMED);
    await()
        .untilAsserted(
            () -> assertThat(operation(location).get("state").stringValue()).isEqualTo("FINISHED"));
    JsonNode item = operation(location).at("/items/0");
    assertThat(item.get("messageId").stringValue()).isEqualTo(sale.messageId().value());
    assertThat(item.get("state").stringValue()).isEqualTo("CONFIRMED");
    assertThat(CHANNEL.keys()).containsOnlyOnce(sale.messageId() + ":2");
  }

  @Test
  void whatBecomesOfAnEarlierMessageThatHasFailedIsSaidInTheRequest() throws Exception {
    MessageBuilder later =
        Samples.aSale().transactionNumber(990_001L).capturedAt(Instant.now().minusSeconds(800));
    sale.transactionNumber(990_001L);
    write(Stage.FAILED);
    stores
        .ingestWriter()
        .write(new IngestWriter.Batch(later.throughStage(Stage.FAILED), List.of()));
    String retry = "/api/v1/messages/" + later.messageId() + "/retry";
    HttpResponse<String> refused = post("support", retry, null, "{\"reason\":\"Try\"}");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(json(refused).get("detail").stringValue())
        .startsWith("Message " + sale.messageId() + " of the same transaction is earlier");

    String list = "{\"messageIds\":[\"" + later.messageId() + "\"]%s}";
    String plans = "/api/v1/operations";
    JsonNode left = json(post("support", plans, null, list.formatted(""))).get("preview");
    assertThat(left.get("toSend").intValue()).isZero();
    assertThat(left.at("/earlier/choice").stringValue()).isEqualTo("LEAVE_OUT");
    assertThat(left.at("/earlier/examples/0").stringValue()).isEqualTo(sale.messageId().value());
    String anyway = list.formatted(",\"earlier\":\"SEND_ANYWAY\"%s");
    assertThat(post("support", plans, null, anyway.formatted("")).statusCode()).isEqualTo(400);
    assertThat(post("manager", plans, null, anyway.formatted("")).statusCode()).isEqualTo(403);
    JsonNode sent =
        json(post("support", plans, null, anyway.formatted(",\"earlierReason\":\"By hand\"")));
    assertThat(sent.at("/preview/toSend").intValue()).isOne();
    assertThat(sent.at("/preview/earlier/reason").stringValue()).isEqualTo("By hand");
    assertThat(sent.at("/items/0/passes/messages/0").stringValue())
        .isEqualTo(sale.messageId().value());
    JsonNode both = json(post("support", plans, null, list.formatted(",\"earlier\":\"INCLUDE\"")));
    assertThat(both.get("size").intValue()).isEqualTo(2);
    assertThat(both.at("/preview/earlier/added").intValue()).isOne();
    assertThat(
            post("support", plans, null, list.formatted(",\"earlier\":\"PERHAPS\"")).statusCode())
        .isEqualTo(400);
  }

  @Test
  void whatANewerMessageMakesNeedlessIsSentWhereThatIsSaidWithAReason() throws Exception {
    MessageBuilder old =
        Samples.aStockUpdate().store("0790").capturedAt(Instant.now().minusSeconds(900));
    MessageBuilder newer =
        Samples.aStockUpdate().store("0790").capturedAt(Instant.now().minusSeconds(800));
    List<MessageEvent> events = new ArrayList<>(old.throughStage(Stage.FAILED));
    events.addAll(newer.throughStage(Stage.CONFIRMED));
    stores.ingestWriter().write(new IngestWriter.Batch(events, List.of()));
    String list = "{\"messageIds\":[\"" + old.messageId() + "\"]%s}";
    String plans = "/api/v1/operations";
    JsonNode left = json(post("support", plans, null, list.formatted(""))).get("preview");
    assertThat(left.get("toSend").intValue()).isZero();
    assertThat(left.has("superseded")).isFalse();
    String anyway = list.formatted(",\"superseded\":\"SEND_ANYWAY\"%s");
    assertThat(post("support", plans, null, anyway.formatted("")).statusCode()).isEqualTo(400);
    assertThat(post("manager", plans, null, anyway.formatted("")).statusCode()).isEqualTo(403);
    JsonNode sent =
        json(post("support", plans, null, anyway.formatted(",\"supersededReason\":\"Recounted\"")));
    assertThat(sent.at("/preview/toSend").intValue()).isOne();
    assertThat(sent.at("/preview/superseded/messages").intValue()).isOne();
    assertThat(sent.at("/preview/superseded/reason").stringValue()).isEqualTo("Recounted");
    assertThat(sent.at("/items/0/supersededBy").stringValue()).isEqualTo(newer.messageId().value());
  }

  @Test
  void aListIsPreviewedStartedAndSteeredAndWhatIsAskedTwiceIsDoneOnce() throws Exception {
    sale.failingWith(Samples.aFailure().code("STORE_UNKNOWN").message("Store is unknown").build());
    write(Stage.FAILED);
    String exception =
        json(get("support", "/api/v1/exceptions?q=STORE_UNKNOWN")).at("/0/id").stringValue();
    String plan = "{\"exceptionId\":\"" + exception + "\"}";

    HttpResponse<String> planned = post("support", "/api/v1/operations", "plan-1", plan);
    assertThat(planned.statusCode()).isEqualTo(202);
    assertThat(json(planned).get("state").stringValue()).isEqualTo("PREVIEWED");
    assertThat(json(planned).at("/preview/toSend").intValue()).isOne();
    assertThat(json(planned).at("/preview/money/0/minor").intValue()).isEqualTo(12_999);
    String location = planned.headers().firstValue("Location").orElseThrow();
    assertThat(post("support", "/api/v1/operations", "plan-1", plan).headers().map())
        .containsEntry("Location", List.of(location));
    assertThat(CHANNEL.keys()).doesNotContain(sale.messageId() + ":2");

    assertThat(post("support", location + "/start", null, "{}").statusCode()).isEqualTo(400);
    assertThat(post("manager", location + "/start", null, "{}").statusCode()).isEqualTo(403);
    assertThat(post("support", location + "/resume", null, null).statusCode()).isEqualTo(409);
    String why = "{\"reason\":\"The store is known now\"}";
    assertThat(post("support", location + "/start", null, why).statusCode()).isEqualTo(202);
    await().until(() -> CHANNEL.keys().contains(sale.messageId() + ":2"));
    assertThat(post("oncall", location + "/pause", null, null).statusCode()).isEqualTo(202);
    assertThat(post("oncall", location + "/pause", null, why).statusCode()).isEqualTo(202);
    assertThat(operation(location).get("state").stringValue()).isEqualTo("PAUSED");
    assertThat(post("support", location + "/cancel", null, null).statusCode()).isEqualTo(202);
    sale.attempt(2, Instant.now());
    write(Stage.CONFIRMED);
    await()
        .untilAsserted(
            () ->
                assertThat(operation(location).get("state").stringValue()).isEqualTo("CANCELLED"));
    assertThat(operation(location).at("/counts/CONFIRMED").intValue()).isOne();
    assertThat(CHANNEL.keys()).containsOnlyOnce(sale.messageId() + ":2");
    assertThat(json(get("manager", "/api/v1/operations")).at("/0/id").stringValue()).isNotBlank();
    assertThat(json(get("manager", "/api/v1/unconfirmed")).get("total").intValue()).isZero();
    assertThat(operation(location).has("preparation")).isFalse();
    String prepared = "/api/v1/operations/" + RecoveryWorld.beingPrepared(stores.documents());
    assertThat(operation(prepared).at("/preparation/messages").intValue()).isEqualTo(80_000);
    assertThat(operation(prepared).at("/preparation/frozen").intValue()).isEqualTo(23_000);
    assertThat(operation(prepared).at("/preparation").has("read")).isFalse();
    String reading =
        RecoveryWorld.beingPrepared(
            stores.documents(), Preparation.reading(80_000, 34_000, Instant.now()));
    assertThat(operation("/api/v1/operations/" + reading).at("/preparation/read").intValue())
        .isEqualTo(34_000);
    new RecoveryRecords(stores.documents())
        .apply(reading, new OperationEvent.Interrupted(), null, "None is left", Instant.now());
    JsonNode givenUp = operation("/api/v1/operations/" + reading);
    assertThat(givenUp.has("preparation")).isFalse();
    assertThat(givenUp.at("/history/1/why").stringValue()).isEqualTo("None is left");
    assertThat(post("support", prepared + "/start", null, why).statusCode()).isEqualTo(409);
    assertThat(post("manager", prepared + "/cancel", null, null).statusCode()).isEqualTo(403);
    assertThat(post("oncall", prepared + "/cancel", null, null).statusCode()).isEqualTo(202);
    assertThat(post("support", prepared + "/cancel", null, null).statusCode()).isEqualTo(202);
    assertThat(operation(prepared).get("state").stringValue()).isEqualTo("ABANDONED");
    assertThat(json(get("support", location + "?size=1&state=CONFIRMED")).get("items")).hasSize(1);
    for (String wrong : List.of("?size=0", "?size=1001", "?size=x")) {
      for (String list : List.of(location, location + "/differences", "/api/v1/unconfirmed")) {
        assertThat(get("admin", list + wrong).statusCode()).as(list + wrong).isEqualTo(400);
      }
    }
  }

  @Test
  void theTargetIsAskedOnceForEachKeyAndNothingIsSentByIt() throws Exception {
    MessageBuilder unsure = Samples.aReturn().capturedAt(Instant.now().minusSeconds(900));
    stores
        .ingestWriter()
        .write(new IngestWriter.Batch(unsure.throughStage(Stage.FAILED), List.of()));
    String ask = "/api/v1/messages/" + unsure.messageId() + "/ask-target";
    assertThat(post("support", ask, null, null).statusCode()).isEqualTo(409);
    String location =
        retry("support", unsure.messageId(), null, "Try again")
            .headers()
            .firstValue("Location")
            .orElseThrow();
    await()
        .untilAsserted(
            () -> assertThat(operation(location).at("/counts/SENT").intValue(0)).isOne());
    clock.putForward(DEADLINE.plusSeconds(1));
    await()
        .untilAsserted(
            () -> assertThat(operation(location).at("/counts/UNCONFIRMED").intValue(0)).isOne());
    assertThat(post("manager", ask, null, null).statusCode()).isEqualTo(403);
    assertThat(get("support", ask).statusCode()).isEqualTo(405);
    String mine = "/api/v1/unconfirmed?newestFirst=true&size=1&workflow=returns";
    assertThat(json(get("manager", mine)).at("/items/0/messageId").stringValue())
        .isEqualTo(unsure.messageId().value());
    assertThat(json(get("manager", mine + "&target=nowhere")).get("total").intValue()).isZero();
    assertThat(get("manager", "/api/v1/unconfirmed?newestFirst=perhaps").statusCode())
        .isEqualTo(400);
    assertThat(get("manager", mine + "&after=nonsense").statusCode()).isEqualTo(400);

    String again = "/api/v1/messages/" + unsure.messageId() + "/retry";
    HttpResponse<String> doubtful = post("support", again, null, "{\"reason\":\"Once more\"}");
    assertThat(doubtful.statusCode()).isEqualTo(409);
    assertThat(json(doubtful).get("detail").stringValue())
        .startsWith("Nobody knows whether attempt 2 (operation ")
        .endsWith("or send it all the same, with a reason (inDoubt: SEND_ANYWAY)");
    String yes = "{\"reason\":\"Once more\",\"inDoubt\":\"%s\"}";
    assertThat(post("support", again, null, yes.formatted("YES")).statusCode()).isEqualTo(400);
    assertThat(post("manager", again, null, yes.formatted("SEND_ANYWAY")).statusCode())
        .isEqualTo(403);
    CHANNEL.says("PENDING");
    HttpResponse<String> sent = post("support", again, "again-1", yes.formatted("SEND_ANYWAY"));
    assertThat(sent.statusCode()).isEqualTo(202);
    String second = sent.headers().firstValue("Location").orElseThrow();
    await()
        .untilAsserted(
            () ->
                assertThat(operation(second).at("/items/0/reason").stringValue(""))
                    .isEqualTo("The target says that an earlier attempt is on its way"));
    await()
        .untilAsserted(
            () ->
                assertThat(get("admin", "/api/v1/audit?subject=" + unsure.messageId()).body())
                    .contains("Once more; also if an earlier attempt reached the target"));

    CHANNEL.says("ABSENT");
    HttpResponse<String> asked = post("oncall", ask, "ask-1", null);
    assertThat(asked.statusCode()).isEqualTo(202);
    String question = asked.headers().firstValue("Location").orElseThrow();
    await()
        .untilAsserted(
            () ->
                assertThat(
                        json(get("manager", question)).at("/answers/DOES_NOT_HAVE_IT").intValue(0))
                    .isOne());
    await().until(() -> json(get("manager", question)).get("finishedAt").isString());
    int times = CHANNEL.asked().size();
    assertThat(post("oncall", ask, "ask-1", null).headers().firstValue("Location"))
        .contains(question);
    assertThat(CHANNEL.asked()).hasSize(times);
    assertThat(operation(location).at("/items/0/asked/by").stringValue()).isEqualTo("oncall");

    String settle = location + "/items/" + unsure.messageId() + "/settle";
    String there = "{\"found\":true,\"reason\":\"ERP document 4711\"}";
    assertThat(post("manager", settle, null, there).statusCode()).isEqualTo(403);
    assertThat(post("support", settle, null, "{\"found\":true}").statusCode()).isEqualTo(400);
    assertThat(post("support", settle, null, "{\"reason\":\"Seen\"}").statusCode()).isEqualTo(400);
    assertThat(
            post("support", "/api/v1/operations/none/items/none/settle", null, there).statusCode())
        .isEqualTo(404);

    CHANNEL.says("POSTED");
    assertThat(post("support", location + "/ask-target", "ask-2", null).statusCode())
        .isEqualTo(202);
    await()
        .untilAsserted(
            () ->
                assertThat(json(get("manager", "/api/v1/unconfirmed")).get("total").intValue())
                    .isZero());
    assertThat(operation(location).at("/items/0/state").stringValue()).isEqualTo("ALREADY_DONE");
    String csv = "/api/v1/operations/none/items.csv";
    assertThat(get("manager", csv).statusCode()).isEqualTo(404);
    assertThat(get("manager", location + "/items.csv?state=NONSENSE").statusCode()).isEqualTo(400);
    assertThat(get("manager", location + "?after=nonsense").statusCode()).isEqualTo(400);
    HttpResponse<String> file = get("manager", location + "/items.csv?state=ALREADY_DONE,FAILED");
    assertThat(file.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
        .isEqualTo("attachment; filename=\"operation.csv\"");
    assertThat(file.body().lines().skip(1))
        .singleElement()
        .asString()
        .startsWith("\"%s\",".formatted(unsure.messageId()));
    assertThat(get("support", "/api/v1/questions/none").statusCode()).isEqualTo(404);
    HttpResponse<String> late = post("support", settle, null, there);
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(json(late).get("detail").stringValue())
        .startsWith("It is not unconfirmed but already done");
    assertThat(CHANNEL.keys()).containsOnlyOnce(unsure.messageId() + ":2");
  }

  @Test
  void aRetryThatNobodyAskedForIsToldAndStopped() throws Exception {
    sale.target("loyalty")
        .failingWith(
            Samples.aFailure()
                .code("HTTP_429")
                .message("Too many requests")
                .failureClass(FailureClass.TRANSIENT)
                .build());
    write(Stage.FAILED);
    String exception =
        json(get("support", "/api/v1/exceptions?q=HTTP_429")).at("/0/id").stringValue();
    String address = "/api/v1/exceptions/" + exception;
    await().until(() -> CHANNEL.keys().contains(sale.messageId() + ":2"));

    JsonNode told = json(get("manager", address)).get("automaticRetry");
    assertThat(told.get("state").stringValue()).isEqualTo("RUNNING");
    assertThat(told.get("words").stringValue()).isEqualTo("An automatic retry is under way");
    assertThat(told.get("atMost").intValue()).isEqualTo(3);
    JsonNode operations = json(get("support", "/api/v1/operations?requestedBy=automatic%20retry"));
    assertThat(operations.at("/0/requestedBy").stringValue()).isEqualTo("automatic retry");

    String stop = address + "/automatic-retry";
    String why = "{\"stopped\":true,\"reason\":\"They asked us to wait\"}";
    assertThat(post("manager", stop, null, why).statusCode()).isEqualTo(403);
    assertThat(post("support", stop, null, "{\"stopped\":true}").statusCode()).isEqualTo(400);
    HttpResponse<String> stopped = post("support", stop, "stop-1", why);
    assertThat(stopped.statusCode()).isEqualTo(200);
    assertThat(json(stopped).get("automaticRetryStoppedBy").stringValue()).isEqualTo("support");
    assertThat(post("support", stop, "stop-1", why).statusCode()).isEqualTo(200);
    assertThat(json(get("manager", address)).at("/automaticRetry/state").stringValue())
        .isEqualTo("STOPPED");
    assertThat(post("support", stop, null, "{\"stopped\":false}").statusCode()).isEqualTo(200);
    assertThat(CHANNEL.keys()).containsOnlyOnce(sale.messageId() + ":2");
  }

  @Test
  void whatIsNotThereNotAllowedOrNotRightIsAProblem() throws Exception {
    MessageId unknown = new MessageId("nobody-knows-it");
    assertThat(retry("support", unknown, null, "Try again").statusCode()).isEqualTo(404);
    assertThat(retry("manager", unknown, null, "Try again").statusCode()).isEqualTo(403);
    assertThat(retry("support", unknown, null, "").statusCode()).isEqualTo(400);
    assertThat(get("support", "/api/v1/operations/none").statusCode()).isEqualTo(404);
    assertThat(post("support", "/api/v1/operations/none/pause", null, null).statusCode())
        .isEqualTo(404);
    assertThat(post("support", "/api/v1/operations/none/approve", null, "{}").statusCode())
        .isEqualTo(403);
    assertThat(post("manager", "/api/v1/operations/none/approve", null, "{}").statusCode())
        .isEqualTo(400);
    assertThat(post("support", "/api/v1/operations", null, "{}").statusCode()).isEqualTo(400);
    assertThat(
            post("support", "/api/v1/operations", null, "{\"exceptionId\":\"none\"}").statusCode())
        .isEqualTo(404);
    assertThat(post("support", "/api/v1/operations", null, "{\"messageIds\":[]}").statusCode())
        .isEqualTo(400);
    String discard = "{\"action\":\"DISCARD\",\"exceptionIds\":%s}";
    assertThat(post("oncall", "/api/v1/operations", null, discard.formatted("[]")).statusCode())
        .isEqualTo(403);
    assertThat(post("support", "/api/v1/operations", null, discard.formatted("[]")).statusCode())
        .isEqualTo(400);
    assertThat(
            post("support", "/api/v1/operations", null, discard.formatted("[null]")).statusCode())
        .isEqualTo(404);
    assertThat(
            post("support", "/api/v1/operations", null, discard.formatted("[\"0123456789abcdef\"]"))
                .statusCode())
        .isEqualTo(404);
    assertThat(get("support", "/api/v1/exceptions/none").statusCode()).isEqualTo(404);
    assertThat(get("support", "/api/v1/exceptions?class=NONSENSE").statusCode()).isEqualTo(400);
    assertThat(get("support", "/api/v1/audit.csv").statusCode()).isEqualTo(403);
    assertThat(get("admin", "/api/v1/audit.csv").statusCode()).isEqualTo(200);
    HttpResponse<String> verified = post("manager", "/api/v1/audit/verify", null, null);
    assertThat(json(verified).get("intact").booleanValue()).as(verified.body()).isTrue();
    assertThat(post("support", "/api/v1/audit/verify", null, null).statusCode()).isEqualTo(403);
  }

  @Test
  void theAuditTrailIsReadWithItsRight() throws Exception {
    write(Stage.FAILED);
    HttpResponse<String> planned =
        post(
            "support",
            "/api/v1/operations",
            null,
            "{\"messageIds\":[\"%s\"]}".formatted(sale.messageId()));
    String id = json(planned).get("id").stringValue();
    assertThat(json(planned).at("/outlook/expectedSeconds").asLong()).isPositive();
    assertThat(json(planned).at("/outlook/rates/erp").asDouble()).isEqualTo(20);

    assertThat(get("support", "/api/v1/audit").statusCode()).isEqualTo(403);
    assertThat(get("manager", "/api/v1/audit?size=0").statusCode()).isEqualTo(400);
    JsonNode trail = json(get("manager", "/api/v1/audit?who=support&subject=" + id));
    assertThat(trail.get("total").longValue()).isOne();
    JsonNode entry = trail.at("/items/0");
    assertThat(entry.get("what").stringValue()).isEqualTo("PLAN_OPERATION");
    assertThat(entry.get("after").stringValue()).isEqualTo("1 message: 1 chosen message");
    assertThat(entry.get("address").stringValue()).isNotBlank();
    assertThat(entry.get("outcome").stringValue()).isEqualTo("DONE");
    assertThat(entry.get("record").longValue()).isPositive();
    assertThat(entry.get("hash").stringValue()).hasSize(64);
  }

  @Test
  void aForeignPageCannotMakeABrowserThatKeepsCredentialsChangeAnything() throws Exception {
    write(Stage.FAILED);
    String retry = "/api/v1/messages/" + sale.messageId() + "/retry";

    HttpResponse<String> answer =
        http.send(
            request("support", retry)
                .header("Sec-Fetch-Site", "cross-site")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"Not mine\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(CHANNEL.keys()).noneMatch(key -> key.startsWith(sale.messageId() + ":"));
  }
}
