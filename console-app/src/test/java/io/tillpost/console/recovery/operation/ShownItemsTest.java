package io.tillpost.console.recovery.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditEntry;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.console.security.Role;
import io.tillpost.console.security.TestLogin;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The messages of an operation, page by page and as a file, for whoever may see which of them. */
class ShownItemsTest {
  private final RecoveryWorld world = new RecoveryWorld();
  private final TestConsole console = world.idleConsole(world.stores.documents());

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void allAreReachedForwardsAndBackwards() {
    List<String> all = IntStream.range(0, 8).mapToObj(i -> "sale-" + i).toList();
    all.forEach(id -> item(id, "0412"));

    List<ItemPage> pages = new ArrayList<>(List.of(page(ItemPlace.FIRST)));
    while (pages.getLast().next() != null) {
      pages.add(page(pages.getLast().next()));
    }
    assertThat(pages.stream().flatMap(page -> ids(page).stream())).isEqualTo(all);
    assertThat(pages).hasSize(3);
    assertThat(pages.getFirst().previous()).isNull();

    ItemPage back = page(pages.getLast().previous());
    assertThat(ids(back)).containsExactly("sale-3", "sale-4", "sale-5");
    assertThat(ids(page(back.next()))).containsExactly("sale-6", "sale-7");
    ItemPage first = page(back.previous());
    assertThat(ids(first)).containsExactly("sale-0", "sale-1", "sale-2");
    assertThat(first.previous()).isNull();
  }

  @Test
  void aPageBeforeWhichFewAreLeftIsTheFirstOneAndAWholeOne() {
    List.of("a", "b", "c", "d").forEach(id -> item(id, "0412"));

    ItemPage page = page(new ItemPlace(null, "c"));

    assertThat(ids(page)).containsExactly("a", "b", "c");
    assertThat(page.previous()).isNull();
    assertThat(page.next()).isEqualTo(new ItemPlace("c", null));
  }

  @Test
  void behindTheLastOneThereIsNothingAndAWayBack() {
    item("a", "0412");

    ItemPage page = page(new ItemPlace("what somebody typed", null));

    assertThat(page.items()).isEmpty();
    assertThat(page.previous()).isEqualTo(ItemPlace.FIRST);
    assertThat(page.next()).isNull();
    assertThat(ids(page(new ItemPlace(null, "0")))).containsExactly("a");
  }

  @Test
  void whoIsBoundIsShownTheMessagesOfTheirStoresAndTheNumberOfTheOthers() {
    item("a", "0412");
    item("b", "0711");
    item("c", null);
    item("d", "0499");
    item("e", "0711");
    TestLogin.as("ben", Role.SUPPORT, TestLogin.only("04*"));

    ItemPage page = page(ItemPlace.FIRST);

    assertThat(ids(page)).containsExactly("a", "d");
    assertThat(page.notShown()).isEqualTo(3);
    assertThat(console.operations.items("o-1", Set.of(), 10, null).items())
        .extracting(RecoveryItem::messageId)
        .containsExactly("a", "d");
    assertThat(csv(Set.of()).lines()).hasSize(3).noneMatch(line -> line.contains("0711"));
    TestLogin.as("ada", Role.SUPPORT, TestLogin.only("none"));
    assertThat(page(ItemPlace.FIRST).items()).isEmpty();
    assertThat(csv(Set.of()).lines()).hasSize(1);
  }

  @Test
  void theFileHasAllOfAStateAndNoFormula() {
    RecoveryItem skipped =
        RecoveryWorld.planned("=1+1", "erp", "0412")
            .after(new ItemEvent.Skipped("@SUM(A1) \"was\" left out"), Instant.now())
            .orElseThrow();
    assertThat(console.records.items().create("o-1:=1+1", skipped)).isTrue();
    item("sale-1", null);

    assertThat(csv(Set.of(ItemState.SKIPPED)))
        .isEqualTo(
            """
            "Message","Store","Attempt","Outcome","Why","Sent (UTC)"\r
            "'=1+1","0412","2","SKIPPED","'@SUM(A1) ""was"" left out",\r
            """);
    assertThat(csv(Set.of()).lines()).hasSize(3);
    assertThat(world.auditTrail())
        .filteredOn(entry -> entry.action() == AuditAction.EXPORT)
        .allSatisfy(
            entry -> {
              assertThat(entry.actor()).isEqualTo("support");
              assertThat(entry.subjectKind()).isEqualTo(AuditSubject.Kind.OPERATION);
              assertThat(entry.subjectId()).isEqualTo("o-1");
            })
        .extracting(AuditEntry::after)
        .containsExactlyInAnyOrder("CSV: SKIPPED", "CSV: all");
  }

  @Test
  void theFileHasMoreThanIsReadAtOnce() {
    Map<String, RecoveryItem> many = new HashMap<>();
    IntStream.range(0, 2_500)
        .forEach(
            i -> many.put("o-1:" + i, RecoveryWorld.planned("sale-%05d".formatted(i), "erp", "1")));
    assertThat(console.records.items().createAll(many)).isEmpty();

    List<String> lines = csv(Set.of()).lines().toList();

    assertThat(lines).hasSize(2_501).doesNotHaveDuplicates();
    assertThat(lines.subList(1, lines.size())).isSorted();
  }

  private String csv(Set<ItemState> states) {
    StringBuilder out = new StringBuilder();
    console.itemsCsv.export("o-1", states, out);
    return out.toString();
  }

  private ItemPage page(@Nullable ItemPlace place) {
    assertThat(place).isNotNull();
    return console.operations.page("o-1", Set.of(), 3, place);
  }

  private void item(String messageId, @Nullable String store) {
    assertThat(
            console
                .records
                .items()
                .create("o-1:" + messageId, RecoveryWorld.planned(messageId, "erp", store)))
        .isTrue();
  }

  private static List<String> ids(ItemPage page) {
    return page.items().stream().map(RecoveryItem::messageId).toList();
  }
}
