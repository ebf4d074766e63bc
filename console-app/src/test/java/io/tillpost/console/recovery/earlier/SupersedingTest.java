package io.tillpost.console.recovery.earlier;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.message.Message;
import io.tillpost.message.Stage;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * An old stock count is needless once a newer one about the same article and place went through.
 */
class SupersedingTest {
  private final Instant captured = Instant.now().minusSeconds(3_600);
  private final RecoveryWorld world = new RecoveryWorld();
  private final Superseding superseding =
      new Superseding(world.stores.messages(), Set.of("inventory-sync"));

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aNewerCountIsFoundAmongThoseOfAllOtherStores() {
    Message old = stored(count("0412", 0), Stage.FAILED);
    Message newer = stored(count("0412", 10), Stage.CONFIRMED);
    for (int store = 1; store <= 150; store++) {
      stored(count("%04d".formatted(store), 20 + store), Stage.CONFIRMED);
    }

    assertThat(superseding.newerConfirmed(old, _ -> true).map(Superseding.Newer::words))
        .contains("Superseded: the newer message " + newer.id() + " went through");
  }

  @Test
  void aNewerCountIsFoundAmongThoseOfArticlesWithNamesThatBeginAlike() {
    Message old = stored(count("0412", 0), Stage.FAILED);
    Message newer = stored(count("0412", 10), Stage.CONFIRMED);
    for (int article = 1; article <= 150; article++) {
      stored(count("0412", 20 + article).key("sku", "A-100" + article), Stage.CONFIRMED);
    }

    assertThat(superseding.newerConfirmed(old, _ -> true).map(Superseding.Newer::words))
        .contains("Superseded: the newer message " + newer.id() + " went through");
  }

  @Test
  void neitherAnOlderCountNorOneOfAnotherPlaceOrArticleCounts() {
    stored(count("0412", -10), Stage.CONFIRMED);
    stored(count("0413", 10), Stage.CONFIRMED);
    stored(count("0412", 10).key("sku", "A-1001"), Stage.CONFIRMED);
    stored(count("0412", 20), Stage.FAILED);

    assertThat(superseding.newerConfirmed(stored(count("0412", 0), Stage.FAILED), _ -> true))
        .isEmpty();
  }

  private MessageBuilder count(String store, int seconds) {
    return Samples.aStockUpdate()
        .store(store)
        .register(null)
        .transactionNumber(null)
        .noKeys()
        .key("sku", "A-100")
        .capturedAt(captured.plusSeconds(seconds));
  }

  private Message stored(MessageBuilder message, Stage stage) {
    world.write(message.throughStage(stage));
    return world.stores.messages().find(message.messageId()).orElseThrow().message();
  }
}
