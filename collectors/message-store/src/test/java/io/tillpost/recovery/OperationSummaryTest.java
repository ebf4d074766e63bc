package io.tillpost.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.message.MoneySum;
import io.tillpost.store.DocumentCodec;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OperationSummaryTest {
  private static final OperationSummary NONE =
      OperationSummary.of(3, 3, 0, 2, MoneySum.NONE, Map.of(), Map.of(), "list");

  @Test
  void theStoresWithTheMostMessagesAreFirst() {
    List<StoreShare> shares = List.of(share("0412", 1), share("0711", 7), share("0001", 1));

    assertThat(NONE.withStores(shares).byStore())
        .extracting(StoreShare::store)
        .containsExactly("0711", "0001", "0412");
  }

  @Test
  void ofMoreStoresThanAreToldTheSmallestAreDropped() {
    List<StoreShare> shares =
        IntStream.rangeClosed(1, OperationSummary.MOST_STORES + 1)
            .mapToObj(i -> share("store-" + i, i))
            .toList();

    assertThat(NONE.withStores(shares).byStore())
        .hasSize(OperationSummary.MOST_STORES)
        .noneMatch(share -> share.store().equals("store-1"));
  }

  @Test
  void aDocumentOfBeforeHasNone() {
    RecoveryOperation operation =
        RecoveryOperation.planned(
                "o-1",
                RecoveryAction.RETRY,
                "support",
                "",
                java.time.Instant.EPOCH,
                new OperationScope(OperationScope.Kind.MESSAGE, "sale-1", null, "One message"),
                "middleware")
            .frozen(NONE.withStores(List.of(share("0412", 3))), java.time.Instant.EPOCH)
            .orElseThrow();
    DocumentCodec<RecoveryOperation> codec = new DocumentCodec<>(RecoveryKinds.OPERATIONS);
    ObjectNode json = (ObjectNode) new JsonMapper().readTree(codec.write(operation).toString());
    assertThat(codec.read(json)).isEqualTo(operation);

    assertThat(((ObjectNode) json.path("summary")).remove("by_store")).isNotNull();

    OperationSummary before = codec.read(json).summary();
    assertThat(before).isNotNull();
    assertThat(before.byStore()).isEmpty();
  }

  private static StoreShare share(String store, int messages) {
    return new StoreShare(store, messages, MoneySum.NONE);
  }
}
