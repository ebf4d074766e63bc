package io.tillpost.estate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.estate.message.MessageKey;
import io.tillpost.estate.message.Workflow;
import io.tillpost.estate.plan.StorePlan;
import io.tillpost.estate.state.EstateState;
import io.tillpost.estate.trouble.TroubleScript;
import io.tillpost.estate.trouble.Troubles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class HistoryTest {
  private static final Instant NOW = Instant.parse("2026-11-24T14:00:00Z");
  private static final int STORES = 200;
  private static final Duration DAY = Duration.ofHours(24);
  private static final List<String> STAGES =
      List.of(
          "CAPTURED",
          "RECEIVED",
          "VALIDATED",
          "TRANSFORMED",
          "QUEUED",
          "SUBMITTED",
          "FAILED",
          "DEAD_LETTERED",
          "CONFIRMED");

  @TempDir static Path directory;
  private static EstateInTime history;

  @BeforeAll
  static void sendADay() throws Exception {
    history = new EstateInTime(STORES, NOW, directory.resolve("one")).history(NOW, DAY);
  }

  @AfterAll
  static void close() throws Exception {
    history.close();
  }

  @Test
  void holdsTheMessagesThatADemoNeeds() throws Exception {
    try (EstateInTime whole = new EstateInTime(600, NOW, directory.resolve("whole"))) {
      long now = NOW.toEpochMilli();
      assertThat(whole.estate().count(now - DAY.toMillis(), now)).isBetween(52_000L, 60_000L);
    }
    assertThat(history.events().size() / (double) captured().size()).isBetween(6.0, 7.2);
  }

  @Test
  void anOutageThatReachesBackIntoTheEveningLeavesTheClosingsAlone() throws Exception {
    Instant morning = Instant.parse("2026-11-24T06:00:00Z");
    try (EstateInTime early = new EstateInTime(60, morning, directory.resolve("morning"))) {
      early.history(morning, Duration.ofHours(16));
      Map<String, Integer> refused = new TreeMap<>();
      for (JsonNode event : early.events()) {
        JsonNode data = event.path("data");
        if (data.path("failure").path("code").asString("").equals("ERP_UNAVAILABLE")) {
          refused.merge(data.path("workflow").asString(), 1, Integer::sum);
        }
      }
      assertThat(refused).containsKey("sales-posting").doesNotContainKey("end-of-day");
    }
  }

  @Test
  void repeatsItselfToTheLastByteForTheSameSeed() throws Exception {
    Duration length = Duration.ofHours(10);
    try (EstateInTime one = new EstateInTime(60, NOW, directory.resolve("two"));
        EstateInTime two = new EstateInTime(60, NOW, directory.resolve("three"))) {
      one.history(NOW, length);
      two.history(NOW, length);
      assertThat(one.events()).isNotEmpty().isEqualTo(two.events());
    }
  }

  @Test
  void conformsToTheContractInEveryEvent() {
    for (JsonNode event : history.events()) {
      JsonNode data = event.path("data");
      assertThat(event.path("specversion").asString()).isEqualTo("1.0");
      assertThat(event.path("type").asString()).isEqualTo("io.tillpost.message-event.v1");
      assertThat(event.path("id").asString()).matches("[0-9a-f]{32}");
      assertThat(event.path("source").asString()).startsWith("/");
      assertThat(event.path("subject").asString().length()).isBetween(10, 200);
      assertThat(event.path("traceparent").asString()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
      assertThat(Instant.parse(event.path("time").asString())).isBeforeOrEqualTo(NOW);
      assertThat(Instant.parse(data.path("capturedAt").asString())).isBeforeOrEqualTo(NOW);
      assertThat(STAGES).contains(data.path("stage").asString());
      assertThat(data.path("workflow").asString()).isNotEmpty();
      assertThat(data.path("keys").size()).isBetween(1, 20);
      boolean failed = List.of("FAILED", "DEAD_LETTERED").contains(data.path("stage").asString());
      assertThat(data.path("failure").path("code").isString()).isEqualTo(failed);
    }
  }

  @Test
  void carriesOnePayloadWithoutCardNumbersForEachMessage() {
    for (JsonNode event : captured()) {
      String body = event.path("data").path("payload").path("body").asString();
      assertThat(body).startsWith("{").doesNotContainPattern("[0-9]{13,19}");
    }
  }

  @Test
  void keepsTheStagesOfAMessageInOrderOfTime() {
    Map<String, Map<Integer, Instant>> times = new HashMap<>();
    for (JsonNode event : history.events()) {
      int rank =
          event.path("data").path("attempt").asInt() * 10
              + STAGES.indexOf(event.path("data").path("stage").asString());
      times
          .computeIfAbsent(event.path("subject").asString(), id -> new TreeMap<>())
          .put(rank, Instant.parse(event.path("time").asString()));
    }
    times.forEach((id, byRank) -> assertThat(List.copyOf(byRank.values())).as(id).isSorted());
  }

  @Test
  void keepsCapturedAtTheSameInEveryEventOfAMessage() {
    Map<String, String> first = new HashMap<>();
    for (JsonNode event : history.events()) {
      String at = event.path("data").path("capturedAt").asString();
      assertThat(first.computeIfAbsent(event.path("subject").asString(), id -> at)).isEqualTo(at);
    }
  }

  @Test
  void numbersTransactionsWithoutGapsButForThoseThatAreLost() {
    Troubles troubles =
        new Troubles(TroubleScript.of("default"), StorePlan.stores(STORES, 42), 42, NOW);
    Map<String, TreeSet<Integer>> rows = new HashMap<>();
    Map<String, MessageKey> keys = new HashMap<>();
    for (JsonNode event : captured()) {
      MessageKey key = MessageKey.parse(event.path("subject").asString()).orElseThrow();
      if (key.workflow() == Workflow.SALES_POSTING || key.workflow() == Workflow.RETURNS) {
        String row = key.store() + "/" + key.register() + "/" + key.businessDate();
        assertThat(rows.computeIfAbsent(row, r -> new TreeSet<>()).add(key.number())).isTrue();
        keys.put(row, key);
      }
    }
    int gaps = 0;
    for (Map.Entry<String, TreeSet<Integer>> row : rows.entrySet()) {
      MessageKey any = keys.get(row.getKey());
      for (int number = row.getValue().first(); number < row.getValue().last(); number++) {
        if (!row.getValue().contains(number)) {
          gaps++;
          assertThat(troubles.loses(sale(any, number)) || isUnreported(any, number))
              .as("%s misses %d", row.getKey(), number)
              .isTrue();
        }
      }
    }
    assertThat(gaps).isBetween(2, 80);
  }

  private static MessageKey sale(MessageKey any, int number) {
    return new MessageKey(
        Workflow.SALES_POSTING, any.store(), any.register(), any.businessDate(), number);
  }

  /** Late and dark stores: captured, but the report has not left yet. */
  private static boolean isUnreported(MessageKey any, int number) {
    String sale = sale(any, number).id();
    String back = sale.replace("sale-", "return-");
    return unreported().anyMatch(event -> event.contains(sale) || event.contains(back));
  }

  private static Stream<String> unreported() {
    return history.estate().state().reports().stream().map(EstateState.WaitingReport::event);
  }

  @Test
  void leavesSalesOfManyStoresDeadLetteredAsByFarTheLargestImpact() {
    Map<String, String> open = new HashMap<>();
    Map<String, Integer> latest = new HashMap<>();
    Set<String> stores = new HashSet<>();
    for (JsonNode event : history.events()) {
      JsonNode data = event.path("data");
      int rank = data.path("attempt").asInt() * 10 + STAGES.indexOf(data.path("stage").asString());
      if (latest.merge(event.path("subject").asString(), rank, Math::max) == rank) {
        String code = data.path("failure").path("code").asString(data.path("stage").asString());
        open.put(event.path("subject").asString(), code);
      }
    }
    Map<String, Integer> byCode = new HashMap<>();
    open.forEach(
        (id, code) -> {
          byCode.merge(code, 1, Integer::sum);
          if (code.equals("ERP_UNAVAILABLE")) {
            stores.add(id.split("-", -1)[1]);
          }
        });
    assertThat(byCode.keySet())
        .contains(
            "TAX_CODE_UNKNOWN",
            "ITEM_NOT_FOUND",
            "SCHEMA_MISMATCH",
            "HTTP_429",
            "SUBMITTED",
            "CAPTURED");
    assertThat(stores).hasSizeBetween(20, 27);
    byCode.forEach(
        (code, count) -> {
          if (!code.equals("CONFIRMED") && !code.equals("ERP_UNAVAILABLE")) {
            assertThat(count).as(code).isLessThan(byCode.get("ERP_UNAVAILABLE") / 2);
          }
        });
  }

  @Test
  void holdsDuplicatesOfEventsAndEventsThatAreOvertaken() {
    Set<String> ids = new HashSet<>();
    long twice = history.events().stream().filter(e -> !ids.add(e.path("id").asString())).count();
    assertThat(twice).isBetween(150L, 1_700L);
  }

  private static List<JsonNode> captured() {
    Set<String> seen = new HashSet<>();
    return history.events().stream()
        .filter(event -> event.path("data").path("stage").asString().equals("CAPTURED"))
        .filter(event -> seen.add(event.path("subject").asString()))
        .toList();
  }
}
