package io.tillpost.console.ingest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.ingest.ParkedRecords.AllAnswer.Asked;
import org.junit.jupiter.api.Test;

class ParkedSectionTest {
  @Test
  void whatBecameOfAllIsSaidInTheNumberThatItIs() {
    assertThat(ParkedSection.words(new Asked(1, 0, false)))
        .isEqualTo("1 record is sent again; what is refused again shows here with its new reason.");
    assertThat(ParkedSection.words(new Asked(0, 1, false)))
        .startsWith("0 records are sent again")
        .endsWith(" 1 stays: only its sender can send it, or somebody has to look at it.");
    assertThat(ParkedSection.words(new Asked(1_200, 1_300, true)))
        .startsWith("1,200 records are sent again")
        .contains(" 1,300 stay: only their senders can send them, or somebody has to look at each.")
        .endsWith(" More wait; send them when these are through.");
  }
}
