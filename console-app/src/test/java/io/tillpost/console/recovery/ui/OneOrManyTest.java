package io.tillpost.console.recovery.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.message.MoneySum;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.StoreShare;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said of one thing is said in the singular. */
class OneOrManyTest {
  @Test
  void ofTheStoresThatAreNotNamed() {
    assertThat(storesOf(2, 2)).doesNotContain("other");
    assertThat(storesOf(2, 3))
        .endsWith(
            "And 1 other with no more messages: the file below has the store of each message.");
    assertThat(storesOf(2, 16)).contains("And 14 others with no more messages each: the file");
  }

  @Test
  void ofTheMessagesOfAPage() {
    assertThat(OperationItems.part(1, 201))
        .isEqualTo("1 of 201 is shown, in the order of their ids.");
    assertThat(OperationItems.part(200, 201)).startsWith("200 of 201 are shown");
  }

  @Test
  void ofDifferences() {
    assertThat(DifferencesPanel.furtherAlike(1)).isEqualTo("And 1 other change alike.");
    assertThat(DifferencesPanel.furtherAlike(2)).isEqualTo("And 2 other changes alike.");
    assertThat(DifferencesPanel.ofOtherStores(1))
        .isEqualTo("1 of stores that are not yours is not shown.");
    assertThat(DifferencesPanel.ofOtherStores(2))
        .isEqualTo("2 of stores that are not yours are not shown.");
  }

  @Test
  void ofAPreview() {
    assertThat(PreviewPanel.again(1)).isEqualTo("1: the target has it and gets it again");
    assertThat(PreviewPanel.again(2)).isEqualTo("2: the target has them and gets them again");
    assertThat(PreviewPanel.canary(1))
        .isEqualTo("The first one goes alone; the others wait for its outcome");
    assertThat(PreviewPanel.canary(5))
        .isEqualTo("The first 5 go alone; the others wait for their outcome");
  }

  private static String storesOf(int named, int all) {
    StoreShares shares = new StoreShares();
    List<StoreShare> byStore =
        IntStream.range(0, named)
            .mapToObj(i -> new StoreShare("041" + i, 3, MoneySum.NONE))
            .toList();
    shares.show(
        new OperationSummary(
            all * 3,
            all * 3,
            0,
            all,
            MoneySum.NONE,
            new TreeMap<>(),
            new TreeMap<>(),
            "list",
            null,
            null,
            null,
            byStore,
            List.of()));
    return shares.getElement().getTextRecursively();
  }
}
